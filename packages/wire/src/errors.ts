/** Why a codec refused bytes. The union is closed: a `switch` over `code` can be exhaustive. */
export type DecodeIssue =
  | { readonly code: "not-enough-bytes"; readonly needed: number; readonly available: number }
  | { readonly code: "length-mismatch"; readonly declared: number; readonly actual: number }
  | { readonly code: "out-of-range"; readonly value: number | bigint; readonly allowed: string }
  | { readonly code: "limit-exceeded"; readonly value: number; readonly limit: number };

/** Why a codec refused a value. */
export type EncodeIssue =
  | { readonly code: "missing" }
  | { readonly code: "out-of-range"; readonly value: unknown; readonly allowed: string }
  | { readonly code: "too-long"; readonly length: number; readonly limit: number }
  | { readonly code: "conflict"; readonly reason: string };

function describeDecode(issue: DecodeIssue): string {
  switch (issue.code) {
    case "not-enough-bytes":
      return `not enough bytes: needed ${issue.needed}, have ${issue.available}`;
    case "length-mismatch":
      return `length mismatch: declared ${issue.declared}, found ${issue.actual}`;
    case "out-of-range":
      return `value out of range: ${issue.value}, allowed ${issue.allowed}`;
    case "limit-exceeded":
      return `limit exceeded: ${issue.value}, at most ${issue.limit}`;
  }
}

function describeEncode(issue: EncodeIssue): string {
  switch (issue.code) {
    case "missing":
      return "value missing";
    case "out-of-range":
      return `value out of range: ${shown(issue.value)}, allowed ${issue.allowed}`;
    case "too-long":
      return `too long: ${issue.length}, at most ${issue.limit}`;
    case "conflict":
      return issue.reason;
  }
}

/** A value of any kind in a few words: an object may not even have a `toString`. */
function shown(value: unknown): string {
  if (typeof value === "function" || (typeof value === "object" && value !== null))
    return `a value of type ${typeof value}`;
  const text = String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** The message itself has no field path. */
const place = (pdu: string, field: string): string => (field === "" ? pdu : `${pdu}.${field}`);

/**
 * The one error that decoding throws, whatever the bytes.
 *
 * `offset` counts bytes from the start of the message; `field` is a path such as `monitors[2].left`.
 */
export class DecodeError extends Error {
  override readonly name = "DecodeError";
  readonly pdu: string;
  readonly field: string;
  readonly offset: number;
  readonly issue: DecodeIssue;

  constructor(pdu: string, field: string, offset: number, issue: DecodeIssue) {
    super(`${place(pdu, field)} at byte ${offset}: ${describeDecode(issue)}`);
    this.pdu = pdu;
    this.field = field;
    this.offset = offset;
    this.issue = issue;
  }
}

/** The one error that encoding throws: the caller's value does not fit the declaration. */
export class EncodeError extends Error {
  override readonly name = "EncodeError";
  readonly pdu: string;
  readonly field: string;
  readonly issue: EncodeIssue;

  constructor(pdu: string, field: string, issue: EncodeIssue) {
    super(`${place(pdu, field)}: ${describeEncode(issue)}`);
    this.pdu = pdu;
    this.field = field;
    this.issue = issue;
  }
}

/** A declaration that contradicts itself; thrown when the PDU is declared, never by a codec. */
export class DeclarationError extends Error {
  override readonly name = "DeclarationError";

  constructor(pdu: string, field: string, reason: string) {
    super(`${pdu}.${field}: ${reason}`);
  }
}
