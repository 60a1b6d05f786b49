/**
 * Scancodes of set 1 and the codes that Linux has for the same keys (`KEY_…` of input-event-codes.h).
 * Linux numbered its keys after set 1, so most codes without prefix are the same.
 */

/** The last scancode of the oldest keyboards; up to it the codes are the same. */
const lastCommon = 0x53;

/** Scancodes without prefix above {@link lastCommon}. */
const single: Readonly<Record<number, number>> = {
  /** Alt and Print Screen together. */
  0x54: 99,
  0x56: 86,
  0x57: 87,
  0x58: 88,
  0x59: 117,
  0x5c: 95,
  /** F13 to F23, and F24. */
  0x64: 183,
  0x65: 184,
  0x66: 185,
  0x67: 186,
  0x68: 187,
  0x69: 188,
  0x6a: 189,
  0x6b: 190,
  0x6c: 191,
  0x6d: 192,
  0x6e: 193,
  0x76: 194,
  /** Japanese and Korean keys: Katakana/Hiragana, Hanja, Hangul, Ro, Hiragana, Katakana, Henkan, Muhenkan, Yen. */
  0x70: 93,
  0x71: 123,
  0x72: 122,
  0x73: 89,
  0x77: 91,
  0x78: 90,
  0x79: 92,
  0x7b: 94,
  0x7d: 124,
  /** The comma of the Brazilian keypad. */
  0x7e: 121,
};

/** Scancodes with the prefix 0xE0. The shifts that keyboards simulate around some of them are none. */
const extended: Readonly<Record<number, number>> = {
  /** Previous and next track. */
  0x10: 165,
  0x19: 163,
  /** Enter and right Ctrl. */
  0x1c: 96,
  0x1d: 97,
  /** Mute, calculator, play, stop, volume. */
  0x20: 113,
  0x21: 140,
  0x22: 164,
  0x24: 166,
  0x2e: 114,
  0x30: 115,
  /** Browser's home page. */
  0x32: 172,
  0x35: 98,
  /** Right Shift, as some input methods send it. */
  0x36: 54,
  /** Print Screen, right Alt. */
  0x37: 99,
  0x38: 100,
  /** Num Lock, as Windows marks it; Ctrl and Pause together. */
  0x45: 69,
  0x46: 119,
  /** Home, Up, Page Up, Left, Right, End, Down, Page Down, Insert, Delete. */
  0x47: 102,
  0x48: 103,
  0x49: 104,
  0x4b: 105,
  0x4d: 106,
  0x4f: 107,
  0x50: 108,
  0x51: 109,
  0x52: 110,
  0x53: 111,
  /** Left and right Windows key, menu key. */
  0x5b: 125,
  0x5c: 126,
  0x5d: 127,
  /** Power, sleep, wake. */
  0x5e: 116,
  0x5f: 142,
  0x63: 143,
  /** Search, favourites, refresh, stop, forward, back, computer, mail, media. */
  0x65: 217,
  0x66: 156,
  0x67: 173,
  0x68: 128,
  0x69: 159,
  0x6a: 158,
  0x6b: 157,
  0x6c: 155,
  0x6d: 226,
};

/** Pause, the one key with the prefix 0xE1: its two scancodes are 0x1D and 0x45. */
export const pause = { first: 0x1d, second: 0x45, evdevCode: 119 } as const;

/** A scancode of set 1 with its prefix. */
export interface Scancode {
  readonly scancode: number;
  readonly extended: boolean;
  readonly extended1: boolean;
}

/** The key as Linux numbers it; undefined if no keyboard has the scancode. */
export function evdevOfScancode(code: Scancode): number | undefined {
  if (code.extended1) return code.scancode === pause.second ? pause.evdevCode : undefined;
  if (code.extended) return extended[code.scancode];
  return code.scancode > 0 && code.scancode <= lastCommon ? code.scancode : single[code.scancode];
}

const pairs = (table: Readonly<Record<number, number>>, isExtended: boolean): [number, Scancode][] =>
  Object.entries(table).map(([scancode, code]) => [
    code,
    { scancode: Number(scancode), extended: isExtended, extended1: false },
  ]);

let scancodes: ReadonlyMap<number, Scancode> | undefined;

/** The scancode that a client sends for a key of Linux; undefined if set 1 has none. */
export function scancodeOfEvdev(evdevCode: number): Scancode | undefined {
  if (evdevCode > 0 && evdevCode <= lastCommon) return { scancode: evdevCode, extended: false, extended1: false };
  // Print Screen and right Shift have two scancodes; the usual one is put in last.
  scancodes ??= new Map([
    ...pairs(single, false),
    ...pairs(extended, true),
    [pause.evdevCode, { scancode: pause.second, extended: false, extended1: true }],
  ]);
  return scancodes.get(evdevCode);
}
