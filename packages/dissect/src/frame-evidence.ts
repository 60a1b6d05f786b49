import { fastPathLength, FastPathUpdateCode, fastPathPrefixSize, TpduCode } from "@railvail/transport";
import type { Source } from "@railvail/wire";
import { eventSizes, fastPathHeaderSize } from "./input-events.js";

/**
 * Whether a frame begins at a place, after damage: `none`, `sure`, or a positive number of bytes
 * from there on that are needed to tell. It depends on the bytes alone and not on how many of
 * them have come, so that a stream is read in the same way however it is cut.
 */
export type Evidence = number;
export const evidence = { none: -1, sure: 0 } as const;

const { none, sure } = evidence;

/** Bytes of the headers of TPKT and of an X.224 Data TPDU. */
const dataHeaderSize = 7;
/** Send data: choice, initiator, channel id, priority; then a length of one or two bytes. */
const sendDataHeaderSize = 6;
/** A request or confirm to join a channel is the longest of the short MCS PDUs. */
const shortMcsSize = 16;
/** First bytes of the short MCS PDUs, with the bits that are not part of the choice. */
const shortMcsStarts: ReadonlySet<number> = new Set([0x04, 0x20, 0x21, 0x28, 0x2c, 0x2e, 0x38, 0x3c, 0x3e]);
const connectionTpdus: ReadonlySet<number> = new Set([
  TpduCode.connectionRequest,
  TpduCode.connectionConfirm,
  TpduCode.disconnectRequest,
]);

/** A TPKT packet: what stands in it must state lengths that agree with that of the packet. */
export function slowPathEvidence({ view }: Source, offset: number, end: number): Evidence {
  const available = end - offset;
  if (available > 1 && view.getUint8(offset + 1) !== 0) return none;
  if (available < dataHeaderSize + 1) return dataHeaderSize + 1;
  const length = view.getUint16(offset + 2);
  const indicator = view.getUint8(offset + 4);
  const code = view.getUint8(offset + 5);
  if (connectionTpdus.has(code >> 4) && indicator === length - 5) return sure;
  if (indicator !== 2 || code !== TpduCode.data << 4 || view.getUint8(offset + 6) !== 0x80) return none;
  return mcsEvidence(view, offset + dataHeaderSize, offset + length, end, dataHeaderSize);
}

function mcsEvidence(view: DataView, at: number, stop: number, end: number, before: number): Evidence {
  const first = view.getUint8(at);
  if (first === 0x7f) {
    if (at + 2 > end) return before + 2;
    const second = view.getUint8(at + 1);
    return second === 0x65 || second === 0x66 ? sure : none;
  }
  if (shortMcsStarts.has(first)) return stop > at && stop - at <= shortMcsSize ? sure : none;
  if (first !== 0x64 && first !== 0x68) return none;
  const lengthAt = at + sendDataHeaderSize;
  const lengthOffset = before + sendDataHeaderSize;
  if (lengthAt >= end) return lengthOffset + 1;
  const byte = view.getUint8(lengthAt);
  if (byte < 0x80) return lengthAt + 1 + byte === stop ? sure : none;
  if (lengthAt + 1 >= end) return lengthOffset + 2;
  const length = ((byte & 0x7f) << 8) | view.getUint8(lengthAt + 1);
  return lengthAt + 2 + length === stop ? sure : none;
}

/** What to say where `fastPathLength` gives no length. */
const withoutLength = (offset: number, end: number): Evidence =>
  end - offset < fastPathPrefixSize ? fastPathPrefixSize : none;

const signatureSize = 8;

/** An encrypted packet shows only its signature: its length must at least leave room for it. */
export function signedEvidence(source: Source, offset: number, end: number): Evidence {
  const length = fastPathLength(source, offset, end);
  if (length === undefined) return withoutLength(offset, end);
  if (length <= fastPathHeaderSize(source, offset) + signatureSize) return none;
  return offset + length > end ? length : sure;
}

/** More updates than servers put into a packet; bounds the work at one place. */
const updatesLimit = 64;
const compressionUsed = 2;
const updateCodes: ReadonlySet<number> = new Set(Object.values(FastPathUpdateCode));
const withoutBody: ReadonlySet<number> = new Set([
  FastPathUpdateCode.synchronize,
  FastPathUpdateCode.pointerHidden,
  FastPathUpdateCode.pointerDefault,
]);

/** A fast-path packet from the server: its updates must fill it. */
export function updatesEvidence(source: Source, offset: number, end: number): Evidence {
  const { view } = source;
  if ((view.getUint8(offset) & reservedBits) !== 0) return none;
  const length = fastPathLength(source, offset, end);
  if (length === undefined) return withoutLength(offset, end);
  const stop = offset + length;
  let at = offset + fastPathHeaderSize(source, offset);
  if (at === stop) return none;
  for (let count = 0; count < updatesLimit && at < stop; count++) {
    if (at >= end) return length;
    const header = view.getUint8(at);
    const compression = header >> 6;
    if (!updateCodes.has(header & 0x0f) || (compression !== 0 && compression !== compressionUsed)) return none;
    const sizeAt = at + (compression === 0 ? 1 : 2);
    if (sizeAt + 2 > stop) return none;
    if (sizeAt + 2 > end) return length;
    const size = view.getUint16(sizeAt, true);
    if ((size === 0) !== withoutBody.has(header & 0x0f)) return none;
    at = sizeAt + 2 + size;
  }
  if (at !== stop) return none;
  return stop > end ? length : sure;
}
/** Bits 2 to 5 of the first byte, 0 from a server. */
const reservedBits = 0x3c;

/** A fast-path packet from the client: as many events as it states must fill it. */
export function eventsEvidence(source: Source, offset: number, end: number): Evidence {
  const { view } = source;
  const length = fastPathLength(source, offset, end);
  if (length === undefined) return withoutLength(offset, end);
  const stop = offset + length;
  let at = offset + fastPathHeaderSize(source, offset);
  let left = (view.getUint8(offset) >> 2) & 0x0f;
  if (left === 0) {
    if (at >= stop) return none;
    if (at >= end) return length;
    left = view.getUint8(at++);
    if (left === 0) return none;
  }
  for (; left > 0; left--) {
    if (at >= stop) return none;
    if (at >= end) return length;
    const size = eventSizes[view.getUint8(at) >> 5];
    if (size === undefined) return none;
    at += size;
  }
  if (at !== stop) return none;
  return stop > end ? length : sure;
}
