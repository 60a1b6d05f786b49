import { describe, expect, test } from "vitest";
import {
  berLength,
  bits,
  bytes,
  carrier,
  Family,
  i8,
  literal,
  pdu,
  rest,
  sourceOf,
  u16,
  u16be,
  u32,
  u8,
  type IntField,
  type Pdu,
  type Sender,
} from "./index.js";

const member = (name: string, tag: number, sentBy: Sender = "both", int: IntField<number, "value"> = u16): Pdu =>
  pdu(name, "[TEST] 1", { version: u8, kind: literal(int, tag), data: bytes(rest) }, { sentBy });

const [open, close, query, answer] = [
  member("OPEN", 1),
  member("CLOSE", 2),
  member("QUERY", 3, "client"),
  member("ANSWER", 3, "server"),
];
const only = member("ONLY", 4, "server");
const family = new Family("orders", "kind", [open, close, query, answer, only]);

describe("a family", () => {
  test("finds the member by its number, in the middle of a chunk", () => {
    const chunk = sourceOf(Uint8Array.of(9, 9, 0, 2, 0, 7));
    expect(family.match(chunk, 2, 6, "client")).toBe(close);
    expect(family.tag(chunk, 2, 6)).toBe(2);
  });

  test("asks who sent it where both sides use one number", () => {
    expect(family.member(3, "client")).toBe(query);
    expect(family.member(3, "server")).toBe(answer);
  });

  test("still recognises what only the other side sends", () => expect(family.member(4, "client")).toBe(only));

  test("knows nothing of other numbers", () => {
    const chunk = sourceOf(Uint8Array.of(0, 9, 0));
    expect(family.tag(chunk, 0, 3)).toBe(9);
    expect(family.match(chunk, 0, 3, "client")).toBeUndefined();
  });

  test("has no number where the bytes end before it, however long the chunk is", () => {
    const chunk = sourceOf(Uint8Array.of(0, 1, 0, 5, 5));
    for (const end of [0, 1, 2]) {
      expect(family.tag(chunk, 0, end)).toBeUndefined();
      expect(family.match(chunk, 0, end, "server")).toBeUndefined();
    }
    expect(family.match(chunk, 0, 3, "server")).toBe(open);
  });

  test("keeps name and members in their order", () => {
    expect(family.name).toBe("orders");
    expect(family.members.map(({ name }) => name)).toEqual(["OPEN", "CLOSE", "QUERY", "ANSWER", "ONLY"]);
  });
});

describe("numbers", () => {
  test.each([
    ["32 bits with the top bit set", u32, 0x8000_0001],
    ["32 bits, all set", u32, 0xffff_ffff],
    ["big-endian", u16be, 0x0102],
    ["negative", i8, -1],
  ] as const)("%s", (_name, int, tag) => {
    const of = member("ONE", tag, "both", int);
    const input = of.encode({ version: 1, data: new Uint8Array(0) });
    const numbers = new Family("numbers", "kind", [of]);
    expect(numbers.tag(sourceOf(input), 0, input.length)).toBe(tag);
    expect(numbers.match(sourceOf(input), 0, input.length, "client")).toBe(of);
  });

  test.each([
    [u8, 4, 4, 3],
    [u8, 0, 3, 7],
    [u16, 12, 4, 0xf],
    [u32, 31, 1, 1],
    [u32, 1, 31, 0x7fff_ffff],
  ] as const)("bits of a carrier (%#)", (int, shift, width, tag) => {
    const of = pdu("ONE", "[TEST] 2", {
      id: u16,
      header: carrier(int),
      kind: literal(bits("header", shift, width), tag),
    }) as unknown as Pdu;
    const input = of.encode({ id: 0xffff });
    const numbers = new Family("numbers", "kind", [of]);
    expect(numbers.tag(sourceOf(input), 0, input.length)).toBe(tag);
    // The other bits of the carrier do not matter.
    const others = input.map((byte, at) => (at < 2 ? 0 : byte ^ 0xff));
    expect(numbers.tag(sourceOf(others), 0, others.length)).toBe(2 ** width - 1 - tag);
  });
});

describe("a family is refused", () => {
  test.each([
    ["without members", [], "orders: a family has members"],
    [
      "where a member has no such literal",
      [open, pdu("OTHER", "[TEST] 3", { version: u8, kind: u16 })],
      "OTHER has no literal kind",
    ],
    [
      "where the literal stands elsewhere",
      [open, pdu("OTHER", "[TEST] 3", { kind: literal(u16, 5) })],
      "orders: OTHER has kind elsewhere",
    ],
    [
      "where the literal has another size",
      [open, pdu("OTHER", "[TEST] 3", { version: u8, kind: literal(u8, 5) })],
      "orders: OTHER has kind elsewhere",
    ],
    [
      "where the literal has no fixed place",
      [pdu("OTHER", "[TEST] 3", { cb: berLength, kind: literal(u8, 5) })],
      "orders: OTHER has kind elsewhere",
    ],
    [
      "where the literal has no fixed size",
      [pdu("OTHER", "[TEST] 3", { kind: literal(berLength, 5) })],
      "OTHER has no literal kind",
    ],
  ] as [string, Pdu[], string][])("%s", (_name, members, message) => {
    expect(() => new Family("orders", "kind", members)).toThrow(message);
  });
});
