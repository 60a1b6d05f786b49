import { describe, expect, test } from "vitest";
import { capabilities, channel, connect, lines, move, present, reset, texts } from "../testing/samples.js";
import {
  block,
  byteLength,
  DecodeError,
  EncodeError,
  length,
  list,
  pdu,
  prefixed,
  rest,
  sized,
  sourceOf,
  struct,
  u16,
  u8,
  utf16,
  bytes as bytesOf,
  type Pdu,
} from "./index.js";

const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));

function refusal(of: Pdu<never>, input: string): DecodeError {
  try {
    of.decode(fromHex(input));
  } catch (error) {
    expect(error).toBeInstanceOf(DecodeError);
    return error as DecodeError;
  }
  throw new Error("was not refused");
}

const Nested = pdu("NESTED", "[TEST] 1", {
  kind: u8,
  sets: list(block({ size: byteLength(u16), items: list(struct({ name: utf16(prefixed(u8)) }), rest) }), rest),
});
const Biased = pdu("BIASED", "[TEST] 2", { cb: length(u8, { bias: 4 }), data: bytesOf(sized("cb")) });

/** Each refusal with PDU, field, offset and issue in the message. */
const table: readonly (readonly [Pdu, string, string])[] = [
  [move, "", "MOVE.orderType at byte 0: not enough bytes: needed 2, have 0"],
  [move, "0900 0c00 01000000 0000 0000", "MOVE.orderType at byte 0: value out of range: 9, allowed 8"],
  [move, "0800 0d00 01000000 0000 0000", "MOVE.orderLength at byte 4: not enough bytes: needed 9, have 8"],
  [move, "0800 0300 01000000 0000 0000", "MOVE.orderLength at byte 4: length mismatch: declared 3, found 4"],
  [move, "0800 0a00 01000000 0000 0000", "MOVE.top at byte 10: not enough bytes: needed 2, have 0"],
  [move, "0800 0c00 01000000 0000 0000 ff", "MOVE.trailing at byte 12: length mismatch: declared 12, found 13"],
  [Nested, "01 0500 04 6100 00", "NESTED.sets[0].items[0].name at byte 4: not enough bytes: needed 4, have 2"],
  [Nested, "01 0300 00 0400 00 01", "NESTED.sets[1].items[1].name at byte 8: not enough bytes: needed 1, have 0"],
  [Biased, "03", "BIASED.cb at byte 0: length mismatch: declared 3, found 4"],
  [
    capabilities,
    "0100 0000 0200 0500 ff",
    "CAPABILITIES.sets[0].body.ids[0] at byte 8: not enough bytes: needed 2, have 1",
  ],
  [capabilities, "0500 0000", "CAPABILITIES.sets at byte 4: not enough bytes: needed 20, have 0"],
  [
    connect,
    "7f65 85 00000000",
    "CONNECT.applicationLength at byte 2: value out of range: 133, allowed a known berLength form",
  ],
  [connect, "7f65 82 00", "CONNECT.applicationLength at byte 2: not enough bytes: needed 3, have 2"],
  [channel, "33 00", "CHANNEL.channelId at byte 1: value out of range: 3, allowed a selector of 0, 1 or 2"],
  [channel, "40 00", "CHANNEL.cmd at byte 0: value out of range: 4, allowed 3"],
  [lines, "0000 00 00000000", "LINES.state at byte 0: value out of range: 0, allowed bits 0x100 set"],
] as never;
const refusals = table.map(([of, input, message]) => ({ of, name: of.name, input, message }));

describe("DecodeError", () => {
  test.each(refusals)("$name refuses $input", ({ of, input, message }) => {
    const error = refusal(of as never, input);
    expect(error.message).toBe(message);
    expect(message.startsWith(`${error.pdu}.${error.field} at byte ${error.offset}: `)).toBe(true);
    expect(error.name).toBe("DecodeError");
    expect(error.pdu).toBe(of.name);
  });

  test.each(refusals)("$name says the same of $input in the middle of a chunk", ({ of, input, message }) => {
    const bytes = fromHex(`aabbccddee ${input}`);
    expect(() => of.read(sourceOf(bytes), 5, bytes.length)).toThrow(message);
    const inspection = of.inspect(sourceOf(Uint8Array.from([...bytes, 1, 2])), 5, bytes.length);
    expect(inspection.error?.message).toBe(message);
  });

  test.each(refusals)(
    "$name: what is said of $input is one lower-case sentence without a full stop",
    ({ of, input }) => {
      const { message, pdu: name, field, offset } = refusal(of as never, input);
      const sentence = message.slice(`${name}.${field} at byte ${offset}: `.length);
      expect(sentence).toMatch(/^[a-z][^.\n]*[^.\n]$/);
    },
  );

  test("its issue can be told by its code, and has numbers", () => {
    expect(refusal(move as never, "08").issue).toEqual({ code: "not-enough-bytes", needed: 2, available: 1 });
    expect(refusal(move as never, "0900 0c00 01000000 0000 0000").issue).toEqual({
      code: "out-of-range",
      value: 9,
      allowed: "8",
    });
    expect(refusal(Biased as never, "03").issue).toEqual({ code: "length-mismatch", declared: 3, actual: 4 });
  });

  test("of a text without its NUL says how much more it needs", () => {
    // flags UNICODE, no name but its NUL, no section, 16 bytes of host, then a text without a NUL.
    const error = refusal(texts as never, `0100 0000 00000000 0000 ${"00".repeat(16)} 616263`);
    expect(error).toMatchObject({ pdu: "TEXTS", issue: { code: "not-enough-bytes" } });
    expect(error).toMatchObject({ field: "file", offset: 26, issue: { needed: 4, available: 3 } });
  });

  test("keeps its place with a limit that was exceeded", () => {
    const error = new DecodeError("NAME", "list", 3, { code: "limit-exceeded", value: 9, limit: 8 });
    expect(error.message).toBe("NAME.list at byte 3: limit exceeded: 9, at most 8");
  });

  test("of the message itself has no field", () => {
    const issue = { code: "limit-exceeded", value: 9, limit: 8 } as const;
    expect(new DecodeError("NAME", "", 0, issue).message).toBe("NAME at byte 0: limit exceeded: 9, at most 8");
    expect(new EncodeError("NAME", "", { code: "missing" }).message).toBe("NAME: value missing");
  });

  test("is thrown for a count or a pad that is not there", () => {
    expect(refusal(reset as never, "0e00 0a000000 ffffffff").message).toMatch(
      /^RESET\.monitors at byte 10: not enough bytes: needed 34359738360, have 0$/,
    );
    expect(refusal(present as never, "0e000000 14000000 0000000000000000 00000000").field).toBe("dummy");
  });
});
