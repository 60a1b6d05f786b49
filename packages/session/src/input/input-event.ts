/** A key by its scancode of set 1, [MS-RDPBCGR] 2.2.8.1.1.3.1.1.1. */
export interface KeyInput {
  readonly type: "key";
  /** Without prefix, and without the bit that set 1 has for a release: 0 to 0x7f on the fast path. */
  readonly scancode: number;
  /** The scancode has the prefix 0xE0. */
  readonly extended: boolean;
  /** The scancode has the prefix 0xE1: Pause, which is one event here, with the scancode 0x45. */
  readonly extended1: boolean;
  /** A key that is held down comes again and again. */
  readonly down: boolean;
  /** The key as Linux numbers it (`KEY_…`); undefined for scancodes that no keyboard has. Sending ignores it. */
  readonly evdevCode: number | undefined;
}

/** Text that no key of the keyboard makes, [MS-RDPBCGR] 2.2.8.1.1.3.1.1.2. */
export interface UnicodeInput {
  readonly type: "unicode";
  /** A UTF-16 unit, or a code point above 0xFFFF of which both halves came in turn. */
  readonly unit: number;
  readonly down: boolean;
}

/** Where the pointer is: pixels from the top left of the client's whole desktop, 0 to 65,535. */
export interface PointerMoved {
  readonly type: "pointerMoved";
  readonly x: number;
  readonly y: number;
}

export type PointerButton = "left" | "right" | "middle" | "x1" | "x2";

/** The buttons as Linux numbers them: `BTN_LEFT`, `BTN_RIGHT`, `BTN_MIDDLE`, `BTN_SIDE`, `BTN_EXTRA`. */
export const evdevButtons: Readonly<Record<PointerButton, number>> = {
  left: 0x110,
  right: 0x111,
  middle: 0x112,
  x1: 0x113,
  x2: 0x114,
};

/** A button, and where the pointer is; from a relative event it is where it was last, moved by what came since. */
export interface ButtonInput {
  readonly type: "button";
  readonly button: PointerButton;
  readonly down: boolean;
  readonly x: number;
  readonly y: number;
}

export interface WheelInput {
  readonly type: "wheel";
  readonly axis: "vertical" | "horizontal";
  /**
   * In 1/120 of a step; positive is away from the user (up), or to the right. What comes from the wire
   * is -256 to 255; more is sent in parts, up to 32,767.
   */
  readonly rotation: number;
}

/** How far the pointer was moved, where only that counts; -32,768 to 32,767 pixels, right and down. */
export interface RelativePointer {
  readonly type: "relativePointer";
  readonly dx: number;
  readonly dy: number;
}

/** The lock keys as they are on the client; all other keys are up. */
export interface SyncInput {
  readonly type: "sync";
  readonly scrollLock: boolean;
  readonly numLock: boolean;
  readonly capsLock: boolean;
  readonly kanaLock: boolean;
}

/** What a user does, however it came over the wire. */
export type InputEvent =
  | KeyInput
  | UnicodeInput
  | PointerMoved
  | ButtonInput
  | WheelInput
  | RelativePointer
  | SyncInput;

/** The lock keys, as they are synchronized and as a server sets a keyboard's lights. */
export type LockKeys = Omit<SyncInput, "type">;
