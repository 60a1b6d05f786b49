import { sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { offsetIn, partOf } from "./part.js";

test("a view of the source is found in it, other bytes have a source of their own", () => {
  const place = fc
    .tuple(fc.nat({ max: 64 }), fc.nat({ max: 64 }))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  fc.assert(
    fc.property(place, place, fc.boolean(), ([from, to], [start, stop], copied) => {
      const memory = Uint8Array.from({ length: 64 }, (_, index) => index);
      const source = sourceOf(memory.subarray(from, to));
      const bytes = copied ? memory.slice(start, stop) : memory.subarray(start, stop);
      const part = partOf(source, bytes);
      expect(part.source.bytes.subarray(part.offset, part.end)).toEqual(bytes);
      expect(part.end - part.offset).toBe(bytes.length);
      // Memory that both share does not make bytes a part of the source.
      const inside = !copied && start >= from && stop <= to;
      expect(part.source === source).toBe(inside);
      if (inside) expect(part.offset).toBe(offsetIn(source, bytes));
    }),
  );
});
