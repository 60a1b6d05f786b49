import { deviationRules, leaves, type FieldSpan, type Inspection } from "@railvail/wire";

/**
 * Whether deviations that lose something account for a difference between the bytes of a message
 * and what its value encodes to: each field that differs must have one. Where the length changed
 * too, fields cannot be told apart and one is enough.
 */
export function isExplained(
  { fields, deviations }: Inspection<unknown>,
  bytes: Uint8Array,
  again: Uint8Array,
): boolean {
  const lossy = deviations.filter(({ rule }) => deviationRules[rule].lossy);
  if (lossy.length === 0) return false;
  if (bytes.length !== again.length) return true;
  const bits = bitFields(fields);
  const inBits = lossy.filter(({ field, offset }) => bits.has(`${offset} ${lastName(field)}`));
  const inBytes = lossy.filter((deviation) => !inBits.includes(deviation));
  for (const { offset, length } of leaves(fields)) {
    const end = offset + length;
    if (Buffer.compare(bytes.subarray(offset, end), again.subarray(offset, end)) === 0) continue;
    // A field of bits has no bytes of its own: it stands at the end of those that carry it.
    const explained =
      inBytes.some((deviation) => deviation.offset >= offset && deviation.offset < end) ||
      inBits.some((deviation) => deviation.offset >= offset && deviation.offset <= end);
    if (!explained) return false;
  }
  return true;
}

/** Offsets and names of the fields that have no bytes of their own. */
function bitFields(fields: readonly FieldSpan[], found: Set<string> = new Set()): ReadonlySet<string> {
  for (const { offset, length, name, children } of fields) {
    if (children !== undefined) bitFields(children, found);
    else if (length === 0) found.add(`${offset} ${name}`);
  }
  return found;
}

const lastName = (path: string): string => path.slice(path.lastIndexOf(".") + 1);
