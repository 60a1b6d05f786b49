import fc from "fast-check";
import { expect, test } from "vitest";
import { GatheredBytes } from "./gathered-bytes.js";
import type { MessageMemory } from "./message-memory.js";

/** Counts what is asked of it, and refuses what goes beyond its limit. */
class Counted implements MessageMemory {
  held = 0;
  asked = 0;
  private readonly limit: number;

  constructor(limit = Infinity) {
    this.limit = limit;
  }

  take(size: number): boolean {
    this.asked++;
    if (this.held + size > this.limit) return false;
    this.held += size;
    return true;
  }

  give(size: number): void {
    this.held -= size;
  }
}

const parts = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 30 });

test("what is appended is taken, in memory of at most twice its size, and all of it is given back", () => {
  fc.assert(
    fc.property(parts, fc.integer({ min: 0, max: 10_000 }), (some, expected) => {
      const memory = new Counted();
      const gathered = new GatheredBytes(memory);
      for (const part of some) {
        expect(gathered.append(part, expected)).toBe(true);
        expect(memory.held).toBeLessThanOrEqual(2 * gathered.length);
        expect(memory.held).toBeGreaterThanOrEqual(gathered.length);
      }
      expect(gathered.take()).toEqual(Uint8Array.from(some.flatMap((part) => [...part])));
      expect(memory.held).toBe(0);
      expect(gathered.take()).toHaveLength(0);
    }),
  );
});

test("memory grows in few steps, whatever size was announced", () => {
  for (const expected of [0, 1, 5000, 10_000, 1e9]) {
    const memory = new Counted();
    const gathered = new GatheredBytes(memory);
    for (let count = 0; count < 10_000; count++) gathered.append(Uint8Array.of(1), expected);
    expect(memory.asked).toBeLessThan(20);
  }
});

test("where there is no memory nothing changes, and old and new bytes count together while they are copied", () => {
  fc.assert(
    fc.property(parts, fc.integer({ min: 0, max: 3000 }), (some, limit) => {
      const memory = new Counted(limit);
      const gathered = new GatheredBytes(memory);
      const kept: number[] = [];
      for (const part of some) {
        if (gathered.append(part, 0)) kept.push(...part);
        expect(gathered.length).toBe(kept.length);
        expect(memory.held).toBeLessThanOrEqual(limit);
      }
      expect(gathered.take()).toEqual(Uint8Array.from(kept));
    }),
  );
});
