import { generate, type Pdu } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesLiteral, joined, numberLiteral, testOf, textLiteral } from "../../testing/expressions.js";
import { messageOf } from "../../testing/messages.js";
import { naivelyPasses } from "../../testing/naive-filter.js";
import { catalogue } from "../dictionary/catalogue.js";
import type { Field } from "../dictionary/field.js";
import { fieldsOf } from "../dictionary/message-fields.js";
import { fullName, messageNamed, plainName } from "../dictionary/message-names.js";
import { parseFilter } from "./filter.js";
import { parseExpression } from "./parser.js";
import { printExpression } from "./print.js";
import { comparisons, type Expression, type Literal, type Member, type Relation } from "./syntax.js";

/** Numbers that a field can hold, those that messages have often first. */
function numbersOf({ range, values }: Field): fc.Arbitrary<bigint> {
  const [low, high] = (range ?? [0, 0xffff]).map(BigInt) as [bigint, bigint];
  const usual = [low, high, 0n, 1n, 2n, ...Object.values(values ?? {}).map(BigInt)].filter(
    (one) => one >= low && one <= high,
  );
  return fc.oneof(fc.constantFrom(...usual), fc.bigInt({ min: low, max: high }));
}

/** Relations that suit a field, and the bits that are looked at. */
function relations(field: Field): fc.Arbitrary<readonly [readonly Literal[], Relation | undefined]> {
  const bare = fc.constant([[], undefined] as const);
  if (field.kind === "number" || field.kind === "wide") {
    const number = numbersOf(field).map(numberLiteral);
    const bits = fc
      .bigInt({ min: 0n, max: field.kind === "wide" ? 2n ** 64n - 1n : 2n ** 32n - 1n })
      .map(numberLiteral);
    const mask = fc.oneof(fc.constant([]), fc.array(bits, { minLength: 1, maxLength: 2 }));
    const one = number.map((value): Member => ({ kind: "one", value }));
    const range = fc.tuple(numbersOf(field), numbersOf(field)).map(([a, b]): Member => {
      const [from, to] = [a < b ? a : b, a < b ? b : a].map(numberLiteral) as [Literal, Literal];
      return { kind: "range", from, to };
    });
    const compare = fc
      .tuple(fc.constantFrom(...comparisons), number)
      .map(([comparison, value]): Relation => ({ kind: "compare", comparison, value }));
    const among = fc
      .array(fc.oneof(one, range), { minLength: 1, maxLength: 3 })
      .map((members): Relation => ({ kind: "in", members }));
    // What is compared after masking is not negative.
    const positive = field.range !== undefined && field.range[0] >= 0;
    return fc.oneof(
      bare,
      fc.tuple(positive ? mask : fc.constant([]), fc.oneof(compare, among)),
      fc.tuple(mask, fc.constant(undefined)),
    );
  }
  const value =
    field.kind === "text"
      ? fc.string({ maxLength: 2 }).map(textLiteral)
      : fc.uint8Array({ minLength: 1, maxLength: 2 }).map(bytesLiteral);
  const relation = fc.oneof(
    fc
      .tuple(fc.constantFrom("==" as const, "!=" as const), value)
      .map(([comparison, of]): Relation => ({ kind: "compare", comparison, value: of })),
    value.map((of): Relation => ({ kind: "contains", value: of })),
    fc
      .array(value, { minLength: 1, maxLength: 3 })
      .map((of): Relation => ({ kind: "in", members: of.map((one) => ({ kind: "one", value: one })) })),
  );
  return fc.oneof(bare, fc.tuple(fc.constant([]), relation));
}

/** A filter over the fields of a message that are on the wire as such. */
const filtersFor = (name: string, pdu: Pdu): fc.Arbitrary<Expression> => {
  const fields = fieldsOf(pdu).filter(
    ({ kind, type, path }) => kind !== "group" && type !== "text" && !path.includes("unknown"),
  );
  if (fields.length === 0) return fc.constant(testOf(name, [], undefined));
  const one = fc
    .constantFrom(...fields)
    .chain((field) => relations(field).map(([mask, relation]) => testOf(`${name}.${field.path}`, mask, relation)));
  return joined(one);
};

test("a compiled filter is what a naive walk over the field tree says", () => {
  fc.assert(
    fc.property(fc.constantFrom(...catalogue.map(fullName)), fc.gen(), (name, draw) => {
      const { pdu } = messageNamed(name);
      const bytes = pdu.encode(generate(pdu, { int: (min, max) => draw(fc.integer, { min, max }) }));
      const message = messageOf(pdu, bytes);
      const text = printExpression(draw(() => filtersFor(name, pdu)));
      const expected = naivelyPasses(message, name, parseExpression(text));
      expect({ text, passes: parseFilter(text).test(message) }).toEqual({ text, passes: expected });
    }),
    // Shrinking draws anew all the way down, which takes longer than looking at the failure.
    { numRuns: 400, endOnFailure: true },
  );
});

const move = messageNamed("WindowMove").pdu;
const moveBytes = move.encode({ windowId: 5, left: -3, top: 0, right: 640, bottom: 480 });
const moved = messageOf(move, moveBytes, {
  time: 1_500_000_000n,
  packet: 7,
  direction: "c2s",
});

const passes = (filter: string, message = moved): boolean => parseFilter(filter).test(message);

describe("a message", () => {
  test.each([
    ["WindowMove", true],
    ["rail.WindowMove", true],
    ["TS_RAIL_ORDER_WINDOWMOVE", true],
    ["rail", true],
    ["egfx", false],
    ["Activate", false],
    ["not Activate and true", true],
    ["false or not true", false],
    ["WindowMove.windowId", true],
    ["WindowMove.trailing", false],
    ["rail.windowId == 5", true],
    ["rail.windowId in {1..4, 6..9}", false],
    ["TS_RAIL_ORDER_WINDOWMOVE.left < 0", true],
    ["WindowMove.left == -3", true],
    ["WindowMove.left & 0x8000", true],
    ["WindowMove.left & 0xff == 0xfd", true],
    ["WindowMove.top == false and WindowMove.right == true", true],
    ["WindowMove.windowId != true", false],
    ["WindowMove.orderType == 8", true],
    ["WindowMove.orderLength == 16", true],
    ["WindowMove.orderLength != 16", false],
    ["Activate.windowId != 5", false],
    ["channel == rail and direction == c2s and packet == 7 and conn == 0", true],
    ["name == TS_RAIL_ORDER_WINDOWMOVE and path == mcs/rail", true],
    ['name contains "WINDOW" and name matches "^ts_.*move$"', true],
    ["channel in {egfx, rail}", true],
    ["direction != c2s", false],
    ["length == 16 and length < 17", true],
    ["trouble", false],
    ["trouble != incomplete", false],
    ["not trouble", true],
  ])("%s: %s", (filter, expected) => expect(passes(filter)).toBe(expected));

  test("without a declaration has no fields, and its trouble is seen", () => {
    const lost = messageOf(move, moveBytes, {
      pdu: undefined,
      name: "unknown",
      trouble: "unknown",
      value: undefined,
      inspect: () => undefined,
    });
    expect(passes("trouble == unknown and name == unknown", lost)).toBe(true);
    expect(passes("rail or rail.windowId != 1", lost)).toBe(false);
  });

  test("that cannot be read is of its kind, and has no fields", () => {
    const refused = messageOf(move, moveBytes, {
      trouble: "undecodable",
      value: undefined,
      inspect: () => move.inspect(new Uint8Array(3)),
    });
    expect(passes("WindowMove and trouble == undecodable", refused)).toBe(true);
    expect(passes("WindowMove.orderType == 8 or WindowMove.windowId", refused)).toBe(false);
  });
});

describe("flags", () => {
  const state = messageNamed("WindowState").pdu;
  const shown = messageOf(state, state.encode({ fieldsPresentFlags: 0, windowId: 1, showState: 5, title: "mail" }));

  test.each([
    ["WindowState.showState == show", true],
    ["WindowState.showState in {hide, minimized}", false],
    // Bits that say which fields are there are not in the value, and are on the wire.
    ["WindowState.fieldsPresentFlags & show", true],
    ["WindowState.fieldsPresentFlags & rootParent", false],
    ["WindowState.fieldsPresentFlags & title | rootParent", true],
    ['WindowState.title contains "ai"', true],
    ['WindowState.title matches "^MAIL$"', true],
  ])("%s: %s", (filter, expected) => expect(passes(filter, shown)).toBe(expected));
});

describe("time", () => {
  test("counts from the beginning that is given, to the nanosecond", () => {
    const { test: holds, reading } = parseFilter("time == 1.000000001");
    reading.first = 499_999_999n;
    expect(holds(moved)).toBe(true);
    reading.first = 500_000_000n;
    expect(holds(moved)).toBe(false);
  });

  test("counts from the first message if none is given", () =>
    expect(passes("time == 0 and time in {-1..1}")).toBe(true));
});

test("messages that a filter does not name are not decoded", () => {
  const untouched = {
    ...moved,
    get value(): unknown {
      throw new Error("the value was asked for");
    },
    get trouble(): undefined {
      throw new Error("trouble was asked for");
    },
    inspect() {
      throw new Error("the fields were asked for");
    },
  };
  for (const filter of [
    "Activate.windowId == 5 or egfx.surfaceId or tpkt.length > 5",
    'rail and WindowMove and channel == rail and packet > 1 and time >= 0 and name contains "MOVE"',
    "length > 3 and direction == c2s and conn == 0 and path == mcs/rail",
  ])
    expect(() => parseFilter(filter).test(untouched)).not.toThrow();
});

test("the fields of every message can be asked for by name", () => {
  for (const message of catalogue) {
    for (const { path } of fieldsOf(message.pdu).slice(0, 2)) {
      expect(() => parseFilter(`${plainName(message)}.${path}`)).not.toThrow();
    }
  }
});
