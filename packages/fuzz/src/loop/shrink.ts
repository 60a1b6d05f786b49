import type { FuzzInput } from "../packet.js";

/** Whether an input still shows the same failure. */
export type StillFails = (input: FuzzInput) => Promise<boolean>;

interface Budget {
  /** Inputs that may still be tried. */
  left: number;
}

/**
 * A smaller input with the same failure, by leaving out packets, then runs of bytes, then setting bytes to zero. At
 * most `tries` inputs are tried.
 */
export async function shrink(input: FuzzInput, stillFails: StillFails, tries = 3000): Promise<FuzzInput> {
  const budget = { left: tries };
  let smallest = input;
  for (let size = -1; size !== weight(smallest) && budget.left > 0;) {
    size = weight(smallest);
    smallest = await withoutParts(smallest, (parts) => stillFails(parts), budget);
    for (let index = 0; index < smallest.length; index++) {
      const packet = smallest[index];
      if (packet === undefined) continue;
      const current = smallest;
      const put = (bytes: Uint8Array): FuzzInput => current.toSpliced(index, 1, { ...packet, bytes });
      const fewer = await withoutParts([...packet.bytes], (bytes) => stillFails(put(Uint8Array.from(bytes))), budget);
      const plain = await zeroed(Uint8Array.from(fewer), (bytes) => stillFails(put(bytes)), budget);
      smallest = put(plain);
    }
  }
  return smallest;
}

const weight = (input: FuzzInput): number =>
  input.reduce((sum, { bytes }) => sum + 1 + bytes.length + bytes.filter((byte) => byte !== 0).length, 0);

/** Leaves out halves, quarters and so on, down to single elements. */
async function withoutParts<T>(
  all: readonly T[],
  stillFails: (parts: readonly T[]) => Promise<boolean>,
  budget: Budget,
): Promise<readonly T[]> {
  let kept = all;
  for (let part = Math.ceil(kept.length / 2); part >= 1; part = part === 1 ? 0 : Math.ceil(part / 2)) {
    for (let at = 0; at < kept.length;) {
      const fewer = kept.toSpliced(at, part);
      if (budget.left-- <= 0) return kept;
      if (await stillFails(fewer)) kept = fewer;
      else at += part;
    }
  }
  return kept;
}

async function zeroed(
  bytes: Uint8Array,
  stillFails: (bytes: Uint8Array) => Promise<boolean>,
  budget: Budget,
): Promise<Uint8Array> {
  let plain = bytes;
  for (let part = bytes.length; part >= 1; part = part === 1 ? 0 : Math.ceil(part / 2)) {
    for (let at = 0; at < bytes.length; at += part) {
      if (plain.subarray(at, at + part).every((byte) => byte === 0)) continue;
      const copy = plain.slice().fill(0, at, at + part);
      if (budget.left-- <= 0) return plain;
      if (await stillFails(copy)) plain = copy;
    }
  }
  return plain;
}
