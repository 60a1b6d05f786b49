import {
  ExtendedPointerFlags,
  FastPathKeyFlags,
  InputFlags,
  PointerFlags,
  RelativePointerFlags,
  wheelRotationMask,
} from "@railvail/transport";
import type { ButtonInput, InputEvent, KeyInput, WheelInput } from "./input-event.js";
import { lockKeyFlags } from "./lock-keys.js";
import { pause } from "./scancodes.js";
import { unitsOf } from "./surrogates.js";
import type { WireInput } from "./wire-input.js";

const key = FastPathKeyFlags;
const pointer = PointerFlags;

/** The most that one event turns the wheel, forwards and backwards. */
const [mostForwards, mostBackwards] = [0xff, -0x100];
/** No user turns a wheel farther at once. */
const farthest = 0x7fff;

/**
 * The event as it goes over the wire: two for Pause and for characters beyond 16 bits, several for
 * a wheel that turned far. A value that is out of range gives an `EncodeError` when it is encoded.
 */
export function wireInput(event: InputEvent): WireInput[] {
  switch (event.type) {
    case "key":
      return keys(event);
    case "unicode":
      return unitsOf(event.unit).map((unicodeCode) => ({
        eventFlags: released(event.down),
        event: { type: "unicode", unicodeCode },
      }));
    case "pointerMoved":
      return [mouse(pointer.PTRFLAGS_MOVE, event.x, event.y)];
    case "button":
      return [button(event)];
    case "wheel":
      return wheel(event);
    case "relativePointer": {
      const { dx: xDelta, dy: yDelta } = event;
      const pointerFlags = RelativePointerFlags.PTRFLAGS_MOVE;
      return [{ eventFlags: 0, event: { type: "mouseRelative", pointerFlags, xDelta, yDelta } }];
    }
    case "sync":
      return [{ eventFlags: lockKeyFlags(event), event: { type: "sync" } }];
  }
}

/** The `InputFlags` that a server has to have for an event; 0: every server takes it. */
export function neededInputFlag(event: InputEvent): number {
  if (event.type === "unicode") return InputFlags.INPUT_FLAG_UNICODE;
  if (event.type === "relativePointer") return InputFlags.INPUT_FLAG_MOUSE_RELATIVE;
  if (event.type === "wheel" && event.axis === "horizontal") return InputFlags.TS_INPUT_FLAG_MOUSE_HWHEEL;
  return event.type === "button" && event.button in extendedButtons ? InputFlags.INPUT_FLAG_MOUSEX : 0;
}

const released = (down: boolean): number => (down ? 0 : key.FASTPATH_INPUT_KBDFLAGS_RELEASE);

/** [MS-RDPBCGR] 2.2.8.1.1.3.1.1.1: Pause is Ctrl with the prefix 0xE1, and Num Lock. */
function keys({ scancode, extended, extended1, down }: KeyInput): WireInput[] {
  const scan = (keyCode: number, flags: number): WireInput => ({
    eventFlags: released(down) | flags,
    event: { type: "scancode", keyCode },
  });
  const marked = key.FASTPATH_INPUT_KBDFLAGS_EXTENDED1;
  if (extended1 && !extended && scancode === pause.second) return [scan(pause.first, marked), scan(pause.second, 0)];
  return [scan(scancode, (extended ? key.FASTPATH_INPUT_KBDFLAGS_EXTENDED : 0) | (extended1 ? marked : 0))];
}

const mouse = (pointerFlags: number, xPos: number, yPos: number): WireInput => ({
  eventFlags: 0,
  event: { type: "mouse", pointerFlags, xPos, yPos },
});

const mouseButtons = {
  left: pointer.PTRFLAGS_BUTTON1,
  right: pointer.PTRFLAGS_BUTTON2,
  middle: pointer.PTRFLAGS_BUTTON3,
} as const;
const extendedButtons = {
  x1: ExtendedPointerFlags.PTRXFLAGS_BUTTON1,
  x2: ExtendedPointerFlags.PTRXFLAGS_BUTTON2,
} as const;

function button(event: ButtonInput): WireInput {
  const { x, y } = event;
  const down = event.down ? pointer.PTRFLAGS_DOWN : 0;
  if (event.button !== "x1" && event.button !== "x2") return mouse(down | mouseButtons[event.button], x, y);
  const pointerFlags = down | extendedButtons[event.button];
  return { eventFlags: 0, event: { type: "mouseX", pointerFlags, xPos: x, yPos: y } };
}

const within = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

function wheel({ axis, rotation }: WheelInput): WireInput[] {
  const flag = axis === "vertical" ? pointer.PTRFLAGS_WHEEL : pointer.PTRFLAGS_HWHEEL;
  const events: WireInput[] = [];
  for (let left = within(Math.trunc(rotation), -farthest, farthest); Math.abs(left) > 0;) {
    const part = within(left, mostBackwards, mostForwards);
    events.push(mouse(flag | (part & wheelRotationMask), 0, 0));
    left -= part;
  }
  return events;
}
