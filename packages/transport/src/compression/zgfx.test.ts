import { Arena, EncodeError } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unsegmentBytes } from "../segmented-data.js";
import { CompressionError, type CompressionIssue } from "./compression-error.js";
import { ZgfxCompressor } from "./zgfx-compressor.js";
import { ZgfxDecompressor } from "./zgfx-decompressor.js";
import { compressMessage, zgfxSegmentDecoder } from "./zgfx-segments.js";

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(" ", ""), "hex"));
const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));

/** Bits as text, spaces left out, with the byte that counts the unused bits. */
function bytesOf(text: string): Uint8Array {
  const bits = text.replaceAll(" ", "");
  const size = Math.ceil(bits.length / 8) * 8;
  const bytes = bits.padEnd(size, "0").match(/.{8}/g) ?? [];
  return Uint8Array.from([...bytes.map((byte) => Number.parseInt(byte, 2)), size - bits.length]);
}

/** The tokens as the specification lists them: prefix, bits of the value, base; or the literal. */
const tokens: readonly (readonly [string, number] | readonly [string, number, number])[] = [
  ["10001", 5, 0],
  ["10010", 7, 32],
  ["10011", 9, 160],
  ["10100", 10, 672],
  ["10101", 12, 1696],
  ["101100", 14, 5792],
  ["101101", 15, 22_176],
  ["1011100", 18, 54_944],
  ["1011101", 20, 317_088],
  ["10111100", 20, 1_365_664],
  ["10111101", 21, 2_414_240],
  ["101111100", 22, 4_511_392],
  ["101111101", 23, 8_705_696],
  ["101111110", 24, 17_094_304],
  ["11000", 0x00],
  ["11001", 0x01],
  ["110100", 0x02],
  ["110101", 0x03],
  ["110110", 0xff],
  ["1101110", 0x04],
  ["1101111", 0x05],
  ["1110000", 0x06],
  ["1110001", 0x07],
  ["1110010", 0x08],
  ["1110011", 0x09],
  ["1110100", 0x0a],
  ["1110101", 0x0b],
  ["1110110", 0x3a],
  ["1110111", 0x3b],
  ["1111000", 0x3c],
  ["1111001", 0x3d],
  ["1111010", 0x3e],
  ["1111011", 0x3f],
  ["1111100", 0x40],
  ["1111101", 0x80],
  ["11111100", 0x0c],
  ["11111101", 0x38],
  ["11111110", 0x39],
  ["11111111", 0x66],
];

/** A second interpreter of the format, bit by bit, which keeps all that was ever written. */
class NaiveZgfx {
  private readonly all: number[] = [];

  open(data: Uint8Array, compressed: boolean): Uint8Array {
    const start = this.all.length;
    if (compressed) this.tokens(data);
    else this.all.push(...data);
    return Uint8Array.from(this.all.slice(start));
  }

  private tokens(data: Uint8Array): void {
    const { all } = this;
    const bits = Array.from(data.subarray(0, -1), (byte) => byte.toString(2).padStart(8, "0")).join("");
    const end = bits.length - (data.at(-1) ?? 0);
    let from = 0;
    const take = (count: number): number => {
      from += count;
      return count === 0 ? 0 : Number.parseInt(bits.slice(from - count, from), 2);
    };
    while (from < end) {
      if (bits[from] === "0") {
        from++;
        all.push(take(8));
        continue;
      }
      const token = tokens.find(([prefix]) => bits.startsWith(prefix, from));
      if (token === undefined) throw new Error("no such token");
      from += token[0].length;
      if (token.length === 2) {
        all.push(token[1]);
        continue;
      }
      const distance = token[2] + take(token[1]);
      if (distance === 0) {
        const count = take(15);
        from = Math.ceil(from / 8) * 8;
        for (let index = 0; index < count; index++) all.push(take(8));
        continue;
      }
      let length = 3;
      if (take(1) === 1) {
        let extra = 2;
        while (take(1) === 1) extra++;
        length = 2 ** extra + take(extra);
      }
      for (; length > 0; length--) all.push(all[all.length - distance] as number);
    }
  }
}

function refusal(bytes: Uint8Array, compressed = true): CompressionIssue {
  try {
    new ZgfxDecompressor().decompress(bytes, compressed);
  } catch (error) {
    if (error instanceof CompressionError) return error.issue;
    throw error;
  }
  return expect.fail("it was not refused");
}

describe("ZGFX", () => {
  test("the examples of the specifications", () => {
    // [MS-RDPEGFX] 4.2.1.1.3: ABC, twenty times.
    const decoder = zgfxSegmentDecoder(new ZgfxDecompressor());
    expect(unsegmentBytes(hex("E0 24 20 90 88 71 1F B2 01"), { decoder })).toEqual({
      type: "data",
      data: ascii("ABC".repeat(20)),
    });
    // [MS-RDPEDYC] 4.3.3, lite: 1,595 times q.
    const lite = new ZgfxDecompressor("lite").decompress(hex("38 c4 3f f4 74 01"), true);
    expect(lite).toEqual(ascii("q".repeat(1595)));
    expect(new ZgfxCompressor({ variant: "lite" }).compress(lite.slice())).toEqual({
      data: hex("38 c4 3f f4 74 01"),
      flags: 0x26,
    });
  });

  test("every token is read as the specification has it", () => {
    for (const token of tokens) {
      if (token.length === 3) continue;
      expect(new ZgfxDecompressor().decompress(bytesOf(token[0]), true)).toEqual(Uint8Array.of(token[1]));
    }
    for (let value = 0; value < 256; value++) {
      const bits = `0${value.toString(2).padStart(8, "0")}`;
      expect(new ZgfxDecompressor().decompress(bytesOf(bits), true)).toEqual(Uint8Array.of(value));
    }
  });

  test("a second interpreter opens what we compress", () => {
    const words = fc
      .array(fc.constantFrom("abc", "defgh", "\0\x01\x02", "\xff\xfe", "f@:;<=", "89"), {
        maxLength: 150,
      })
      .map((parts) => ascii(parts.join("")));
    const noise = fc.uint8Array({ maxLength: 300 });
    const mixed = fc.array(fc.oneof(words, noise), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(mixed, { maxLength: 6 }), (packets) => {
        const sender = new ZgfxCompressor({ window: 4096 });
        const naive = new NaiveZgfx();
        for (const parts of packets) {
          const plain = new Uint8Array(Buffer.concat(parts));
          const { data, flags } = sender.compress(plain);
          expect(naive.open(data, flags === 0x24)).toEqual(plain);
        }
      }),
    );
  });

  test("noise among what repeats is written as unencoded bytes", () => {
    let state = 9;
    const noise = Uint8Array.from({ length: 1000 }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      return state >>> 24;
    });
    const plain = new Uint8Array(Buffer.concat([noise, new Uint8Array(100)]));
    const { data, flags } = new ZgfxCompressor().compress(plain);
    expect(flags).toBe(0x24);
    expect(data.length).toBeLessThan(1020);
    expect(new ZgfxDecompressor().decompress(data, true)).toEqual(plain);
    expect(new NaiveZgfx().open(data, true)).toEqual(plain);
  });

  test("segments that are not compressed are part of the history", () => {
    const receiver = new ZgfxDecompressor();
    receiver.decompress(ascii("hello"), false);
    expect(receiver.decompress(bytesOf("10001 00101 10 01"), true)).toEqual(ascii("hello"));
    // A refused segment leaves the history as it was.
    expect(() => receiver.decompress(bytesOf("0 01000001 10000"), true)).toThrow(CompressionError);
    expect(receiver.decompress(bytesOf("10001 01010 10 01"), true)).toEqual(ascii("hello"));
  });

  test("a message in several parts and segments comes back", () => {
    const sender = new ZgfxCompressor();
    const decoder = zgfxSegmentDecoder(new ZgfxDecompressor());
    for (const size of [0, 1, 65_535, 65_536, 200_000]) {
      const plain = Uint8Array.from({ length: size }, (_, index) => (index >> 6) ^ index);
      const parts = [plain.subarray(0, size >> 1), plain.subarray(size >> 1)];
      const wrapped = new Uint8Array(Buffer.concat(compressMessage(parts, sender, new Arena(16))));
      expect(wrapped[0]).toBe(size <= 65_535 ? 0xe0 : 0xe1);
      if (size > 1) expect(wrapped.length).toBeLessThan(size / 2);
      const result = unsegmentBytes(wrapped, { decoder });
      expect(result.type === "data" && result.problem).toBeUndefined();
      expect(result.type === "data" && Buffer.compare(result.data, plain)).toBe(0);
    }
  });

  test("the lite form stays within its limits", () => {
    const sender = new ZgfxCompressor({ variant: "lite" });
    expect(sender.segmentSize).toBe(8192);
    expect(() => sender.compress(new Uint8Array(8193))).toThrow(EncodeError);
    expect(sender.compress(Uint8Array.of(1))).toEqual({ data: Uint8Array.of(1), flags: 6 });
    const receiver = new ZgfxDecompressor("lite");
    receiver.decompress(new Uint8Array(8192), false);
    receiver.decompress(new Uint8Array(8192), false);
    expect(receiver.decompress(bytesOf(`101100 ${(8192 - 5792).toString(2).padStart(14, "0")} 0`), true).length).toBe(
      3,
    );
    expect(() => receiver.decompress(bytesOf(`101100 ${(8193 - 5792).toString(2).padStart(14, "0")} 0`), true)).toThrow(
      "zgfx-lite at byte 3: a reference to 8193 where at most 8192 is allowed, and not 0",
    );
  });

  test("a broken segment is reported", () => {
    const errors: CompressionError[] = [];
    const decoder = zgfxSegmentDecoder(new ZgfxDecompressor(), (error) => errors.push(error));
    expect(unsegmentBytes(hex("E0 24 FF"), { decoder })).toEqual({
      type: "problem",
      problem: { rule: "broken-segment", index: 0 },
    });
    expect(errors.map(({ issue }) => issue.code)).toEqual(["unused-bits"]);
  });

  test("each refusal has a name", () => {
    expect(refusal(new Uint8Array(0))).toEqual({ code: "not-enough-input" });
    expect(refusal(Uint8Array.of(1))).toEqual({ code: "unused-bits", count: 1, available: 0 });
    expect(refusal(Uint8Array.of(0, 8))).toEqual({ code: "unused-bits", count: 8, available: 8 });
    expect(refusal(bytesOf("0 0100"))).toEqual({ code: "not-enough-input" });
    expect(refusal(bytesOf("10001 0001"))).toEqual({ code: "not-enough-input" });
    expect(refusal(bytesOf("11000 10001 00001 1"))).toEqual({ code: "not-enough-input" });
    expect(refusal(bytesOf("10000 0000"))).toEqual({ code: "unknown-code", value: 0x100 });
    expect(refusal(bytesOf("101111111"))).toEqual({ code: "unknown-code", value: 0x17f });
    expect(refusal(bytesOf("11000 10001 00010 0"))).toEqual({
      code: "bad-reference",
      reference: 2,
      limit: 1,
    });
    // Unencoded bytes: more than are there, and more than a segment takes.
    expect(refusal(bytesOf(`10001 00000 ${"0".repeat(14)}1`))).toEqual({ code: "not-enough-input" });
    const many = new Uint8Array(
      Buffer.concat([bytesOf(`10001 00000 ${"1".repeat(15)} 0000000`).subarray(0, 4), new Uint8Array(32_767)]),
    );
    const three = new Uint8Array(Buffer.concat([many, many, many, Uint8Array.of(0)]));
    expect(refusal(three)).toEqual({ code: "output-limit", size: 32_767, limit: 1 });
    const longest = `11000 10001 00001 ${"1".repeat(14)}0 ${"1".repeat(15)}`;
    expect(refusal(bytesOf(longest))).toEqual({
      code: "match-too-long",
      length: 65_535,
      limit: 65_534,
    });
    expect(refusal(bytesOf(`11000 10001 00001 ${"1".repeat(20)}0`))).toEqual({
      code: "match-too-long",
      length: 2 ** 21,
      limit: 65_534,
    });
    const full = `11000 10001 00001 ${"1".repeat(14)}0 ${"1".repeat(14)}0`;
    expect(new ZgfxDecompressor().decompress(bytesOf(full), true).length).toBe(65_535);
    expect(refusal(bytesOf(`${full} 11000`))).toEqual({
      code: "output-limit",
      size: 65_536,
      limit: 65_535,
    });
    expect(refusal(new Uint8Array(65_536), false)).toEqual({
      code: "output-limit",
      size: 65_536,
      limit: 65_535,
    });
  });
});
