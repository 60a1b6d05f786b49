import { deviationRules, leaves, type Inspection } from "@railvail/wire";

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
  for (const { offset, length } of leaves(fields)) {
    const end = offset + length;
    if (Buffer.compare(bytes.subarray(offset, end), again.subarray(offset, end)) === 0) continue;
    if (!lossy.some((deviation) => deviation.offset >= offset && deviation.offset < end)) return false;
  }
  return true;
}
