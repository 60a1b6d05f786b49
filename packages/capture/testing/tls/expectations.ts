/** What is expected of decrypted sessions that were written by hand. */
import { expect } from "vitest";
import type { Direction } from "../../src/index.js";
import type { Decrypted } from "./decrypted.js";
import type { HandmadeRecord } from "./handmade-session.js";

/** The application data of a direction. */
export const plainOf = (records: readonly HandmadeRecord[], which: Direction): Buffer =>
  Buffer.concat(records.flatMap((one) => (one.direction === which && one.plain ? [one.plain] : [])));

export const kindsOf = ({ problems }: Decrypted): string[] => [...new Set(problems.map(({ issue }) => issue.kind))];

/** All application data came out, and no more. */
export function expectPlain({ plain }: Decrypted, records: readonly HandmadeRecord[]): void {
  for (const which of ["c2s", "s2c"] as const) {
    expect(plain[which].toString("hex")).toBe(plainOf(records, which).toString("hex"));
  }
}

/** Records of a direction with no byte in the range. */
export function untouched(
  records: readonly HandmadeRecord[],
  which: Direction,
  from: number,
  to: number,
): HandmadeRecord[] {
  let at = 0;
  return records.filter((one) => {
    if (one.direction !== which) return false;
    const start = at;
    at += one.bytes.length;
    return at <= from || start >= to;
  });
}

/** What came out is what was sent, without some records; the rest was counted. */
export function expectPartOf(
  { pieces, sealed, decryptor, problems }: Decrypted,
  records: readonly HandmadeRecord[],
): void {
  for (const which of ["c2s", "s2c"] as const) {
    const sent = records.filter((one) => one.direction === which && one.plain !== undefined);
    let next = 0;
    for (const { direction, bytes } of pieces) {
      if (direction !== which) continue;
      const found = sent.findIndex((one, index) => index >= next && Buffer.compare(one.plain ?? bytes, bytes) === 0);
      expect(found).toBeGreaterThanOrEqual(next);
      next = found + 1;
    }
    expect(sealed[which]).toBe(decryptor.undecrypted(which));
    const said = problems.some(({ direction: of, issue }) => of === which && issue.kind === "undecrypted");
    expect(said).toBe(sealed[which] > 0);
  }
}
