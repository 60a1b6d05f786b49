import { KeyboardLeds } from "@railvail/transport";
import type { LockKeys } from "./input-event.js";

const bits = [
  ["scrollLock", KeyboardLeds.TS_SYNC_SCROLL_LOCK],
  ["numLock", KeyboardLeds.TS_SYNC_NUM_LOCK],
  ["capsLock", KeyboardLeds.TS_SYNC_CAPS_LOCK],
  ["kanaLock", KeyboardLeds.TS_SYNC_KANA_LOCK],
] as const;

/** The lock keys as bits, which are the same on the fast path, the slow path and for a keyboard's lights. */
export const lockKeyFlags = (keys: LockKeys): number =>
  bits.reduce((flags, [name, bit]) => flags | (keys[name] ? bit : 0), 0);

/** The lock keys that the bits say. */
export const lockKeysOf = (flags: number): LockKeys => ({
  scrollLock: (flags & KeyboardLeds.TS_SYNC_SCROLL_LOCK) !== 0,
  numLock: (flags & KeyboardLeds.TS_SYNC_NUM_LOCK) !== 0,
  capsLock: (flags & KeyboardLeds.TS_SYNC_CAPS_LOCK) !== 0,
  kanaLock: (flags & KeyboardLeds.TS_SYNC_KANA_LOCK) !== 0,
});
