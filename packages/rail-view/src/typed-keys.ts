import type { InputEvent } from "@railvail/session";

/** Scancodes of set 1 of the keys of a US keyboard, with what they give alone and with Shift. */
const rows: readonly (readonly [first: number, plain: string, shifted: string])[] = [
  [0x02, "1234567890-=\b\t", "!@#$%^&*()_+"],
  [0x10, "qwertyuiop[]\n", "QWERTYUIOP{}"],
  [0x1e, "asdfghjkl;'`", 'ASDFGHJKL:"~'],
  [0x2b, "\\zxcvbnm,./", "|ZXCVBNM<>?"],
  [0x39, " ", ""],
];
const shift = 0x2a;

interface Stroke {
  readonly scancode: number;
  readonly shifted: boolean;
}
const keyAt = (scancode: number, shifted: boolean): Stroke => ({ scancode, shifted });

const keys: ReadonlyMap<string, Stroke> = new Map(
  rows.flatMap(([first, plain, shiftedOnes]) => [
    ...Array.from(plain).map((character, index) => [character, keyAt(first + index, false)] as const),
    ...Array.from(shiftedOnes).map((character, index) => [character, keyAt(first + index, true)] as const),
  ]),
);

const key = (scancode: number, down: boolean): InputEvent => ({
  type: "key",
  scancode,
  extended: false,
  extended1: false,
  down,
  evdevCode: undefined,
});

/** Text as a user types it: keys of a US keyboard, and characters that it has not as Unicode. */
export function typedKeys(text: string): InputEvent[] {
  return Array.from(text).flatMap((character) => {
    const found = keys.get(character);
    if (found === undefined) {
      const unit = character.codePointAt(0) ?? 0;
      return [true, false].map((down): InputEvent => ({ type: "unicode", unit, down }));
    }
    const press = [key(found.scancode, true), key(found.scancode, false)];
    return found.shifted ? [key(shift, true), ...press, key(shift, false)] : press;
  });
}
