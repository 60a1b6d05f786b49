import type { Host } from "@railvail/wire";

/** A `Buffer` of the same memory: its methods are those that Node offers for text. */
const asBuffer = ({ buffer, byteOffset }: Uint8Array, start: number, end: number): Buffer =>
  Buffer.from(buffer, byteOffset + start, end - start);

/** Node's own decoders, for long texts and runs of bytes. */
export const nativeText: Host = {
  utf16: (bytes, start, end) => asBuffer(bytes, start, end).toString("utf16le"),
  latin1: (bytes, start, end) => asBuffer(bytes, start, end).toString("latin1"),
  hex: (bytes) => asBuffer(bytes, 0, bytes.length).toString("hex"),
};
