import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Keyboard } from "./keyboard.js";

const shift = 0x2a;
const control = 0x1d;

const key = (scancode: number, down = true, extended = false) => ({
  type: "key" as const,
  scancode,
  extended,
  extended1: false,
  down,
  evdevCode: undefined,
});

/** What a scancode types, alone or with Shift. */
function typed(scancode: number, shifted: boolean, capsLock = false): string | undefined {
  const keyboard = new Keyboard();
  keyboard.input({ type: "sync", capsLock, numLock: false, scrollLock: false, kanaLock: false });
  if (shifted) keyboard.input(key(shift));
  const event = keyboard.input(key(scancode));
  return event?.type === "typed" ? event.text : undefined;
}

const scancodes = Array.from({ length: 0x80 }, (_, scancode) => scancode);

describe("the keyboard", () => {
  test("types every character of ASCII", () => {
    const all = new Set(scancodes.flatMap((scancode) => [typed(scancode, false), typed(scancode, true)]));
    const wanted = Array.from({ length: 95 }, (_, at) => String.fromCharCode(0x20 + at));
    expect(wanted.filter((character) => !all.has(character))).toEqual([]);
  });

  test("Caps Lock is Shift for letters and for nothing else", () => {
    fc.assert(
      fc.property(fc.constantFrom(...scancodes), fc.boolean(), (scancode, shifted) => {
        const without = typed(scancode, shifted);
        const other = typed(scancode, !shifted);
        const isLetter = without !== undefined && /[a-z]/i.test(without);
        expect(typed(scancode, shifted, true)).toBe(isLetter ? other : without);
      }),
    );
  });

  test("with Ctrl, C and V are commands and other keys are nothing", () => {
    const keyboard = new Keyboard();
    keyboard.input(key(control));
    expect(keyboard.input(key(0x2e))).toEqual({ type: "command", command: "copy" });
    expect(keyboard.input(key(0x2f))).toEqual({ type: "command", command: "paste" });
    expect(keyboard.input(key(0x1e))).toBeUndefined();
    keyboard.input(key(control, false));
    expect(keyboard.input(key(0x2e))).toEqual({ type: "typed", text: "c" });
  });

  test("a key that was held when the client lost the focus is up", () => {
    const keyboard = new Keyboard();
    keyboard.input(key(shift));
    keyboard.input({ type: "sync", capsLock: false, numLock: false, scrollLock: false, kanaLock: false });
    expect(keyboard.input(key(0x1e))).toEqual({ type: "typed", text: "a" });
  });

  test("the pad types digits with Num Lock, and arrows never", () => {
    const keyboard = new Keyboard();
    keyboard.input({ type: "sync", capsLock: false, numLock: true, scrollLock: false, kanaLock: false });
    expect(keyboard.input(key(0x48))).toEqual({ type: "typed", text: "8" });
    expect(keyboard.input(key(0x48, true, true))).toBeUndefined();
    keyboard.input(key(0x45));
    expect(keyboard.input(key(0x48))).toBeUndefined();
  });

  test("characters without a key are typed as they come, once each", () => {
    const keyboard = new Keyboard();
    expect(keyboard.input({ type: "unicode", unit: 0x1_f600, down: true })).toEqual({ type: "typed", text: "😀" });
    expect(keyboard.input({ type: "unicode", unit: 0x1_f600, down: false })).toBeUndefined();
  });
});
