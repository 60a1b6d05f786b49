import type { Source } from "@railvail/wire";
import { frameLengths } from "./stream-frames.js";

const { tooShort, noFrame } = frameLengths;

/** The first byte of a CredSSP message, TSRequest: a SEQUENCE. [MS-CSSP] 2.2.1. */
export const derSequence = 0x30;
/** More than tokens and certificates take, in bytes; it bounds what is held of one message. */
const contentLimit = 0xffff;
/** More bytes of length than this make no message within the limit. */
const lengthBytesLimit = 3;

/** Bytes of the DER element at `offset`, header and all, as a frame rule gives them. */
export function derLength(source: Source, offset: number, end: number): number {
  const available = end - offset;
  if (available < 2) return tooShort;
  const first = source.view.getUint8(offset + 1);
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  if (count === 0 || count > lengthBytesLimit) return noFrame;
  if (available < 2 + count) return tooShort;
  let length = 0;
  for (let index = 0; index < count; index++) {
    length = length * 256 + source.view.getUint8(offset + 2 + index);
  }
  return length > contentLimit ? noFrame : 2 + count + length;
}
