import fc from "fast-check";
import { expect, test } from "vitest";
import { firstIds, freeChannelId } from "./drdynvc-channel-id.js";

const upTo = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, at) => first + at);

test("an id is never given out twice at a time, and has one byte as long as one is free", () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(), { freq: 2 }), { maxLength: 700, size: "max" }), (history) => {
      const used = new Set<number>();
      let next = firstIds;
      for (const give of history) {
        if (give !== null && used.size > 0) {
          used.delete([...used][give % used.size] as number);
          continue;
        }
        const short = [...used].filter((id) => id <= 0xff).length;
        const { id, next: after } = freeChannelId(next, used);
        next = after;
        expect(used.has(id)).toBe(false);
        expect(id).toBeGreaterThan(0);
        expect(id <= 0xff).toBe(short < 0xff);
        used.add(id);
      }
    }),
    { numRuns: 25 },
  );
});

test("an id that became free is the last to be used again", () => {
  let next = firstIds;
  const given: number[] = [];
  for (let round = 0; round < 256; round++) {
    const found = freeChannelId(next, new Set([7]));
    next = found.next;
    given.push(found.id);
  }
  expect(given).toEqual([...upTo(1, 6), ...upTo(8, 255), 1, 2]);
});

test("ids get longer when the short ones are used up", () => {
  expect(freeChannelId(firstIds, new Set(upTo(1, 255))).id).toBe(256);
  expect(freeChannelId(firstIds, new Set(upTo(1, 0xffff))).id).toBe(0x1_0000);
});
