import { describe, expect, test } from "vitest";
import { connect, event, move } from "../testing/samples.js";
import { leaves, list, padTo, pdu, prefixed, tilingFault, u16, u8, utf16, type FieldSpan } from "./index.js";

const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));
const spec = "[TEST] 1";

describe("spans", () => {
  test("of prefixes, terminators and counts stand beside the field", () => {
    const Of = pdu("PARTS", spec, {
      name: utf16(prefixed(u8), { nul: "after" }),
      ids: list(u16, prefixed(u8)),
      end: padTo(12),
    });
    const { fields } = Of.inspect(Of.encode({ name: "a", ids: [7] }));
    expect(fields.map(({ name, type, offset, length }) => [name, type, offset, length])).toEqual([
      ["nameLength", "u8", 0, 1],
      ["name", "utf16", 1, 2],
      ["nameTerminator", "pad", 3, 2],
      ["idsCount", "u8", 5, 1],
      ["ids", "list", 6, 2],
      ["end", "pad", 8, 4],
    ]);
    expect(fields[4]?.children).toMatchObject([{ name: "[0]", type: "u16", offset: 6, length: 2, value: 7 }]);
  });

  test("of bit fields lie where their carrier does, take no bytes and are no leaves", () => {
    const { fields } = event.inspect(
      event.encode({ events: [{ eventFlags: 3, body: { type: "mouse", x: 1, y: 2 } }] }),
    );
    expect(fields.find(({ name }) => name === "action")).toMatchObject({ offset: 0, length: 0, value: 1 });
    expect([...leaves(fields)].map(({ name }) => name)).toEqual(["header", "length", "eventHeader", "x", "y"]);
  });

  test("of a structure reach from its first field to its last", () => {
    const { fields } = connect.inspect(connect.encode({ initiator: 1001, user: { magic: 1, left: 2 } }));
    expect(fields.at(-1)).toMatchObject({ name: "user", type: "struct", offset: 7, length: 5 });
  });
});

describe("tilingFault", () => {
  const leaf = (offset: number, of: number): FieldSpan => ({ name: "x", type: "bytes", offset, length: of });
  const group = (...children: FieldSpan[]): FieldSpan => ({
    name: "g",
    type: "struct",
    offset: 99,
    length: 99,
    children,
  });

  test.each<[string, FieldSpan[], number, number]>([
    ["nothing to cover", [], 0, -1],
    ["leaves side by side", [leaf(0, 2), group(leaf(2, 1), leaf(3, 1))], 4, -1],
    ["leaves without bytes", [leaf(0, 2), leaf(7, 0), leaf(2, 2)], 4, -1],
    ["a hole before", [leaf(1, 3)], 4, 0],
    ["a hole between", [leaf(0, 1), leaf(2, 2)], 4, 1],
    ["a hole at the end", [leaf(0, 2)], 4, 2],
    ["nothing at all", [], 4, 0],
    ["an overlap", [leaf(0, 3), leaf(2, 2)], 4, 2],
    ["a byte covered twice", [leaf(0, 2), leaf(0, 2)], 2, 0],
    ["an overlap inside a group", [group(leaf(0, 2), group(leaf(1, 3)))], 4, 1],
    ["a leaf beyond the end", [leaf(0, 5)], 4, 5],
    ["leaves in another order", [leaf(2, 2), leaf(0, 2)], 4, 0],
  ])("%s", (_name, fields, size, fault) => expect(tilingFault(fields, size)).toBe(fault));

  test("finds none where a message was read whole, and the rest where it was not", () => {
    const input = fromHex("0800 0c00 01000000 0000 00");
    expect(tilingFault(move.inspect(input).fields, input.length)).toBe(4);
  });
});
