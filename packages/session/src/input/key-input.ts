import type { KeyInput } from "./input-event.js";
import { evdevOfScancode, scancodeOfEvdev, type Scancode } from "./scancodes.js";

/** A key by its scancode of set 1. */
export function keyOfScancode(
  scancode: number,
  down: boolean,
  { extended = false, extended1 = false }: Partial<Omit<Scancode, "scancode">> = {},
): KeyInput {
  const evdevCode = evdevOfScancode({ scancode, extended, extended1 });
  return { type: "key", scancode, extended, extended1, down, evdevCode };
}

/** A key as Linux numbers it (`KEY_…`); undefined if it has no scancode. */
export function keyOfEvdev(evdevCode: number, down: boolean): KeyInput | undefined {
  const code = scancodeOfEvdev(evdevCode);
  return code === undefined ? undefined : { type: "key", ...code, down, evdevCode };
}
