import {
  DecodeError,
  deviationRules,
  interpretDecode,
  interpretEncode,
  Pdu,
  sourceOf,
  tilingFault,
  type Inspection,
} from "@railvail/wire";
import { BrokenLaw, holds, thrown } from "./broken-law.js";
import { difference, firstDifference } from "./same-value.js";

/** What the laws are asked of: a `Pdu`, or a codec of somebody else. */
export interface Codec<T = unknown> {
  readonly name: string;
  decode(bytes: Uint8Array): T;
  encode(value: T): Uint8Array;
  /** The fields and what deviates; without it those laws are not asked. */
  inspect?(bytes: Uint8Array): Inspection<T>;
  /** The error that decoding may throw: `DecodeError` unless said. */
  isRefusal?(error: unknown): boolean;
}

type Outcome = { readonly value: unknown } | { readonly refusal: unknown };

function outcome(what: string, decode: () => unknown, isRefusal: (error: unknown) => boolean): Outcome {
  try {
    return { value: decode() };
  } catch (error) {
    if (isRefusal(error)) return { refusal: error };
    throw thrown(what, error);
  }
}

const isDecodeError = (error: unknown): boolean => error instanceof DecodeError;
const describe = (refusal: unknown): string => (refusal instanceof Error ? refusal.message : String(refusal));

/**
 * What holds for any bytes, valid or not. Laws: `throws` (only refusals are thrown), `round-trip` (what decodes
 * encodes to the same bytes, or a deviation explains the difference), `stable` (what was encoded means the same),
 * `tiling` (fields cover each byte once), `inspection` (it refuses and reads what decoding does), `two-readers` and
 * `two-writers` (emitted and interpreted code agree). Throws `BrokenLaw`.
 */
export function codecLaws<T>(codec: Codec<T>, bytes: Uint8Array): void {
  const { name } = codec;
  const isRefusal = codec.isRefusal?.bind(codec) ?? isDecodeError;
  const before = bytes.slice();
  const read = outcome(`decoding ${name}`, () => codec.decode(bytes), isRefusal);
  holds(firstDifference(before, bytes) < 0, "reads-only", () => `decoding ${name} changed its input`);
  if (codec instanceof Pdu) twoReaders(codec, bytes, read);
  const inspection = codec.inspect === undefined ? undefined : inspected(codec as Inspecting<T>, bytes, read);
  if ("refusal" in read) return;
  const value = read.value as T;
  const again = neverRefused(`encoding ${name} after decoding it`, () => codec.encode(value));
  if (codec instanceof Pdu) {
    const interpreted = neverRefused(`interpreting the encoding of ${name}`, () => interpretEncode(codec, value));
    const at = firstDifference(again, interpreted);
    holds(at < 0, "two-writers", () => `${name}: emitted and interpreted code differ at byte ${at}`);
  }
  const at = firstDifference(bytes, again);
  if (at < 0) return;
  const isExplained = inspection?.deviations.some(({ rule }) => deviationRules[rule].lossy) ?? false;
  holds(isExplained, "round-trip", () => `${name}: byte ${at} is another one after decoding and encoding`);
  const second = outcome(`decoding ${name} again`, () => codec.decode(again), isRefusal);
  holds("value" in second, "stable", () => `${name}: what was encoded is refused`);
  const place = difference(value, second.value);
  holds(place === undefined, "stable", () => `${name}: ${place} is another one after encoding and decoding`);
}

type Inspecting<T> = Codec<T> & Required<Pick<Codec<T>, "inspect">>;

function inspected<T>(codec: Inspecting<T>, bytes: Uint8Array, read: Outcome): Inspection<T> {
  const { name } = codec;
  const inspection = neverRefused(`inspecting ${name}`, () => codec.inspect(bytes));
  const refused = "refusal" in read;
  const { error, fields } = inspection;
  holds((error !== undefined) === refused, "inspection", () => `${name}: inspecting and decoding do not agree`);
  if (error !== undefined) {
    holds(error.offset <= bytes.length, "inspection", () => `${name}: the error is at byte ${error.offset}, outside`);
    return inspection;
  }
  const fault = tilingFault(fields, bytes.length);
  holds(fault === -1, "tiling", () => `${name}: byte ${fault} is not in exactly one field`);
  return inspection;
}

function twoReaders(pdu: Pdu, bytes: Uint8Array, read: Outcome): void {
  const source = sourceOf(bytes);
  const interpret = (): unknown => interpretDecode(pdu, source, 0, bytes.length);
  const other = outcome(`interpreting ${pdu.name}`, interpret, isDecodeError);
  if ("refusal" in read || "refusal" in other) {
    const [one, two] = [read, other].map((each) => ("refusal" in each ? describe(each.refusal) : "read"));
    holds(one === two, "two-readers", () => `${pdu.name}: emitted code says "${one}", interpreted "${two}"`);
    return;
  }
  const place = difference(read.value, other.value);
  holds(place === undefined, "two-readers", () => `${pdu.name}: ${place} differs between emitted and interpreted code`);
}

function neverRefused<T>(what: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof BrokenLaw ? error : thrown(what, error);
  }
}

/** What holds for messages that state their end: no prefix of a good one can be read. Law: `prefix`. */
export function prefixLaw<T>(codec: Codec<T>, bytes: Uint8Array, step = 1): void {
  const isRefusal = codec.isRefusal?.bind(codec) ?? isDecodeError;
  for (let length = 0; length < bytes.length; length += step) {
    const read = outcome(`decoding ${codec.name}`, () => codec.decode(bytes.subarray(0, length)), isRefusal);
    holds("refusal" in read, "prefix", () => `${codec.name}: the first ${length} of ${bytes.length} bytes are read`);
  }
}
