import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Arena, sourceOf } from "./index.js";

describe("sourceOf", () => {
  test("sees exactly the bytes it is given, not the memory around them", () => {
    const memory = Uint8Array.of(1, 2, 3, 4, 5);
    const { bytes, view } = sourceOf(memory.subarray(1, 4));
    expect(bytes).toEqual(Uint8Array.of(2, 3, 4));
    expect([view.byteOffset, view.byteLength, view.getUint8(0)]).toEqual([1, 3, 2]);
    expect(() => view.getUint8(3)).toThrow(RangeError);
  });
});

describe("Arena", () => {
  test("whatever is appended, written() is all of it in order, in one run", () => {
    fc.assert(
      fc.property(fc.nat(40), fc.array(fc.uint8Array({ maxLength: 50 })), (capacity, parts) => {
        const arena = new Arena(capacity);
        for (const part of parts) {
          const at = arena.reserve(part.length);
          expect(at).toBe(arena.length);
          arena.bytes.set(part, at);
          arena.length += part.length;
        }
        expect([...arena.written()]).toEqual(parts.flatMap((part) => [...part]));
        expect(arena.view.buffer).toBe(arena.bytes.buffer);
      }),
    );
  });

  test("reserve makes room and writes nothing", () => {
    const arena = new Arena(4);
    expect(arena.reserve(3)).toBe(0);
    expect(arena.reserve(4)).toBe(0);
    expect(arena.length).toBe(0);
    expect(arena.bytes).toHaveLength(4);
  });

  test("grows by doubling, or to what one message needs", () => {
    const arena = new Arena(4);
    arena.length = 4;
    arena.reserve(1);
    expect(arena.bytes).toHaveLength(8);
    arena.reserve(100);
    expect(arena.bytes).toHaveLength(104);
  });

  test("appending byte by byte moves the memory only now and then", () => {
    const arena = new Arena(1);
    const memories = new Set<ArrayBufferLike>();
    for (let i = 0; i < 100_000; i++) {
      arena.length = arena.reserve(1) + 1;
      memories.add(arena.bytes.buffer);
    }
    expect(memories.size).toBeLessThanOrEqual(18);
  });

  test("a view of it is stale once it has grown", () => {
    const arena = new Arena(2);
    arena.length = 2;
    const before = arena.written();
    arena.reserve(1);
    arena.bytes[0] = 9;
    expect(before[0]).toBe(0);
    expect(arena.written()[0]).toBe(9);
  });

  test("reset forgets what was written and keeps the memory", () => {
    const arena = new Arena(4);
    const { bytes, view } = arena;
    arena.length = arena.reserve(4) + 4;
    arena.reset();
    expect([arena.length, arena.written().length, arena.reserve(4)]).toEqual([0, 0, 0]);
    expect(arena.bytes).toBe(bytes);
    expect(arena.view).toBe(view);
  });

  test("has room for many small messages unless another capacity is given", () => {
    expect(new Arena().bytes).toHaveLength(65_536);
    expect(new Arena(0).reserve(3)).toBe(0);
  });
});
