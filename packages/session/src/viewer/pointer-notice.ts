import type { UpdateReceived } from "../connection/received-update.js";

const pointerUpdates = [
  "pointerHidden",
  "pointerDefault",
  "pointerPosition",
  "colorPointer",
  "cachedPointer",
  "newPointer",
  "largePointer",
] as const;

/** Updates of the pointer: its shape and its place. */
export type PointerNotice = Extract<UpdateReceived, { update: (typeof pointerUpdates)[number] }>;

export const isPointerNotice = (received: UpdateReceived): received is PointerNotice =>
  pointerUpdates.some((name) => name === received.update);
