import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choices } from "../../../../test/laws.js";
import { move, samples } from "../../testing/samples.js";
import { bytes, generate, hex, mutate, optional, pdu, rest, u8, type Choice, type Pdu } from "../index.js";

const all = samples as unknown as readonly Pdu[];
const valid = move.encode({ windowId: 0x0102_0304, left: 5, top: 6 });

/** Gives these choices, one after the other, and then 0. */
function scripted(...answers: readonly number[]): Choice {
  let at = 0;
  return {
    int(low, high) {
      const answer = answers[at++] ?? low;
      expect(answer >= low && answer <= high).toBe(true);
      return answer;
    },
  };
}

describe("mutate", () => {
  test.each<[string, number[], string]>([
    ["sets a field to zeros", [2, 0], "08000c000000000005000600"],
    ["sets a field to ones", [2, 1], "08000c00ffffffff05000600"],
    ["flips a bit", [2, 2, 3, 7], "08000c000403028105000600"],
    ["adds one", [1, 3, 0], "08000d000403020105000600"],
    ["takes one away", [1, 3, 1], "08000b000403020105000600"],
    ["doubles a field", [3, 4], "08000c0004030201050005000600"],
    ["takes a field out", [2, 5], "08000c0005000600"],
    ["cuts at a field", [2, 6, 0], "08000c00"],
    ["cuts inside a field", [2, 6, 3], "08000c00040302"],
  ])("%s", (_name, answers, expected) => {
    const before = valid.slice();
    expect(hex(mutate(move as unknown as Pdu, valid, scripted(...answers)))).toBe(expected);
    expect(valid).toEqual(before);
  });

  test("starts where nothing can be read with one byte", () => {
    expect(mutate(move as unknown as Pdu, new Uint8Array(0), scripted(0, 0x5a))).toEqual(Uint8Array.of(0x5a));
    const Empty = pdu("EMPTY", "[TEST] 1", { a: optional(u8) }) as unknown as Pdu;
    expect(mutate(Empty, new Uint8Array(0), scripted(0, 7))).toHaveLength(1);
  });

  test("comes to an end after every choice, on any bytes, also empty ones", () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.uint8Array({ maxLength: 60 }), fc.gen(), (of, start, draw) => {
        let asked = 0;
        const inner = choices(draw);
        const counting: Choice = { int: (low, high) => (asked++, inner.int(low, high)) };
        let input: Uint8Array = start;
        for (let round = 0; round < 5; round++) {
          const out = mutate(of, input, counting);
          expect(out.length).toBeLessThanOrEqual(Math.max(1, input.length * 2));
          input = out;
        }
        expect(asked).toBeLessThanOrEqual(5 * 4);
      }),
    );
  });

  test("reaches bytes that are read and bytes that are refused", () => {
    const outcomes = new Set<boolean>();
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.gen(), (of, draw) => {
        const choice = choices(draw);
        const input = mutate(of, of.encode(generate(of, choice)), choice);
        outcomes.add(of.inspect(input).error === undefined);
      }),
    );
    expect(outcomes).toEqual(new Set([true, false]));
  });

  test("gives bytes of its own", () => {
    const Blob = pdu("BLOB", "[TEST] 2", { data: bytes(rest) }) as unknown as Pdu;
    const input = Uint8Array.of(1, 2, 3);
    for (let kind = 0; kind <= 6; kind++) expect(mutate(Blob, input, scripted(0, kind)).buffer).not.toBe(input.buffer);
  });
});
