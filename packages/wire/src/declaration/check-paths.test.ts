import { describe, expect, test } from "vitest";
import {
  atLeast,
  bits,
  block,
  byteLength,
  bytes,
  carrier,
  either,
  equals,
  fixed,
  length,
  list,
  optional,
  pdu,
  reserved,
  rest,
  sized,
  struct,
  tag,
  u16,
  u64,
  u8,
  union,
  when,
  within,
  type Shape,
} from "../index.js";

const declare = (shape: Shape): unknown => pdu("NAME", "[TEST] 1", shape);

describe("the path leads to the field", () => {
  const wrong = { x: bytes(sized("nothing")) };
  const reason = "there is no field nothing before it";

  test.each<[string, Shape, string]>([
    ["in a structure", { a: struct(wrong) }, "NAME.a.x"],
    ["in a block", { a: block({ l: byteLength(u8), ...wrong }) }, "NAME.a.x"],
    ["in a run", { a: within(rest, wrong) }, "NAME.a.x"],
    ["in a list", { a: list(struct({ id: u8, ...wrong }), rest) }, "NAME.a[].x"],
    ["in an arm", { t: tag(u8), a: union("t", { one: [1, {}], two: [2, wrong] }) }, "NAME.a.two.x"],
    ["in a condition", { f: u8, a: when(equals("f", 1), struct(wrong)) }, "NAME.a.x"],
    ["in a choice", { f: u8, a: either(equals("f", 1), u8, struct(wrong)) }, "NAME.a.x"],
    ["in an optional tail", { a: optional(struct(wrong)) }, "NAME.a.x"],
    ["deep inside", { a: struct({ b: list(struct({ id: u8, c: within(rest, wrong) }), rest) }) }, "NAME.a.b[].c.x"],
  ])("%s", (_name, shape, path) => expect(() => declare(shape)).toThrow(`${path}: ${reason}`));
});

describe("what passes", () => {
  test.each<[string, Shape]>([
    ["nothing", {}],
    [
      "names around the structure",
      { version: u8, cb: length(u8), a: bytes(sized("cb")), b: struct({ c: when(atLeast("version", 2), u8) }) },
    ],
    ["a lenient length in what has no end", { a: struct({ size: byteLength(u8, { lenient: true }), b: u8 }) }],
    ["a length from a field after it", { a: byteLength(u8, { from: "b" }), b: u8 }],
    ["a list of fixed size whose elements take bytes", { a: list(u64, fixed(3)) }],
    ["reserved bits beside others", { c: carrier(u16), a: bits("c", 0, 12), r: reserved(bits("c", 12, 4)) }],
  ])("%s", (_name, shape) => expect(() => declare(shape)).not.toThrow());
});
