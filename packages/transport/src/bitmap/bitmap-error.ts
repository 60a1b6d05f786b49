/** The format whose rules the bytes break; `pixels` is rows of pixels that are not compressed. */
export type BitmapCodec = "interleaved-rle" | "planar" | "pixels";

/** Why a bitmap was refused. The union is closed. Sizes of input are in bytes, all others in pixels. */
export type BitmapIssue =
  /** The input ends inside an order or a plane, or before all pixels are there. */
  | { readonly code: "not-enough-input"; readonly needed: number; readonly available: number }
  /** An order or a header that the format gives no meaning. */
  | { readonly code: "unknown-code"; readonly value: number }
  /** A run goes past the end of the bitmap, or in planes of the row. */
  | { readonly code: "run-too-long"; readonly length: number; readonly limit: number }
  /** The bitmap is larger than the caller allows, or than the input can describe. */
  | { readonly code: "too-large"; readonly pixels: number; readonly limit: number }
  /** Pixels of this size are unknown, or cannot be in this format. */
  | { readonly code: "unknown-depth"; readonly bitsPerPixel: number }
  /** Pixels of 8 bits are numbers of colors, and no palette was given. */
  | { readonly code: "no-palette" };

function describe(issue: BitmapIssue): string {
  switch (issue.code) {
    case "not-enough-input":
      return `not enough bytes: needed ${issue.needed}, have ${issue.available}`;
    case "unknown-code":
      return `unknown code 0x${issue.value.toString(16)}`;
    case "run-too-long":
      return `a run of ${issue.length} pixels where at most ${issue.limit} are left`;
    case "too-large":
      return `${issue.pixels} pixels where at most ${issue.limit} are allowed`;
    case "unknown-depth":
      return `unknown color depth of ${issue.bitsPerPixel} bits per pixel`;
    case "no-palette":
      return "pixels of 8 bits without a palette";
  }
}

/**
 * The one error that reading bitmaps throws, whatever the bytes. `offset` counts the bytes of the
 * input that were read when the fault was seen. Bitmaps do not depend on each other: the next one
 * can be read.
 */
export class BitmapError extends Error {
  override readonly name = "BitmapError";
  readonly codec: BitmapCodec;
  readonly offset: number;
  readonly issue: BitmapIssue;

  constructor(codec: BitmapCodec, offset: number, issue: BitmapIssue) {
    super(`${codec} at byte ${offset}: ${describe(issue)}`);
    this.codec = codec;
    this.offset = offset;
    this.issue = issue;
  }
}

/** Throws {@link BitmapError} if there are not `needed` bytes from `offset` to `end`. */
export function checkInput(codec: BitmapCodec, offset: number, end: number, needed: number): void {
  if (needed > end - offset) {
    throw new BitmapError(codec, offset, { code: "not-enough-input", needed, available: end - offset });
  }
}
