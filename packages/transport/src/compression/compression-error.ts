/** The format whose rules the bytes break; `bulk` is the choice between the formats. */
export type CompressionCodec = "bulk" | "mppc-8k" | "mppc-64k" | "ncrush" | "xcrush" | "zgfx" | "zgfx-lite";

/** Why a decompressor refused its input. The union is closed. Sizes and limits are in bytes. */
export type CompressionIssue =
  /** The input ends inside a code, or before what it announces. */
  | { readonly code: "not-enough-input" }
  /** Bits, a symbol or flags that the format gives no meaning. */
  | { readonly code: "unknown-code"; readonly value: number }
  /**
   * A match starts, or the history is to slide, where there is no history. `reference` is a
   * distance back, in XCRUSH the end of the match, counted from the start of the history; `limit`
   * is the last one that is allowed.
   */
  | { readonly code: "bad-reference"; readonly reference: number; readonly limit: number }
  /** A match is longer than what may still be written. */
  | { readonly code: "match-too-long"; readonly length: number; readonly limit: number }
  /** Bytes that are no match exceed what may still be written. */
  | { readonly code: "output-limit"; readonly size: number; readonly limit: number }
  /** A match stands before the end of what was written already (XCRUSH). */
  | { readonly code: "match-order"; readonly offset: number; readonly written: number }
  /** The last byte, which counts the unused bits before it, cannot be right (ZGFX). */
  | { readonly code: "unused-bits"; readonly count: number; readonly available: number }
  /** The compression type is none of those that exist. */
  | { readonly code: "unknown-type"; readonly type: number };

function describe(issue: CompressionIssue): string {
  switch (issue.code) {
    case "not-enough-input":
      return "the input ends too early";
    case "unknown-code":
      return `unknown code 0x${issue.value.toString(16)}`;
    case "bad-reference":
      return `a reference to ${issue.reference} where at most ${issue.limit} is allowed, and not 0`;
    case "match-too-long":
      return `a match of ${issue.length} bytes where at most ${issue.limit} are allowed`;
    case "output-limit":
      return `${issue.size} bytes of output where at most ${issue.limit} are allowed`;
    case "match-order":
      return `a match at ${issue.offset} after ${issue.written} bytes were written`;
    case "unused-bits":
      return `${issue.count} bits are said to be unused, of ${issue.available}`;
    case "unknown-type":
      return `unknown compression type ${issue.type}`;
  }
}

/**
 * The one error that decompressing throws, whatever the bytes. `offset` counts the bytes of the
 * input that were read when the fault was seen.
 *
 * Both sides' histories differ from then on: a stream cannot be continued behind it, until the
 * sender starts the history anew.
 */
export class CompressionError extends Error {
  override readonly name = "CompressionError";
  readonly codec: CompressionCodec;
  readonly offset: number;
  readonly issue: CompressionIssue;

  constructor(codec: CompressionCodec, offset: number, issue: CompressionIssue) {
    super(`${codec} at byte ${offset}: ${describe(issue)}`);
    this.codec = codec;
    this.offset = offset;
    this.issue = issue;
  }
}
