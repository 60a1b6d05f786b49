import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { capabilities, channel, connect, move, order, present } from "../testing/samples.js";
import {
  berLength,
  bytes,
  byteLength,
  block,
  either,
  flag,
  flags,
  hex,
  latin1,
  list,
  optional,
  pdu,
  prefixed,
  rest,
  sized,
  length,
  struct,
  tag,
  u16,
  u32,
  u64,
  u8,
  union,
  utf16,
  when,
} from "./index.js";

describe("toJson", () => {
  test("writes the fields of the value in the order of the wire", () => {
    expect(move.toJson({ top: 3, left: -2, windowId: 1 })).toBe('{"windowId":1,"left":-2,"top":3}');
  });

  test("leaves out what is absent", () => {
    expect(order.toJson(order.decode(order.encode({ fieldsPresent: 0, windowId: 1 })))).toBe(
      '{"fieldsPresent":0,"windowId":1}',
    );
    expect(pdu("NONE", "[TEST] 1", { a: optional(u8) }).toJson({})).toBe("{}");
  });

  test("writes bytes as hexadecimal digits and kept bytes too", () => {
    expect(channel.toJson({ priority: 0, channelId: 1, data: Uint8Array.of(0, 0x0f, 0xff) })).toBe(
      '{"priority":0,"channelId":1,"data":"000fff"}',
    );
    expect(move.toJson({ windowId: 1, left: 2, top: 3, trailing: Uint8Array.of(0xab) })).toBe(
      '{"windowId":1,"left":2,"top":3,"trailing":"ab"}',
    );
  });

  test("writes 64-bit numbers as decimal strings, which lose nothing", () => {
    const parsed = JSON.parse(present.toJson({ presentId: 0xffff_ffff_ffff_fffen, rects: [] })) as {
      presentId: string;
    };
    expect(parsed).toEqual({ presentId: "18446744073709551614", rects: [] });
    expect(BigInt(parsed.presentId)).toBe(0xffff_ffff_ffff_fffen);
  });

  test("writes lists and nested structures", () => {
    const value = {
      fieldsPresent: 0,
      windowId: 1,
      style: { style: 2, extendedStyle: 3 },
      rects: [{ left: 1, top: 2, right: 3, bottom: 4 }],
    };
    expect(JSON.parse(order.toJson(value))).toEqual(value);
    expect(JSON.parse(connect.toJson({ initiator: 1001, user: { magic: 1, left: -1 } }))).toEqual({
      initiator: 1001,
      user: { magic: 1, left: -1 },
    });
  });

  test("writes the bytes that an odd integer took", () => {
    expect(connect.toJson({ initiator: 1001, applicationLengthWidth: 3, user: { magic: 1, left: 0 } })).toContain(
      '"applicationLengthWidth":3',
    );
    const Maybe = pdu("MAYBE", "[TEST] 2", { bits: flags(u8, { A: 1 }), n: when(flag("bits", 1), berLength) });
    expect(Maybe.toJson(Maybe.decode(Uint8Array.of(1, 0x81, 5)))).toBe('{"bits":0,"n":5,"nWidth":2}');
  });

  test("escapes what text holds, and any text comes back", () => {
    const Text = pdu("TEXT", "[TEST] 3", { text: utf16(rest) });
    expect(Text.toJson({ text: 'a"\\\n\u0000\u2028\ud800' })).toBe('{"text":"a\\"\\\\\\n\\u0000\\u2028\\ud800"}');
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat(0xffff), (text, lone) => {
        const value = { text: text + String.fromCharCode(lone) };
        expect(JSON.parse(Text.toJson(value))).toEqual(value);
      }),
    );
  });

  test("names the arm of a union, and keeps what is unknown", () => {
    const value = {
      sets: [
        { body: { type: "general" as const, version: 1, extra: 2 } },
        { body: { type: "list" as const, ids: [] } },
        { body: { type: "unknown" as const, tag: 9, data: Uint8Array.of(1) }, trailing: Uint8Array.of(7) },
      ],
    };
    expect(JSON.parse(capabilities.toJson(value))).toEqual({
      sets: [
        { body: { type: "general", version: 1, extra: 2 } },
        { body: { type: "list", ids: [] } },
        { body: { type: "unknown", tag: 9, data: "01" }, trailing: "07" },
      ],
    });
    const Empty = pdu("EMPTY", "[TEST] 4", { t: tag(u8), body: union("t", { nothing: [1, {}] }) });
    expect(Empty.toJson({ body: { type: "nothing" } })).toBe('{"body":{"type":"nothing"}}');
  });
});

describe("either", () => {
  const choice = { bits: flags(u8, { A: 1 }) };
  const condition = flag("bits", 1);
  const cb = { ...choice, cb: length(u8) };

  test.each([
    [
      "numbers of two sizes",
      pdu("E", "[TEST] 5", { ...choice, e: either(condition, u64, u16) }),
      "01 0200000000000000",
      '{"bits":1,"e":"2"}',
    ],
    [
      "the smaller of two numbers",
      pdu("E", "[TEST] 5", { ...choice, e: either(condition, u64, u16) }),
      "00 0200",
      '{"bits":0,"e":2}',
    ],
    [
      "text",
      pdu("E", "[TEST] 5", { ...cb, e: either(condition, latin1(sized("cb")), bytes(sized("cb"))) }),
      "01 02 6162",
      '{"bits":1,"e":"ab"}',
    ],
    [
      "or bytes",
      pdu("E", "[TEST] 5", { ...cb, e: either(condition, latin1(sized("cb")), bytes(sized("cb"))) }),
      "00 02 6162",
      '{"bits":0,"e":"6162"}',
    ],
    [
      "bytes before text",
      pdu("E", "[TEST] 5", { ...cb, e: either(condition, bytes(sized("cb")), latin1(sized("cb"))) }),
      "00 02 6162",
      '{"bits":0,"e":"ab"}',
    ],
    [
      "a list",
      pdu("E", "[TEST] 5", { ...choice, e: either(condition, list(u8, prefixed(u8)), u32) }),
      "01 02 0102",
      '{"bits":1,"e":[1,2]}',
    ],
    [
      "one structure",
      pdu("E", "[TEST] 5", { ...choice, e: either(condition, struct({ a: u8 }), struct({ b: u8 })) }),
      "01 05",
      '{"bits":1,"e":{"a":5}}',
    ],
    [
      "or another",
      pdu("E", "[TEST] 5", { ...choice, e: either(condition, struct({ a: u8 }), struct({ b: u8 })) }),
      "00 05",
      '{"bits":0,"e":{"b":5}}',
    ],
    [
      "lists of two structures",
      pdu("E", "[TEST] 5", {
        ...choice,
        e: either(condition, list(struct({ a: u8 }), rest), list(block({ l: byteLength(u8), b: u64 }), rest)),
      }),
      "00 090100000000000000",
      '{"bits":0,"e":[{"b":"1"}]}',
    ],
    [
      "a union",
      pdu("E", "[TEST] 5", {
        ...choice,
        t: tag(u8),
        e: either(condition, union("t", { one: [1, { a: u8 }] }), bytes(rest)),
      }),
      "01 01 05",
      '{"bits":1,"e":{"type":"one","a":5}}',
    ],
  ] as const)("%s", (_name, of, input, json) => {
    expect(of.toJson(of.decode(Uint8Array.from(Buffer.from(input.replaceAll(" ", ""), "hex"))) as never)).toBe(json);
  });
});

test("hex has two lower-case digits for each byte", () => {
  expect(hex(Uint8Array.from({ length: 256 }, (_, i) => i))).toBe(
    Buffer.from(Uint8Array.from({ length: 256 }, (_, i) => i)).toString("hex"),
  );
  expect(hex(new Uint8Array(0))).toBe("");
});
