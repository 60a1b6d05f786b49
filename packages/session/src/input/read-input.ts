import {
  ExtendedPointerFlags,
  FastPathKeyFlags,
  PointerFlags,
  RelativePointerFlags,
  wheelRotationMask,
} from "@railvail/transport";
import type { InputEvent, KeyInput, PointerButton, UnicodeInput } from "./input-event.js";
import { lockKeysOf } from "./lock-keys.js";
import { evdevOfScancode, pause } from "./scancodes.js";
import { isHighSurrogate, isLowSurrogate, joinSurrogates } from "./surrogates.js";
import type { WireInput } from "./wire-input.js";

const key = FastPathKeyFlags;
const pointer = PointerFlags;
const relative = RelativePointerFlags;

const mouseButtons: readonly (readonly [number, PointerButton])[] = [
  [pointer.PTRFLAGS_BUTTON1, "left"],
  [pointer.PTRFLAGS_BUTTON2, "right"],
  [pointer.PTRFLAGS_BUTTON3, "middle"],
];
const extendedButtons: readonly (readonly [number, PointerButton])[] = [
  [ExtendedPointerFlags.PTRXFLAGS_BUTTON1, "x1"],
  [ExtendedPointerFlags.PTRXFLAGS_BUTTON2, "x2"],
];
const relativeButtons: readonly (readonly [number, PointerButton])[] = [
  [relative.PTRFLAGS_BUTTON1, "left"],
  [relative.PTRFLAGS_BUTTON2, "right"],
  [relative.PTRFLAGS_BUTTON3, "middle"],
  [relative.XBUTTON1, "x1"],
  [relative.XBUTTON2, "x2"],
];

/** Hanja and Hangul, which Korean keyboards report only when they are pressed. */
const keysWithoutRelease: ReadonlySet<number> = new Set([0x71, 0x72]);

/** What came of events of the wire. */
export interface InputRead {
  readonly events: readonly InputEvent[];
  /** Codes of events that are of no known kind. */
  readonly unknown: readonly number[];
}

export interface InputReaderOptions {
  /** The client's keyboard is Korean: Hanja and Hangul are released as soon as they are pressed. */
  readonly korean?: boolean;
}

const inside = (place: number): number => Math.min(Math.max(place, 0), 0xffff);

/**
 * Turns what a client sends into events. It holds the first half of what comes in two parts (Pause,
 * and characters beyond 16 bits) until something else comes: never more than three events.
 */
export class InputReader {
  private readonly korean: boolean;
  private events: InputEvent[] = [];
  private unknown: number[] = [];
  private prefix: KeyInput | undefined;
  private high: UnicodeInput[] = [];
  private x = 0;
  private y = 0;

  constructor(options: InputReaderOptions = {}) {
    this.korean = options.korean ?? false;
  }

  read(wireEvents: readonly WireInput[]): InputRead {
    for (const { eventFlags, event } of wireEvents) {
      if (event.type !== "scancode") this.givePrefix();
      if (event.type !== "unicode") this.giveHalves();
      this.take(eventFlags, event);
    }
    const { events, unknown } = this;
    this.events = [];
    this.unknown = [];
    return { events, unknown };
  }

  private take(flags: number, event: WireInput["event"]): void {
    switch (event.type) {
      case "scancode":
        return this.key(flags, event.keyCode);
      case "unicode":
        return this.unicode({
          type: "unicode",
          unit: event.unicodeCode,
          down: (flags & key.FASTPATH_INPUT_KBDFLAGS_RELEASE) === 0,
        });
      case "sync":
        this.events.push({ type: "sync", ...lockKeysOf(flags) });
        return;
      case "mouse":
        return this.mouse(event.pointerFlags, event.xPos, event.yPos);
      case "mouseX":
        this.x = event.xPos;
        this.y = event.yPos;
        return this.buttons(event.pointerFlags, extendedButtons);
      case "mouseRelative":
        return this.relative(event.pointerFlags, event.xDelta, event.yDelta);
      case "qoeTimestamp":
        return;
      case "unknown":
        this.unknown.push(event.tag);
        return;
    }
  }

  private key(flags: number, scancode: number): void {
    const down = (flags & key.FASTPATH_INPUT_KBDFLAGS_RELEASE) === 0;
    const extended = (flags & key.FASTPATH_INPUT_KBDFLAGS_EXTENDED) !== 0;
    const marked = (flags & key.FASTPATH_INPUT_KBDFLAGS_EXTENDED1) !== 0;
    const { prefix } = this;
    const ends = prefix?.down === down && scancode === pause.second && !extended;
    if (ends) this.prefix = undefined;
    else this.givePrefix();
    const extended1 = marked || ends;
    const evdevCode = evdevOfScancode({ scancode, extended, extended1 });
    const event: KeyInput = { type: "key", scancode, extended, extended1, down, evdevCode };
    if (marked && scancode === pause.first) this.prefix = event;
    else if (this.korean && !extended && !extended1 && keysWithoutRelease.has(scancode)) {
      if (down) this.events.push(event, { ...event, down: false });
    } else this.events.push(event);
  }

  private unicode(event: UnicodeInput): void {
    const { unit, down } = event;
    if (isHighSurrogate(unit)) {
      // The press and the release of a half may both come before the other half does.
      const [half] = this.high;
      const continues = this.high.length === 1 && half?.unit === unit && half.down && !down;
      if (!continues) this.giveHalves();
      this.high.push(event);
      return;
    }
    const index = isLowSurrogate(unit) ? this.high.findIndex((half) => half.down === down) : -1;
    const half = this.high[index];
    if (half === undefined) {
      this.giveHalves();
      this.events.push(event);
    } else {
      this.high.splice(index, 1);
      this.events.push({ type: "unicode", unit: joinSurrogates(half.unit, unit), down });
    }
  }

  private mouse(flags: number, x: number, y: number): void {
    if ((flags & (pointer.PTRFLAGS_WHEEL | pointer.PTRFLAGS_HWHEEL)) !== 0) {
      const axis = (flags & pointer.PTRFLAGS_WHEEL) === 0 ? "horizontal" : "vertical";
      this.events.push({ type: "wheel", axis, rotation: rotationOf(flags) });
      return;
    }
    this.x = x;
    this.y = y;
    if ((flags & pointer.PTRFLAGS_MOVE) !== 0) this.events.push({ type: "pointerMoved", x, y });
    this.buttons(flags, mouseButtons);
  }

  private relative(flags: number, dx: number, dy: number): void {
    if ((flags & relative.PTRFLAGS_MOVE) !== 0) {
      this.x = inside(this.x + dx);
      this.y = inside(this.y + dy);
      this.events.push({ type: "relativePointer", dx, dy });
    }
    this.buttons(flags, relativeButtons);
  }

  private buttons(flags: number, table: typeof mouseButtons): void {
    const { x, y } = this;
    const down = (flags & pointer.PTRFLAGS_DOWN) !== 0;
    for (const [bit, button] of table) {
      if ((flags & bit) !== 0) this.events.push({ type: "button", button, down, x, y });
    }
  }

  private givePrefix(): void {
    if (this.prefix !== undefined) this.events.push(this.prefix);
    this.prefix = undefined;
  }

  private giveHalves(): void {
    this.events.push(...this.high);
    this.high = [];
  }
}

/** The rotation is a signed number of nine bits, not of eight with a sign beside them. */
function rotationOf(flags: number): number {
  const rotation = flags & wheelRotationMask;
  return (rotation & pointer.PTRFLAGS_WHEEL_NEGATIVE) === 0 ? rotation : rotation - (wheelRotationMask + 1);
}
