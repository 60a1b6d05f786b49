import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ConnectionMemory, type MemoryShare } from "./connection-memory.js";

/** Places that hold memory and give all of it back when they must. */
function places(memory: ConnectionMemory, count: number): { shares: MemoryShare[]; givenUp: number[] } {
  const givenUp: number[] = [];
  const shares: MemoryShare[] = [];
  for (let index = 0; index < count; index++) {
    shares.push(
      memory.share(() => {
        givenUp.push(index);
        const share = shares[index];
        share?.give(share.held);
      }),
    );
  }
  return { shares, givenUp };
}

describe("the memory of a connection", () => {
  test("never takes more than its limit, whatever is asked of it", () => {
    const step = fc.record({
      kind: fc.constantFrom("take", "give", "lend", "settle"),
      at: fc.nat({ max: 4 }),
      size: fc.nat({ max: 120 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const memory = new ConnectionMemory(100);
        const { shares } = places(memory, 5);
        let lent = 0;
        for (const { kind, at, size } of steps) {
          const share = shares[at];
          if (kind === "take") share?.take(size);
          else if (kind === "give") share?.give(Math.min(size, share.held));
          else if (kind === "lend") lent += memory.lend(size) ? size : 0;
          else {
            memory.settle();
            lent = 0;
          }
          expect(memory.used).toBe(shares.reduce((sum, { held }) => sum + held, lent));
          expect(memory.used).toBeLessThanOrEqual(100);
        }
      }),
    );
  });

  test("the largest holder gives way, and the one that asks if it is that", () => {
    const memory = new ConnectionMemory(100);
    const { shares, givenUp } = places(memory, 3);
    const [small, large, asking] = shares;
    expect(small?.take(20) && large?.take(50) && asking?.take(30)).toBe(true);
    expect(asking?.take(10)).toBe(true);
    expect(givenUp).toEqual([1]);
    expect(asking?.take(60)).toBe(false);
    expect([small?.held, large?.held, asking?.held]).toEqual([20, 0, 40]);
    expect(large?.take(101)).toBe(false);
    expect(givenUp).toEqual([1, 2, 0]);
  });

  test("what is being read makes others give way, and is not given up itself", () => {
    const memory = new ConnectionMemory(100);
    const { shares, givenUp } = places(memory, 1);
    expect(shares[0]?.take(60)).toBe(true);
    expect(memory.lend(90)).toBe(true);
    expect(givenUp).toEqual([0]);
    expect(memory.lend(20)).toBe(false);
    expect(shares[0]?.take(20)).toBe(false);
    memory.unlend(50);
    expect(shares[0]?.take(20)).toBe(true);
    memory.settle();
    expect(memory.used).toBe(20);
  });

  test("what was read is used again once it is settled, for messages of its order", () => {
    const memory = new ConnectionMemory(1000);
    const share = memory.share(() => {});
    const read = new Uint8Array(400);
    memory.lendWhole(read);
    expect(share.reuse(10, 400)).toBeUndefined();
    memory.settle();
    expect(memory.used).toBe(400);
    expect(share.reuse(401, 500)).toBeUndefined();
    expect(share.reuse(10, 99)).toBeUndefined();
    expect(share.reuse(10, 100)?.buffer).toBe(read.buffer);
    expect(memory.used).toBe(0);
    expect(share.reuse(10, 100)).toBeUndefined();
  });

  test("what is kept to be used again gives way to all else", () => {
    const memory = new ConnectionMemory(1000);
    const share = memory.share(() => {});
    memory.lendWhole(new Uint8Array(400));
    memory.settle();
    expect(share.take(900)).toBe(true);
    expect(memory.used).toBe(900);
    expect(share.reuse(1, 400)).toBeUndefined();
    memory.lendWhole(new Uint8Array(90));
    memory.settle();
    expect(memory.used).toBe(990);
  });

  test("says its limit", () => {
    expect(new ConnectionMemory(5 * 1024 * 1024).detail).toContain("5 MiB");
    expect(new ConnectionMemory(100).detail).toContain("100 bytes");
  });
});
