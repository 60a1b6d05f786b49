import { describe, expect, test } from "vitest";
import {
  all,
  any,
  atLeast,
  berLength,
  bits,
  byteLength,
  bytes,
  carrier,
  count,
  counted,
  DeclarationError,
  either,
  equals,
  flag,
  latin1,
  length,
  line,
  list,
  literal,
  masked,
  not,
  nul,
  optional,
  pad,
  pdu,
  prefixed,
  rest,
  selectedBy,
  selector,
  sized,
  struct,
  tag,
  u16,
  u32,
  u8,
  union,
  utf16,
  when,
  within,
  type Condition,
  type Extent,
  type Shape,
} from "../index.js";

const declare = (shape: Shape): unknown => pdu("NAME", "[TEST] 1", shape);
const lineExtent: Extent = { by: "line" };

/** What is wrong, the declaration, and what is said of it. */
const refused: readonly (readonly [string, Shape, string])[] = [
  ["a name with a capital", { Left: u8 }, "NAME.Left: a field name is a camelCase identifier"],
  ["a name with an underscore", { a_b: u8 }, "NAME.a_b: a field name is a camelCase identifier"],
  ["an empty name", { "": u8 }, "NAME.: a field name is a camelCase identifier"],
  ["the name of what is kept", { trailing: u8 }, "NAME.trailing: this name is taken"],
  ["the name of the arm", { type: u8 }, "NAME.type: this name is taken"],
  [
    "an optional pad",
    { a: optional(pad(2)) },
    "NAME.a: an optional field cannot be hidden: its presence would be lost",
  ],
  [
    "an optional literal",
    { a: optional(literal(u8, 1)) },
    "NAME.a: an optional field cannot be hidden: its presence would be lost",
  ],
  ["two lengths", { a: byteLength(u8), b: byteLength(u16) }, "NAME.b: a structure states its length once"],
  [
    "a length of its own in what has no end",
    { a: struct({ b: byteLength(u8) }) },
    "NAME.a.b: only a block can state its own length",
  ],
  ["a length from a field that is not there", { a: byteLength(u8, { from: "b" }) }, "NAME.a: there is no field b"],
  ["a length of nothing", { a: length(u8), b: bytes(rest) }, "NAME.a: no field of the structure depends on it"],
  ["a count of nothing", { a: count(u8) }, "NAME.a: no field of the structure depends on it"],
  [
    "a length of what stands in another structure",
    { a: length(u8), b: struct({ c: bytes(sized("a")) }) },
    "NAME.a: no field of the structure depends on it",
  ],
  ["a tag of nothing", { a: tag(u8) }, "NAME.a: no union depends on it"],
  ["a selector of nothing", { a: selector(u8) }, "NAME.a: no integer depends on it"],
  ["bits of nothing", { a: bits("b", 0, 1) }, "NAME.a: there is no field b before it"],
  ["bits of what is no carrier", { b: u8, a: bits("b", 0, 1) }, "NAME.a: b is not a carrier"],
  ["bits before their carrier", { a: bits("b", 0, 1), b: carrier(u8) }, "NAME.a: there is no field b before it"],
  ["bits beyond the carrier", { b: carrier(u8), a: bits("b", 4, 5) }, "NAME.a: b has no bits that high"],
  ["no bits", { b: carrier(u8), a: bits("b", 4, 0) }, "NAME.a: a bit field has 1 to 31 bits"],
  ["32 bits", { b: carrier(u32), a: bits("b", 0, 32) }, "NAME.a: a bit field has 1 to 31 bits"],
  ["an integer selected by nothing", { a: selectedBy("b") }, "NAME.a: there is no field b before it"],
  ["an integer selected by a number", { b: u8, a: selectedBy("b") }, "NAME.a: b is not a selector"],
  ["bytes sized by nothing", { a: bytes(sized("b")) }, "NAME.a: there is no field b before it"],
  ["bytes sized by a number", { b: u8, a: bytes(sized("b")) }, "NAME.a: b is not a length"],
  [
    "bytes sized by a count",
    { b: count(u8), c: list(u8, counted("b")), a: bytes(sized("b")) },
    "NAME.a: b is not a length",
  ],
  [
    "a list counted by a length",
    { b: length(u8), c: bytes(sized("b")), a: list(u8, counted("b")) },
    "NAME.a: b is not a count",
  ],
  ["bytes that end at NUL", { a: bytes(nul) }, "NAME.a: only a text ends at a character"],
  [
    "a structure that ends with a line",
    { a: within(lineExtent, { b: u8 }) },
    "NAME.a: only a text ends at a character",
  ],
  [
    "a prefix of variable size",
    { a: bytes(prefixed(berLength)) },
    "NAME.a: a prefix is a fixed integer; declare a length field for another one",
  ],
  ["two terminators", { a: utf16(nul, { nul: "after" }) }, "NAME.a: a text that ends at NUL has no other terminator"],
  ["padding without a size", { a: latin1(rest, { nul: "padded" }) }, "NAME.a: a padded text has a fixed size"],
  [
    "elements that may take no byte",
    { a: list(struct({ b: pad(0) }), rest) },
    "NAME.a: an element must take at least one byte",
  ],
  ["elements that are lines", { a: list(line as never, rest) }, "NAME.a: an element must take at least one byte"],
  [
    "elements that are inline unions",
    { b: tag(u8), a: list(union("b", { c: [1, {}] }), rest) },
    "NAME.b: no union depends on it",
  ],
  ["a union without a tag", { a: union("b", { c: [1, { d: u8 }] }) }, "NAME.a: there is no field b before it"],
  ["a union by a number", { b: u8, a: union("b", { c: [1, { d: u8 }] }) }, "NAME.a: b is not a tag"],
  [
    "an arm called unknown",
    { b: tag(u8), a: union("b", { unknown: [1, { d: u8 }] }) },
    "NAME.a: the arm unknown is for tags without an arm",
  ],
  [
    "two arms of one tag",
    { b: tag(u8), a: union("b", { c: [1, { d: u8 }], e: [1, {}] }) },
    "NAME.a: two arms have the same tag",
  ],
];

describe("a declaration is refused for", () => {
  test.each(refused)("%s", (_name, shape, message) => {
    expect(() => declare(shape)).toThrow(DeclarationError);
    expect(() => declare(shape)).toThrow(expect.objectContaining({ name: "DeclarationError", message }));
  });

  test("a carrier that is no fixed integer", () => {
    expect(() => carrier(bits("b", 0, 4))).toThrow(TypeError);
    expect(() => carrier(berLength as never)).toThrow("a carrier is a fixed integer");
  });
});

describe("a condition is refused", () => {
  const bad = flag("later", 1);
  const conditions: readonly (readonly [string, Condition])[] = [
    ["flag", bad],
    ["masked", masked("later", 1, 1)],
    ["equals", equals("later", 1)],
    ["atLeast", atLeast("later", 1)],
    ["not", not(bad)],
    ["all", all(equals("first", 1), bad)],
    ["any", any(equals("first", 1), not(all(bad)))],
  ];

  test.each(conditions)("%s of a field that stands after it", (_name, condition) => {
    const message = "NAME.a: there is no field later before it";
    expect(() => declare({ first: u8, a: when(condition, u8), later: u8 })).toThrow(message);
    expect(() => declare({ first: u8, a: either(condition, u8, u16), later: u8 })).toThrow(message);
  });

  test("on what is no number", () => {
    const shape = { first: utf16(prefixed(u8)), a: when(equals("first", 1), u8) };
    expect(() => declare(shape)).toThrow("NAME.a: first is not a int or tag or count or selector");
  });
});
