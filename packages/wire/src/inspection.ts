import type { DecodeError } from "./errors.js";

/** Something on the wire that the specification does not have so, kept or tolerated. */
export interface Deviation {
  /** A stable name; all are listed in `docs/deviations.md`. */
  readonly rule: DeviationRule;
  /** The specification section of the PDU. */
  readonly spec: string;
  /** Path of the field, as in {@link DecodeError}. */
  readonly field: string;
  /** Bytes from the start of the message. */
  readonly offset: number;
  /** One lower-case sentence. */
  readonly message: string;
}

/** What each rule means, and whether re-encoding loses the difference. */
export const deviationRules = {
  "reserved-not-zero": { lossy: true, means: "a reserved field or pad has another value than the specified one" },
  "missing-pad": { lossy: true, means: "padding up to a fixed size or a multiple is not there" },
  "length-differs": { lossy: true, means: "a stated length is not the length of what is there" },
  "missing-terminator": { lossy: true, means: "a text that must end with NUL does not" },
  "lone-terminator": { lossy: true, means: "an empty text has a terminator where none is written" },
  "text-after-nul": { lossy: true, means: "a padded text has bytes after its NUL" },
  "odd-length": { lossy: true, means: "a UTF-16 text has an odd number of bytes" },
  "unknown-value": { lossy: false, means: "an enumerated field has a value without a name" },
  "unknown-flags": { lossy: false, means: "a flags field has bits without a name" },
  "unknown-tag": { lossy: false, means: "no arm of the union has this tag; its bytes are kept" },
  "long-form": { lossy: false, means: "an integer takes more or fewer bytes than an encoder would choose" },
  "trailing-bytes": { lossy: false, means: "bytes after the last declared field are kept" },
} as const;
export type DeviationRule = keyof typeof deviationRules;

/** A field as it stands in the message. */
export interface FieldSpan {
  readonly name: string;
  /** The kind on the wire: `u16`, `utf16`, `bytes`, `struct`, `list` and so on. */
  readonly type: string;
  /** Bytes from the start of the message. */
  readonly offset: number;
  /** In bytes; 0 for a field that is part of a carrier. */
  readonly length: number;
  /** The decoded value of a leaf. */
  readonly value?: number | bigint | string | Uint8Array | undefined;
  /** Names of the value or of its bits. */
  readonly text?: string | undefined;
  /** Fields inside; a span without children is a leaf, and leaves tile the message. */
  readonly children?: readonly FieldSpan[] | undefined;
}

/** Everything that can be said of the bytes of one message. */
export interface Inspection<T> {
  readonly pdu: string;
  readonly spec: string;
  /** The decoded value, unless `error` is there. */
  readonly value?: T;
  /** The fields that could be read. */
  readonly fields: readonly FieldSpan[];
  readonly deviations: readonly Deviation[];
  readonly error?: DecodeError;
}

/** The leaves of the spans, in the order of the wire, bit fields left out. */
export function* leaves(fields: readonly FieldSpan[]): Generator<FieldSpan> {
  for (const field of fields) {
    if (field.children !== undefined) yield* leaves(field.children);
    else if (field.length > 0) yield field;
  }
}

/** Whether the leaves cover bytes 0 to `length` exactly once; the first byte where they do not, or -1. */
export function tilingFault(fields: readonly FieldSpan[], length: number): number {
  let at = 0;
  for (const leaf of leaves(fields)) {
    if (leaf.offset !== at) return Math.min(at, leaf.offset);
    at += leaf.length;
  }
  return at === length ? -1 : at;
}
