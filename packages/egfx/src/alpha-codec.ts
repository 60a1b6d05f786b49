import { DecodeError, EncodeError, sourceOf, type DecodeIssue } from "@railvail/wire";
import { AlphaBitmapStream, AlphaCompression, alphaSignature } from "./pdu/alpha-bitmap-stream.js";

const headerSize = 4;

/** {@link decodeAlpha} makes at most this many pixels: 16,384 by 16,384. */
export const alphaPixelLimit = 2 ** 28;

function refuse(field: string, offset: number, issue: DecodeIssue): never {
  throw new DecodeError(AlphaBitmapStream.name, field, offset, issue);
}

/** A call of `fill` costs as much as writing some dozen bytes one by one. */
function fillRun(target: Uint8Array, value: number, start: number, end: number): void {
  if (end - start > 16) target.fill(value, start, end);
  else for (let at = start; at < end; at++) target[at] = value;
}

/** Reads the runs; they must cover `pixels` exactly. Without a target they are only measured. */
function walkRuns(stream: Uint8Array, pixels: number, target: Uint8Array | undefined): void {
  const { view } = sourceOf(stream);
  const end = stream.length;
  let done = 0;
  let at = headerSize;
  for (let index = 0; at < end; index++) {
    const available = end - at;
    let needed = 2;
    let run = available < needed ? 0 : view.getUint8(at + 1);
    if (run === 0xff) {
      needed = 4;
      run = available < needed ? 0 : view.getUint16(at + 2, true);
      if (run === 0xffff) {
        needed = 8;
        run = available < needed ? 0 : view.getUint32(at + 4, true);
      }
    }
    if (available < needed) {
      refuse(`segments[${index}]`, at, { code: "not-enough-bytes", needed, available });
    }
    if (run > pixels - done) {
      refuse(`segments[${index}]`, at, {
        code: "limit-exceeded",
        value: done + run,
        limit: pixels,
      });
    }
    if (target !== undefined) fillRun(target, stream[at] as number, done, done + run);
    done += run;
    at += needed;
  }
  if (done < pixels) {
    refuse("segments", end, { code: "length-mismatch", declared: pixels, actual: done });
  }
}

/** Checks the header; says whether runs follow, or else raw bytes. Throws {@link DecodeError}. */
export function isRuns(stream: Uint8Array): boolean {
  if (stream.length < headerSize) {
    refuse("alphaSig", 0, {
      code: "not-enough-bytes",
      needed: headerSize,
      available: stream.length,
    });
  }
  const { view } = sourceOf(stream);
  const signature = view.getUint16(0, true);
  if (signature !== alphaSignature) {
    refuse("alphaSig", 0, { code: "out-of-range", value: signature, allowed: `${alphaSignature}` });
  }
  return view.getUint16(2, true) !== AlphaCompression.raw;
}

function checkRaw(stream: Uint8Array, pixels: number): void {
  const actual = stream.length - headerSize;
  if (actual !== pixels) {
    refuse("alpha", headerSize, { code: "length-mismatch", declared: pixels, actual });
  }
}

/**
 * Decodes an alpha stream into `target`, one byte a pixel, row by row from the top left.
 * The stream must describe exactly `target.length` pixels, otherwise {@link DecodeError} is
 * thrown and `target` may be written in part. [MS-RDPEGFX] 2.2.4.3.
 */
export function decodeAlphaInto(stream: Uint8Array, target: Uint8Array): void {
  if (isRuns(stream)) walkRuns(stream, target.length, target);
  else {
    checkRaw(stream, target.length);
    target.set(stream.subarray(headerSize));
  }
}

/**
 * Decodes an alpha stream of `width` by `height` pixels into memory of its own. Nothing is
 * allocated before the stream is known to describe that many pixels; as one run of 8 bytes can
 * describe any number, the caller bounds the size by the surface it belongs to, and more than
 * {@link alphaPixelLimit} pixels are refused. Throws {@link DecodeError}. [MS-RDPEGFX] 2.2.4.3.
 */
export function decodeAlpha(stream: Uint8Array, width: number, height: number): Uint8Array {
  const pixels = width * height;
  if (pixels > alphaPixelLimit) {
    refuse("segments", headerSize, {
      code: "limit-exceeded",
      value: pixels,
      limit: alphaPixelLimit,
    });
  }
  if (!isRuns(stream)) {
    checkRaw(stream, pixels);
    return stream.slice(headerSize);
  }
  walkRuns(stream, pixels, undefined);
  const target = new Uint8Array(pixels);
  walkRuns(stream, pixels, target);
  return target;
}

/** Bytes of a run: a length that is all ones goes on in the next, larger factor. */
const runSize = (length: number): number => (length < 0xff ? 2 : length < 0xffff ? 4 : 8);

function writeRun(view: DataView, at: number, value: number, length: number): number {
  const size = runSize(length);
  view.setUint8(at, value);
  view.setUint8(at + 1, size === 2 ? length : 0xff);
  if (size > 2) view.setUint16(at + 2, size === 4 ? length : 0xffff, true);
  if (size > 4) view.setUint32(at + 4, length, true);
  return at + size;
}

function startStream(size: number, compressed: number): { bytes: Uint8Array; view: DataView } {
  const { bytes, view } = sourceOf(new Uint8Array(size));
  view.setUint16(0, alphaSignature, true);
  view.setUint16(2, compressed, true);
  return { bytes, view };
}

function checkRange(field: string, value: number, highest: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= highest) return;
  const allowed = `0 to ${highest}`;
  throw new EncodeError(AlphaBitmapStream.name, field, { code: "out-of-range", value, allowed });
}

/**
 * A stream of one run: `pixels` (up to 2^32 - 1) of the same alpha, 255 being opaque. It takes
 * 6, 8 or 12 bytes. Throws {@link EncodeError}.
 */
export function encodeUniformAlpha(alpha: number, pixels: number): Uint8Array {
  checkRange("runValue", alpha, 0xff);
  checkRange("runLengthFactor3", pixels, 0xffff_ffff);
  const { bytes, view } = startStream(headerSize + runSize(pixels), AlphaCompression.runs);
  writeRun(view, headerSize, alpha, pixels);
  return bytes;
}

/** A stream of raw bytes: 4 more than `alpha` has. */
export function encodeRawAlpha(alpha: Uint8Array): Uint8Array {
  const { bytes } = startStream(headerSize + alpha.length, AlphaCompression.raw);
  bytes.set(alpha, headerSize);
  return bytes;
}

/** Where the run that starts at `start` ends; long runs are compared four pixels at a time. */
function runEnd(view: DataView, start: number, end: number): number {
  const value = view.getUint8(start);
  const four = Math.imul(value, 0x0101_0101) >>> 0;
  let at = start + 1;
  while (at + 4 <= end && view.getUint32(at) === four) at += 4;
  while (at < end && view.getUint8(at) === value) at += 1;
  return at;
}

/**
 * Encodes one byte of opacity a pixel as runs, or raw if runs would not be shorter. It stops
 * looking for runs as soon as they are the longer form.
 */
export function encodeAlpha(alpha: Uint8Array): Uint8Array {
  const { view } = sourceOf(alpha);
  const runs = startStream(headerSize + alpha.length, AlphaCompression.runs);
  let to = headerSize;
  for (let at = 0; at < alpha.length;) {
    const end = runEnd(view, at, alpha.length);
    if (to + runSize(end - at) >= runs.bytes.length) return encodeRawAlpha(alpha);
    to = writeRun(runs.view, to, view.getUint8(at), end - at);
    at = end;
  }
  return runs.bytes.slice(0, to);
}
