import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FastPathFragments, type UpdateFragment } from "./fast-path-fragments.js";
import { Fragmentation } from "./pdu/fast-path-output.js";

const data = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);
const fragment = (updateCode: number, kind: keyof typeof Fragmentation, updateData: Uint8Array): UpdateFragment => ({
  updateCode,
  fragmentation: Fragmentation[kind],
  updateData,
});

describe("fast-path fragments", () => {
  test("any cut of any update is put together again", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 15 }),
        fc.array(fc.uint8Array({ maxLength: 20 }), { minLength: 2, maxLength: 8 }),
        (code, parts) => {
          const fragments = new FastPathFragments(1000);
          parts.forEach((part, index) => {
            const last = index === parts.length - 1;
            // The caller reuses its memory; what is kept must not change with it.
            const chunk = part.slice();
            const result = fragments.add(fragment(code, index === 0 ? "first" : last ? "last" : "next", chunk));
            chunk.fill(0xee);
            if (!last) expect(result).toEqual({ type: "incomplete" });
            else
              expect(result).toMatchObject({
                type: "update",
                updateCode: code,
                data: Uint8Array.from(
                  parts
                    .slice(0, -1)
                    .flatMap((each) => [...each])
                    .concat([...part]),
                ),
              });
          });
          expect(fragments.pending).toBe(0);
        },
      ),
    );
  });

  test("a single update is given back as it is", () => {
    const whole = data(1, 2, 3);
    const result = new FastPathFragments(2).add(fragment(4, "single", whole));
    expect(result).toEqual({ type: "update", updateCode: 4, data: whole });
    expect("data" in result && result.data).toBe(whole);
  });

  test("a fragment without a first one is dropped", () => {
    const fragments = new FastPathFragments(100);
    expect(fragments.add(fragment(4, "next", data(1)))).toEqual({
      type: "dropped",
      problem: { code: "no-first", updateCode: 4 },
    });
    expect(fragments.add(fragment(4, "last", data(1)))).toEqual({
      type: "dropped",
      problem: { code: "no-first", updateCode: 4 },
    });
  });

  test("another update in between gives up what was collected and is not lost itself", () => {
    const fragments = new FastPathFragments(100);
    fragments.add(fragment(4, "first", data(1)));
    expect(fragments.add(fragment(5, "single", data()))).toEqual({
      type: "update",
      updateCode: 5,
      data: data(),
      problem: { code: "interrupted", expected: 4, updateCode: 5 },
    });
    expect(fragments.add(fragment(4, "last", data(2)))).toMatchObject({
      problem: { code: "no-first" },
    });
  });

  test("a fragment of another code is dropped", () => {
    const fragments = new FastPathFragments(100);
    fragments.add(fragment(4, "first", data(1)));
    expect(fragments.add(fragment(1, "last", data(2)))).toEqual({
      type: "dropped",
      problem: { code: "interrupted", expected: 4, updateCode: 1 },
    });
    expect(fragments.pending).toBe(0);
  });

  test("never keeps more than the limit", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            updateCode: fc.nat({ max: 1 }),
            fragmentation: fc.nat({ max: 3 }),
            updateData: fc.uint8Array({ maxLength: 30 }),
          }),
        ),
        (sequence) => {
          const fragments = new FastPathFragments(50);
          for (const each of sequence) {
            const result = fragments.add(each);
            expect(fragments.pending).toBeLessThanOrEqual(50);
            if (result.type === "update" && each.fragmentation !== Fragmentation.single)
              expect(result.data.length).toBeLessThanOrEqual(50);
          }
        },
      ),
    );
    const fragments = new FastPathFragments(4);
    fragments.add(fragment(4, "first", data(1, 2, 3)));
    expect(fragments.add(fragment(4, "next", data(4, 5)))).toEqual({
      type: "dropped",
      problem: { code: "too-large", updateCode: 4, size: 5, limit: 4 },
    });
  });

  test("what there is no memory for is dropped", () => {
    const fragments = new FastPathFragments(1000, { take: (size) => size < 10, give: () => {} });
    expect(fragments.add(fragment(4, "first", data(1, 2, 3)))).toEqual({ type: "incomplete" });
    expect(fragments.add(fragment(4, "next", data(4, 5, 6, 7)))).toEqual({
      type: "dropped",
      problem: { code: "no-memory", updateCode: 4, size: 7 },
    });
    expect(fragments.pending).toBe(0);
  });
});
