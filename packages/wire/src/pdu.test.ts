import { describe, expect, test } from "vitest";
import { holdsForPdu } from "../../../test/laws.js";
import { connect, move, order, present, samples } from "../testing/samples.js";
import { bytes, hex, optional, pdu, rest, sourceOf, tilingFault, u16, u8 } from "./index.js";

const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));

describe("laws hold for every field kind", () => {
  test.each(samples.map((of) => [of.name, of] as const))("%s", (_name, of) => {
    expect.hasAssertions();
    holdsForPdu(of, 300);
  });
});

/** orderType 8, orderLength 12, windowId 0x01020304, left -2, top 5. */
const moveBytes = fromHex("0800 0c00 04030201 feff 0500");
const moveValue = { windowId: 0x0102_0304, left: -2, top: 5 };

describe("decode and encode", () => {
  test("a message is its fields in the order of the wire, without the hidden ones", () => {
    expect(Object.keys(move.decode(moveBytes))).toEqual(["windowId", "left", "top", "trailing"]);
    expect(move.decode(moveBytes)).toStrictEqual({ ...moveValue, trailing: undefined });
  });

  test("hidden fields are computed", () => {
    expect(hex(move.encode(moveValue))).toBe(hex(moveBytes));
    expect(hex(move.encode({ ...moveValue, orderLength: 99 } as never))).toBe(hex(moveBytes));
  });

  test("bytes after the last field are kept, and counted by the length of the message", () => {
    const bytes = fromHex("0800 0e00 04030201 feff 0500 aabb");
    const value = move.decode(bytes);
    expect(value.trailing).toEqual(Uint8Array.of(0xaa, 0xbb));
    expect(move.encode(value)).toEqual(bytes);
    expect(move.size(value)).toBe(14);
  });

  test("absent conditional fields are properties with undefined", () => {
    const value = order.decode(order.encode({ fieldsPresent: 0, windowId: 1 }));
    expect(Object.keys(value)).toEqual(["fieldsPresent", "windowId", "owner", "style", "title", "rects", "trailing"]);
    expect(value.title).toBeUndefined();
  });

  test("a bit that says which fields are there follows from them", () => {
    const bytes = order.encode({ fieldsPresent: 0x0100_0000, windowId: 1, owner: 9, title: "a" });
    expect(Buffer.from(bytes).readUInt32LE(3)).toBe(0x0100_0006);
    expect(order.decode(bytes).fieldsPresent).toBe(0x0100_0000);
  });

  test("a message is read in the middle of a chunk, and no byte after its end", () => {
    const chunk = fromHex(`ffff ${hex(moveBytes)} ffff`);
    const source = sourceOf(chunk);
    expect(move.read(source, 2, 14)).toStrictEqual({ ...moveValue, trailing: undefined });
    expect(() => move.read(source, 2, 15)).toThrow("length mismatch: declared 12, found 13");
    expect(() => move.read(source, 2, 13)).toThrow("not enough bytes");
  });

  test("a chunk may itself be a view of other memory", () => {
    const memory = fromHex(`00 00 00 ${hex(moveBytes)} 00`);
    expect(move.decode(memory.subarray(3, 15))).toMatchObject(moveValue);
  });

  test("size is the number of bytes encode gives", () => {
    const value = { fieldsPresent: 0, windowId: 1, title: "abc", rects: [{ left: 1, top: 2, right: 3, bottom: 4 }] };
    expect(order.size(value)).toBe(order.encode(value).length);
    expect(order.size(value)).toBe(1 + 2 + 4 + 4 + 2 + 6 + 2 + 8);
  });
});

describe("how long bytes live", () => {
  const Blob = pdu("BLOB", "[TEST] 1", { id: u8, data: bytes(rest) });

  test("a byte field is a view of the input and follows what is written there", () => {
    const input = Uint8Array.of(7, 1, 2, 3);
    const { data } = Blob.decode(input);
    expect(data.buffer).toBe(input.buffer);
    expect([data.byteOffset, data.byteLength]).toEqual([1, 3]);
    input[1] = 99;
    expect(data[0]).toBe(99);
  });

  test("so are trailing bytes", () => {
    const input = fromHex("0800 0d00 04030201 feff 0500 aa");
    expect(move.decode(input).trailing?.buffer).toBe(input.buffer);
  });

  test("what encode gives is memory of its own", () => {
    const data = Uint8Array.of(1, 2);
    const bytes = Blob.encode({ id: 1, data });
    data[0] = 9;
    expect(bytes).toEqual(Uint8Array.of(1, 1, 2));
  });
});

describe("inspect", () => {
  test("gives value and spans that tile the message", () => {
    const { value, fields, deviations, error, pdu: name, spec } = move.inspect(moveBytes);
    expect({ name, spec, deviations, error }).toEqual({
      name: "MOVE",
      spec: "[SAMPLE] 1",
      deviations: [],
      error: undefined,
    });
    expect(value).toStrictEqual(move.decode(moveBytes));
    expect(fields.map(({ name, type, offset, length, value }) => [name, type, offset, length, value])).toEqual([
      ["orderType", "u16", 0, 2, 8],
      ["orderLength", "u16", 2, 2, 12],
      ["windowId", "u32", 4, 4, 0x0102_0304],
      ["left", "i16", 8, 2, -2],
      ["top", "i16", 10, 2, 5],
    ]);
    expect(tilingFault(fields, moveBytes.length)).toBe(-1);
  });

  test("counts offsets from the start of the message, wherever it stands in the chunk", () => {
    const chunk = fromHex(`ffffff ${hex(moveBytes)}`);
    expect(move.inspect(sourceOf(chunk), 3, 15).fields).toEqual(move.inspect(moveBytes).fields);
  });

  test("gives the spans read so far with the error that decode throws", () => {
    const cut = moveBytes.subarray(0, 9);
    const longer = fromHex("0800 0900 04030201 fe");
    expect(move.inspect(cut).fields.map(({ name }) => name)).toEqual(["orderType", "orderLength"]);
    const { fields, error, value } = move.inspect(longer);
    expect(fields.map(({ name }) => name)).toEqual(["orderType", "orderLength", "windowId"]);
    expect(value).toBeUndefined();
    expect(error).toMatchObject({
      field: "left",
      offset: 8,
      issue: { code: "not-enough-bytes", needed: 2, available: 1 },
    });
    expect(() => move.decode(longer)).toThrow(error?.message);
  });

  test("has the names of flags and the fields of carriers, which take no bytes", () => {
    const { fields } = order.inspect(order.encode({ fieldsPresent: 0x0100_0000, windowId: 1, owner: 2 }));
    expect(fields.find(({ name }) => name === "fieldsPresent")?.text).toBe("WINDOW | OWNER");
  });
});

describe("delimited", () => {
  const Open = pdu("OPEN", "[TEST] 1", { a: u8, b: optional(u16) });

  test("is what says its own end", () => {
    expect([move, order, present, connect, Open].map((each) => each.delimited)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });
});
