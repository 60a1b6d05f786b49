import { Family, type Pdu, type Source } from "@railvail/wire";
import { BitmapUpdate, PaletteUpdate } from "./pdu/bitmap-update.js";
import { EncryptedFastPathInput, FastPathInput } from "./pdu/fast-path-input.js";
import { EncryptedFastPathOutput, FastPathOutput, FastPathUpdateCode } from "./pdu/fast-path-output.js";
import { CachedPointer, ColorPointer, LargePointer, NewPointer, PointerPosition } from "./pdu/pointer-update.js";
import { SurfaceCommands } from "./pdu/surface-commands.js";
import { OrdersUpdate } from "./pdu/update.js";

/** Fast-path packets from the server, by whether they are encrypted. */
export const fastPathOutputPdus = new Family("fast-path output", "encrypted", [
  FastPathOutput,
  EncryptedFastPathOutput,
]);

/** Fast-path packets from the client, by whether they are encrypted. */
export const fastPathInputPdus = new Family("fast-path input", "encrypted", [FastPathInput, EncryptedFastPathInput]);

/** The most bytes that stand before the stated length has been read: the header byte and the length. */
export const fastPathPrefixSize = 3;

/** Whether the byte at which a packet starts makes it fast path; TPKT packets start with 3. */
export const isFastPath = (firstByte: number): boolean => (firstByte & 0x03) === 0;

/**
 * The bytes that the fast-path packet at `offset` states to have, header and all, which may be
 * more than there are. Undefined if the length is not there yet, or is less than the header
 * itself; with {@link fastPathPrefixSize} bytes present it is the latter.
 */
export function fastPathLength(source: Source, offset: number, end: number): number | undefined {
  if (offset + 2 > end) return undefined;
  const first = source.view.getUint8(offset + 1);
  if ((first & 0x80) === 0) return first < 2 ? undefined : first;
  if (offset + fastPathPrefixSize > end) return undefined;
  const length = ((first & 0x7f) << 8) | source.view.getUint8(offset + 2);
  return length < fastPathPrefixSize ? undefined : length;
}

const bodies: Readonly<Record<number, Pdu>> = {
  [FastPathUpdateCode.orders]: OrdersUpdate,
  [FastPathUpdateCode.bitmap]: BitmapUpdate,
  [FastPathUpdateCode.palette]: PaletteUpdate,
  [FastPathUpdateCode.surfaceCommands]: SurfaceCommands,
  [FastPathUpdateCode.pointerPosition]: PointerPosition,
  [FastPathUpdateCode.colorPointer]: ColorPointer,
  [FastPathUpdateCode.cachedPointer]: CachedPointer,
  [FastPathUpdateCode.newPointer]: NewPointer,
  [FastPathUpdateCode.largePointer]: LargePointer,
};

/**
 * The declaration of the body of an update, once it is decompressed and whole. Undefined for
 * unknown codes and for the updates without a body: synchronize, pointer hidden, pointer default.
 */
export const fastPathUpdateBody = (updateCode: number): Pdu | undefined => bodies[updateCode];
