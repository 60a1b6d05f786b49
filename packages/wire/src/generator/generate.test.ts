import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choices } from "../../../../test/laws.js";
import { capabilities, channel, event, lines, order, present, samples, texts } from "../../testing/samples.js";
import {
  atLeast,
  enumeration,
  generate,
  interpretEncode,
  pdu,
  tag,
  u16,
  union,
  when,
  type Choice,
  type Pdu,
} from "../index.js";

/** Always the lowest choice, or always the highest. */
const lowest: Choice = { int: (low) => low };
const highest: Choice = { int: (_low, high) => high };

function seeded(seed: number): Choice {
  let state = seed;
  return {
    int(low, high) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return low + Math.floor((state / 2 ** 32) * (high - low + 1));
    },
  };
}

const many = <T>(of: Pdu<T>, runs = 400): T[] => {
  const choice = seeded(7);
  return Array.from({ length: runs }, () => generate(of, choice));
};

describe("generate", () => {
  test.each(samples.map((of) => [of.name, of as unknown as Pdu] as const))(
    "%s: the extremes of all choices can be encoded",
    (_name, of) => {
      for (const choice of [lowest, highest]) {
        const value = generate(of, choice);
        expect(of.encode(value)).toEqual(interpretEncode(of, value));
      }
    },
  );

  test("an arm may look at a field between its tag and the union", () => {
    const Versioned = pdu("VERSIONED", "[TEST] 1", {
      kind: tag(u16),
      version: enumeration(u16, { one: 1, two: 2 }),
      data: union("kind", { general: [1, { more: when(atLeast("version", 2), u16) }] }),
    });
    for (const value of many(Versioned)) {
      expect(Versioned.encode(value)).toHaveLength(value.version >= 2 ? 6 : 4);
      expect(Versioned.decode(Versioned.encode(value))).toMatchObject(value);
    }
  });

  test.each(samples.map((of) => [of.name, of as unknown as Pdu] as const))(
    "%s: the same choices give the same value",
    (_name, of) => {
      expect(generate(of, seeded(5))).toStrictEqual(generate(of, seeded(5)));
    },
  );

  test("asks for choices in whole numbers from low to high", () => {
    fc.assert(
      fc.property(fc.gen(), fc.constantFrom(...(samples as unknown as Pdu[])), (draw, of) => {
        const inner = choices(draw);
        generate(of, {
          int(low, high) {
            expect(Number.isInteger(low) && Number.isInteger(high) && low <= high).toBe(true);
            return inner.int(low, high);
          },
        });
      }),
    );
  });
});

describe("what is generated", () => {
  test("has every arm of every union", () => {
    const arms = new Set(many(capabilities).flatMap(({ sets }) => sets.map(({ body }) => body.type)));
    expect(arms).toEqual(new Set(["general", "list"]));
    expect(new Set(many(event).flatMap(({ events }) => events.map(({ body }) => body.type)))).toEqual(
      new Set(["scancode", "mouse", "sync"]),
    );
  });

  test("has each conditional field present and absent, and all at once", () => {
    const values = many(order);
    for (const field of ["owner", "style", "title", "rects"] as const) {
      expect(new Set(values.map((value) => value[field] === undefined))).toEqual(new Set([true, false]));
    }
    expect(
      values.some(
        ({ owner, style, title, rects }) =>
          owner !== undefined && style !== undefined && title !== undefined && rects !== undefined,
      ),
    ).toBe(true);
  });

  test("has optional tails of every length", () => {
    const tails = many(capabilities).flatMap(({ sets }) =>
      sets.flatMap(({ body }) =>
        body.type === "general" ? [[body.extra, body.more].filter((each) => each !== undefined).length] : [],
      ),
    );
    expect(new Set(tails)).toEqual(new Set([0, 1, 2]));
  });

  test("has empty lists and longer ones, and what depends on their number", () => {
    expect(new Set(many(present).map(({ rects }) => rects.length))).toEqual(new Set([0, 1, 2, 3]));
  });

  test("has both sides of a choice", () => {
    expect(new Set(many(texts).map(({ flags }) => flags & 1))).toEqual(new Set([0, 1]));
  });

  test("has lines and no lines", () => {
    expect(new Set(many(lines).map(({ line }) => typeof line))).toEqual(new Set(["string", "undefined"]));
  });

  test("has integers at both ends of their range", () => {
    const ids = new Set(many(channel).map(({ channelId }) => channelId));
    expect([0, 1, 0xffff_ffff].every((id) => ids.has(id))).toBe(true);
    const presentIds = new Set(many(present).map(({ presentId }) => presentId));
    expect([0n, 1n, 0xffff_ffff_ffff_ffffn].every((id) => presentIds.has(id))).toBe(true);
  });

  test("has known values of enumerations and unknown ones", () => {
    const versions = new Set(
      many(capabilities).flatMap(({ sets }) =>
        sets.flatMap(({ body }) => (body.type === "general" ? [body.version] : [])),
      ),
    );
    expect(versions.has(1)).toBe(true);
    expect(versions.size).toBeGreaterThan(3);
  });
});
