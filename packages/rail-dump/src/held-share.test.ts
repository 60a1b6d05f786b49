import fc from "fast-check";
import { expect, test } from "vitest";
import { HeldShare } from "./held-share.js";

test("shares add up to what all hold", () => {
  const change = fc.tuple(fc.nat(2), fc.integer({ min: -1000, max: 1000 }));
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      const all = { used: 0, limit: 5000 };
      const shares = [new HeldShare(all), new HeldShare(all), new HeldShare(all)];
      const own = [0, 0, 0];
      for (const [at, bytes] of changes) {
        const share = shares[at];
        if (share === undefined) throw new Error("there are three shares");
        share.used += bytes;
        own[at] = (own[at] ?? 0) + bytes;
      }
      expect(shares.map((share) => share.own)).toEqual(own);
      expect(all.used).toBe(own.reduce((sum, one) => sum + one, 0));
      expect(shares[0]?.limit).toBe(5000);
    }),
  );
});
