import type { KeyInput, InputEvent } from "@railvail/session";
import type { WindowInput } from "./demo-window.js";

/** Runs of keys that stand side by side, from a scancode of set 1 on: without and with Shift, as in the USA. */
const runs: readonly (readonly [first: number, plain: string, shifted: string])[] = [
  [0x02, "1234567890-=", "!@#$%^&*()_+"],
  [0x0f, "\tqwertyuiop[]", "\tQWERTYUIOP{}"],
  [0x1e, "asdfghjkl;'`", 'ASDFGHJKL:"~'],
  [0x2b, "\\zxcvbnm,./", "|ZXCVBNM<>?"],
  [0x37, "*", "*"],
  [0x39, " ", " "],
  [0x56, "\\", "|"],
];
/** The number pad: digits with Num Lock, and signs. */
const padRun = [0x47, "789-456+1230."] as const;

const key = { enter: 0x1c, backspace: 0x0e, control: 0x1d, capsLock: 0x3a, numLock: 0x45, slash: 0x35 } as const;
const letter = { c: 0x2e, v: 0x2f } as const;
const shifts: ReadonlySet<number> = new Set([0x2a, 0x36]);

const table = new Map<number, readonly [plain: string, shifted: string]>();
for (const [first, plain, shifted] of runs) {
  for (let at = 0; at < plain.length; at++) table.set(first + at, [plain[at] as string, shifted[at] as string]);
}

/**
 * A keyboard of the USA: makes text of keys. RDP carries keys, not characters, so whoever takes
 * them needs a layout; a real compositor takes the one that the client states.
 */
export class Keyboard {
  private readonly held = new Set<number>();
  private capsLock = false;
  private numLock = true;

  /** What a key types or commands; undefined for one that does neither by itself. */
  input(event: InputEvent): WindowInput | undefined {
    if (event.type === "unicode") {
      return event.down ? { type: "typed", text: String.fromCodePoint(event.unit) } : undefined;
    }
    if (event.type === "sync") this.synchronize(event.capsLock, event.numLock);
    return event.type === "key" ? this.key(event) : undefined;
  }

  /** The client's locks are what counts; keys that were held when it lost the focus are up. */
  private synchronize(capsLock: boolean, numLock: boolean): void {
    this.held.clear();
    this.capsLock = capsLock;
    this.numLock = numLock;
  }

  private key({ scancode, extended, down }: KeyInput): WindowInput | undefined {
    if (shifts.has(scancode) || scancode === key.control) {
      if (down) this.held.add(scancode);
      else this.held.delete(scancode);
      return undefined;
    }
    if (!down) return undefined;
    if (scancode === key.enter) return { type: "command", command: "enter" };
    if (scancode === key.backspace) return { type: "command", command: "backspace" };
    if (scancode === key.capsLock) this.capsLock = !this.capsLock;
    if (scancode === key.numLock && !extended) this.numLock = !this.numLock;
    if (this.held.has(key.control)) return commandOf(scancode);
    const text = this.text(scancode, extended);
    return text === undefined ? undefined : { type: "typed", text };
  }

  private text(scancode: number, extended: boolean): string | undefined {
    const [padFirst, pad] = padRun;
    // With the prefix the keys of the pad are arrows and the like; only its slash is on another place.
    if (extended) return scancode === key.slash ? "/" : undefined;
    const onPad = pad[scancode - padFirst];
    if (onPad !== undefined) return this.numLock || onPad === "-" || onPad === "+" ? onPad : undefined;
    const [plain, shifted] = table.get(scancode) ?? [];
    if (plain === undefined || shifted === undefined) return undefined;
    const shift = [...shifts].some((each) => this.held.has(each));
    // Caps Lock is a Shift for letters only.
    const capital = /[a-z]/.test(plain) && this.capsLock ? !shift : shift;
    return capital ? shifted : plain;
  }
}

function commandOf(scancode: number): WindowInput | undefined {
  if (scancode === letter.c) return { type: "command", command: "copy" };
  return scancode === letter.v ? { type: "command", command: "paste" } : undefined;
}
