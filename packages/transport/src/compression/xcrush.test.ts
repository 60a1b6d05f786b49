import { describe, expect, test } from "vitest";
import { CompressionError, type CompressionIssue } from "./compression-error.js";
import { XcrushCompressor } from "./xcrush-compressor.js";
import { XcrushDecompressor } from "./xcrush-decompressor.js";

const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));
const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(" ", ""), "hex"));

/** Level 1 without level 2: flags, matches, literals. */
function level1(matches: readonly (readonly [number, number, number])[], literals = ""): Uint8Array {
  const head = Buffer.alloc(4 + matches.length * 8);
  head[0] = 0x01;
  head.writeUInt16LE(matches.length, 2);
  for (const [index, [length, offset, from]] of matches.entries()) {
    head.writeUInt16LE(length, 4 + index * 8);
    head.writeUInt16LE(offset, 6 + index * 8);
    head.writeUInt32LE(from, 8 + index * 8);
  }
  return new Uint8Array(Buffer.concat([head, Buffer.from(literals, "latin1")]));
}

function refusal(bytes: Uint8Array): CompressionIssue {
  try {
    new XcrushDecompressor().decompress(bytes, 0x23);
  } catch (error) {
    if (error instanceof CompressionError) return error.issue;
    throw error;
  }
  return expect.fail("it was not refused");
}

describe("XCRUSH", () => {
  test("the example of the specification, [MS-RDPEGDI] 4.7", () => {
    const receiver = new XcrushDecompressor();
    const first = hex("16 80 61 62 63 64 65 66 67 68 69 6a");
    expect(receiver.decompress(first, 0x23)).toEqual(ascii("abcdefghij"));
    // The second packet stands there as it is behind level 2.
    const second = level1(
      [
        [9, 5, 3],
        [4, 14, 0],
      ],
      "klmnou",
    );
    expect(receiver.decompress(second, 0x23)).toEqual(ascii("klmnodefghijklabcdu"));
  });

  test("a match may repeat what it writes", () => {
    expect(new XcrushDecompressor().decompress(level1([[5, 2, 0]], "ab!"), 0x23)).toEqual(ascii("abababa!"));
    // And may lie ahead: the history is zero at first.
    expect(new XcrushDecompressor().decompress(level1([[3, 0, 1_999_997]]), 0x23)).toEqual(new Uint8Array(3));
  });

  test("level 1 starts its history anew, filled with zeros", () => {
    const receiver = new XcrushDecompressor();
    receiver.decompress(level1([], "abcdef"), 0x23);
    expect(receiver.decompress(level1([[3, 0, 0]]), 0x23)).toEqual(ascii("abc"));
    const anew = level1([[3, 0, 0]]);
    anew[0] = 0x05;
    expect(receiver.decompress(anew, 0x23)).toEqual(new Uint8Array(3));
    receiver.decompress(level1([], "abcdef"), 0x23);
    expect(receiver.decompress(level1([[3, 0, 3]]), 0xa3)).toEqual(new Uint8Array(3));
  });

  test("level 2 is only looked at if level 1 says so", () => {
    const literals = Uint8Array.of(0x02, 0x61, 65, 66);
    expect(new XcrushDecompressor().decompress(literals, 0x23)).toEqual(ascii("AB"));
    literals[0] = 0x12;
    expect(new XcrushDecompressor().decompress(literals, 0x23)).toEqual(ascii("AB"));
    literals[3] = 0x80;
    expect(refusal(literals)).toEqual({ code: "not-enough-input" });
  });

  test("finds what stood long before level 2's history", () => {
    let state = 5;
    const noise = (size: number): Uint8Array =>
      Uint8Array.from({ length: size }, () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
        return 32 + ((state >>> 20) & 63);
      });
    const sender = new XcrushCompressor();
    const receiver = new XcrushDecompressor();
    const first = noise(5000);
    for (let count = 0; count < 20; count++) {
      const plain = count === 0 || count === 19 ? first : noise(5000);
      const { data, flags } = sender.compress(plain);
      expect(flags).toBe(0x23);
      expect(receiver.decompress(data, flags)).toEqual(plain);
      if (count === 19) expect(data.length).toBeLessThan(20);
      else expect(data.length).toBeGreaterThan(3500);
    }
  });

  test("a flush reaches both histories", () => {
    const sender = new XcrushCompressor();
    const receiver = new XcrushDecompressor();
    const plain = ascii("window window window window window window");
    sender.compress(plain);
    sender.flush();
    const { data, flags } = sender.compress(plain);
    expect(flags).toBe(0xa3);
    expect(Array.from(data.subarray(0, 2))).toEqual([0x16, 0xe1]);
    expect(receiver.decompress(data, flags)).toEqual(plain);
  });

  test("a packet above the limit is not compressed", () => {
    const sender = new XcrushCompressor();
    const large = new Uint8Array(16_383);
    expect(sender.compress(large)).toEqual({ data: large, flags: 0 });
    expect(sender.compress(large.subarray(1)).flags).toBe(0x23);
  });

  test("each refusal has a name", () => {
    expect(refusal(new Uint8Array(0))).toEqual({ code: "not-enough-input" });
    expect(refusal(Uint8Array.of(1))).toEqual({ code: "not-enough-input" });
    expect(refusal(Uint8Array.of(1, 0, 1))).toEqual({ code: "not-enough-input" });
    expect(refusal(level1([[1, 0, 0]]).subarray(0, 11))).toEqual({ code: "not-enough-input" });
    expect(refusal(level1([[1, 4, 0]], "abc"))).toEqual({ code: "not-enough-input" });
    expect(refusal(Uint8Array.of(0x10, 0, 1))).toEqual({ code: "unknown-code", value: 0x10 });
    expect(
      refusal(
        level1(
          [
            [1, 2, 0],
            [1, 2, 0],
          ],
          "abc",
        ),
      ),
    ).toEqual({
      code: "match-order",
      offset: 2,
      written: 3,
    });
    expect(refusal(level1([[4, 0, 1_999_997]]))).toEqual({
      code: "bad-reference",
      reference: 2_000_001,
      limit: 2_000_000,
    });
    expect(
      refusal(
        level1([
          [65_535, 0, 0],
          [1, 65_535, 0],
        ]),
      ),
    ).toEqual({
      code: "match-too-long",
      length: 1,
      limit: 0,
    });
    expect(refusal(level1([[65_535, 0, 0]], "a"))).toEqual({
      code: "output-limit",
      size: 1,
      limit: 0,
    });
  });

  test("at the end of the history, too", () => {
    const receiver = new XcrushDecompressor();
    const full = level1([[65_535, 0, 0]]);
    for (let count = 0; count < 30; count++) receiver.decompress(full, 0x23);
    const limit = 2_000_000 - 30 * 65_535;
    expect(() => receiver.decompress(full, 0x23)).toThrow(
      new CompressionError("xcrush", 4, { code: "match-too-long", length: 65_535, limit }),
    );
    expect(receiver.decompress(level1([[limit, 0, 0]]), 0x23).length).toBe(limit);
  });
});
