import { FastPathKeyFlags, KeyboardFlags, type FastPathInputEvent, type Input } from "@railvail/transport";

/**
 * An input event in the form of the fast path. The slow path says the same with other flags, so
 * that its events are turned into these and made of these.
 */
export type WireInput = FastPathInputEvent;
type SlowPathEvent = Input["slowPathInputEvents"][number];

/** The flags of keys: on the fast path, and on the slow path. */
const keyFlags = [
  [FastPathKeyFlags.FASTPATH_INPUT_KBDFLAGS_RELEASE, KeyboardFlags.KBDFLAGS_RELEASE],
  [FastPathKeyFlags.FASTPATH_INPUT_KBDFLAGS_EXTENDED, KeyboardFlags.KBDFLAGS_EXTENDED],
  [FastPathKeyFlags.FASTPATH_INPUT_KBDFLAGS_EXTENDED1, KeyboardFlags.KBDFLAGS_EXTENDED1],
] as const;

const toFast = (flags: number): number =>
  keyFlags.reduce((sum, [fast, slow]) => sum | ((flags & slow) === 0 ? 0 : fast), 0);
const toSlow = (flags: number): number =>
  keyFlags.reduce((sum, [fast, slow]) => sum | ((flags & fast) === 0 ? 0 : slow), 0);

/** A slow-path event, [MS-RDPBCGR] 2.2.8.1.1.3.1.1; undefined for one that says nothing. */
export function fromSlowPath({ event }: SlowPathEvent): WireInput | undefined {
  switch (event.type) {
    case "scancode":
      return { eventFlags: toFast(event.keyboardFlags), event: { type: "scancode", keyCode: event.keyCode } };
    case "unicode":
      return { eventFlags: toFast(event.keyboardFlags), event: { type: "unicode", unicodeCode: event.unicodeCode } };
    case "sync":
      return { eventFlags: event.toggleFlags, event: { type: "sync" } };
    case "unused":
      return undefined;
    default:
      return { eventFlags: 0, event };
  }
}

/** The same event for the slow path; undefined if it has none such, as a time stamp. */
export function toSlowPath({ eventFlags, event }: WireInput): SlowPathEvent | undefined {
  const eventTime = 0;
  switch (event.type) {
    case "scancode":
      return {
        eventTime,
        event: { type: "scancode", keyboardFlags: toSlow(eventFlags), keyCode: event.keyCode },
      };
    case "unicode":
      return {
        eventTime,
        event: { type: "unicode", keyboardFlags: toSlow(eventFlags), unicodeCode: event.unicodeCode },
      };
    case "sync":
      return { eventTime, event: { type: "sync", toggleFlags: eventFlags } };
    case "mouse":
    case "mouseX":
    case "mouseRelative":
      return { eventTime, event };
    default:
      return undefined;
  }
}
