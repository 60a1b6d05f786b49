import type { Source } from "@railvail/wire";
import { derLength, derSequence } from "./der-length.js";
import { evidence, type Evidence } from "./frame-evidence.js";
import { frameLengths } from "./stream-frames.js";

const { none, sure } = evidence;

/** The first field of every TSRequest: `[0] INTEGER` of one byte, before the number. */
const versionField = [0xa0, 0x03, 0x02, 0x01];
/** There are 2 to 6; a version is not raised often. */
const [firstVersion, lastVersion] = [2, 15];

/** Whether a TSRequest begins at `offset`: a DER SEQUENCE that begins with a version. */
export function tsRequestEvidence(source: Source, offset: number, end: number): Evidence {
  const { view } = source;
  if (view.getUint8(offset) !== derSequence) return none;
  const length = derLength(source, offset, end);
  if (length === frameLengths.noFrame) return none;
  if (length === frameLengths.tooShort) return end - offset + 1;
  const first = view.getUint8(offset + 1);
  const at = offset + (first < 0x80 ? 2 : 2 + (first & 0x7f));
  const needed = at + versionField.length + 1 - offset;
  if (length < needed) return none;
  for (const [index, byte] of versionField.entries()) {
    if (at + index >= end) return needed;
    if (view.getUint8(at + index) !== byte) return none;
  }
  if (offset + needed > end) return needed;
  const version = view.getUint8(offset + needed - 1);
  return version >= firstVersion && version <= lastVersion ? sure : none;
}

/** Bytes of an Early User Authorization Result. */
export const authorizationSize = 4;
/** Results are error codes of Windows, which fit 16 bits. */
const resultBytes = 2;

/** Whether an Early User Authorization Result can stand at `offset`, where the last CredSSP message ended. */
export function authorizationEvidence({ view }: Source, offset: number, end: number): Evidence {
  for (let at = offset + resultBytes; at < offset + authorizationSize; at++) {
    if (at >= end) return authorizationSize;
    if (view.getUint8(at) !== 0) return none;
  }
  return sure;
}
