import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CompressionError, type CompressionIssue } from "./compression-error.js";
import { NcrushCompressor } from "./ncrush-compressor.js";
import { NcrushDecompressor } from "./ncrush-decompressor.js";
import { lengthCodes as lengthCodesOf, symbolCodes as symbolCodesOf, type CodeBook } from "./ncrush-tables.js";

const [symbolCodes, lengthCodes] = [symbolCodesOf(), lengthCodesOf()];

/** The bits of a code as they stand in the stream, the first first. */
function codeText({ codes, sizes }: CodeBook, symbol: number): string {
  const size = sizes[symbol] as number;
  const text = (codes[symbol] as number).toString(2).padStart(size, "0");
  return Array.from(text).toReversed().join("");
}

const symbol = (value: number): string => codeText(symbolCodes, value);
const length = (value: number): string => codeText(lengthCodes, value);
/** Extra bits, the lowest first. */
const extra = (value: number, size: number): string =>
  Array.from({ length: size }, (_, bit) => String((value >> bit) & 1)).join("");

/** Bits as text, in the order of the stream, filled up with zeros to whole bytes. */
function bytesOf(...parts: string[]): Uint8Array {
  const bits = parts.join("");
  const bytes = bits.padEnd(Math.ceil(bits.length / 8) * 8, "0").match(/.{8}/g) ?? [];
  return Uint8Array.from(bytes, (byte) => {
    return Number.parseInt(Array.from(byte).toReversed().join(""), 2);
  });
}

const meaningsOf = (book: CodeBook): ReadonlyMap<string, number> =>
  new Map(Array.from(book.sizes, (_, value) => [codeText(book, value), value]));
const symbolMeanings = meaningsOf(symbolCodes);
const lengthMeanings = meaningsOf(lengthCodes);

/** A second interpreter: walks the canonical code bit by bit and keeps all that was written. */
class NaiveNcrush {
  private all: number[] = [];
  private cache = [0, 0, 0, 0];

  open(data: Uint8Array, flags: number): Uint8Array {
    if ((flags & 0x80) !== 0) {
      this.all = [];
      this.cache = [0, 0, 0, 0];
    }
    if ((flags & 0x20) === 0) return data;
    const bits = Array.from(data, (byte) => extra(byte, 8)).join("");
    let from = 0;
    const next = (book: CodeBook): number => {
      const meanings = book === symbolCodes ? symbolMeanings : lengthMeanings;
      for (let size = 1; size < 16; size++) {
        const found = meanings.get(bits.slice(from, from + size));
        if (found === undefined) continue;
        from += size;
        return found;
      }
      throw new Error("no such code");
    };
    const take = (size: number): number => {
      let value = 0;
      for (let bit = 0; bit < size; bit++) value += Number(bits[from++]) * 2 ** bit;
      return value;
    };
    const start = this.all.length;
    for (let value = next(symbolCodes); value !== 256; value = next(symbolCodes)) {
      if (value < 256) {
        this.all.push(value);
        continue;
      }
      const distance = value >= 289 ? this.cached(value - 289) : this.fresh(value - 257, take);
      const code = next(lengthCodes);
      let left = lengthBases[code] as number;
      left += take(lengthBits[code] as number);
      for (; left > 0; left--) this.all.push(this.all[this.all.length - distance] as number);
    }
    return Uint8Array.from(this.all.slice(start));
  }

  private cached(slot: number): number {
    const distance = this.cache[slot] as number;
    this.cache[slot] = this.cache[0] as number;
    this.cache[0] = distance;
    return distance;
  }

  private fresh(code: number, take: (size: number) => number): number {
    const distance = (distanceBases[code] as number) - 1 + take(distanceBits[code] as number);
    this.cache = [distance, ...this.cache.slice(0, 3)];
    return distance;
  }
}

// CopyOffsetBitsLUT, CopyOffsetBaseLUT, LoMBitsLUT and LoMBaseLUT, as the specification has them.
const distanceBits = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14,
];
const distanceBases = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577, 32769, 49153,
];
const lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 6, 6, 8, 8, 14, 14];
const lengthBases = [
  2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 22, 26, 30, 34, 42, 50, 58, 66, 82, 98, 114, 130, 194, 258, 514, 2, 2,
];

function refusal(...parts: string[]): CompressionIssue {
  try {
    new NcrushDecompressor().decompress(bytesOf(...parts), 0x22);
  } catch (error) {
    if (error instanceof CompressionError) return error.issue;
    throw error;
  }
  return expect.fail("it was not refused");
}

describe("the codes of NCRUSH", () => {
  test("are those of the specification", () => {
    // HuffCodeL, and some of HuffCodeLEC.
    expect(Array.from(lengthCodes.codes)).toEqual([
      0x0001, 0x0000, 0x0002, 0x0009, 0x0006, 0x0005, 0x000d, 0x000b, 0x0003, 0x001b, 0x0007, 0x0017, 0x0037, 0x000f,
      0x004f, 0x006f, 0x002f, 0x00ef, 0x001f, 0x005f, 0x015f, 0x009f, 0x00df, 0x01df, 0x003f, 0x013f, 0x00bf, 0x01bf,
      0x007f, 0x017f, 0x00ff, 0x01ff,
    ]);
    const some = [0, 1, 2, 10, 18, 35, 171, 255, 256, 257, 267, 271, 288, 289, 292, 293];
    expect(some.map((value) => symbolCodes.codes[value])).toEqual([
      0x04, 0x24, 0x14, 0x69, 0x1d, 0x6b, 0x07ff, 0x59, 0x17ff, 0x0fff, 0x00, 0x10, 0xed, 0x18, 0x65, 0x1fff,
    ]);
  });

  test("leave no bits without a meaning", () => {
    for (const { sizes } of [symbolCodes, lengthCodes]) {
      expect(sizes.reduce((sum, size) => sum + 2 ** -size, 0)).toBe(1);
    }
  });
});

describe("NCRUSH", () => {
  test("a second interpreter opens what we compress", () => {
    const words = fc
      .array(fc.constantFrom("abc", "defgh", "\0", "\xff\xfe", "ij"), { maxLength: 120 })
      .map((parts) => new Uint8Array(Buffer.from(parts.join(""), "latin1")));
    const run = fc.nat(3000).map((size) => new Uint8Array(size).fill(7));
    fc.assert(
      fc.property(fc.array(fc.oneof(words, run), { maxLength: 5 }), (packets) => {
        const sender = new NcrushCompressor();
        const naive = new NaiveNcrush();
        for (const plain of packets) {
          const { data, flags } = sender.compress(plain);
          expect(naive.open(data, flags)).toEqual(plain);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("the history slides by half when it is full, and keeps 32 KiB", () => {
    const sender = new NcrushCompressor();
    const receiver = new NcrushDecompressor();
    const flags: number[] = [];
    const marks = Uint8Array.from({ length: 3000 }, (_, index) => (index * index) >> 3);
    for (let count = 0; count < 30; count++) {
      const plain = marks.slice();
      plain[0] = count;
      const packet = sender.compress(plain);
      flags.push(packet.flags);
      expect(receiver.decompress(packet.data, packet.flags)).toEqual(plain);
      // Also across a slide, all but the first packet refer to the one before.
      if (count > 0) expect(packet.data.length).toBeLessThan(20);
    }
    expect(flags.map((value, index) => (value === 0x62 ? index : -1)).filter((at) => at >= 0)).toEqual([21]);
    sender.flush();
    expect(sender.compress(marks).flags).toBe(0xa2);
  });

  test("a packet that does not fit behind a slide starts the history anew", () => {
    const sender = new NcrushCompressor();
    const receiver = new NcrushDecompressor();
    for (const [size, flags] of [
      [40_000, 0x22],
      [40_000, 0xa2],
      [20_000, 0x22],
    ] as const) {
      const plain = new Uint8Array(size).fill(size & 0xff);
      const packet = sender.compress(plain);
      expect(packet.flags).toBe(flags);
      expect(receiver.decompress(packet.data, packet.flags)).toEqual(plain);
    }
    const large = new Uint8Array(65_536);
    expect(sender.compress(large)).toEqual({ data: large, flags: 0 });
  });

  test("a slide is told with the next compressed packet, not with a raw one", () => {
    const sender = new NcrushCompressor();
    const receiver = new NcrushDecompressor();
    const send = (plain: Uint8Array): number => {
      const { data, flags } = sender.compress(plain);
      expect(receiver.decompress(data, flags)).toEqual(plain);
      return flags;
    };
    let state = 1;
    const noise = Uint8Array.from({ length: 6000 }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      return state >>> 24;
    });
    expect(send(new Uint8Array(32_000))).toBe(0x22);
    expect(send(new Uint8Array(30_000))).toBe(0x22);
    expect(send(noise)).toBe(0);
    expect(send(new Uint8Array(100))).toBe(0x62);
  });

  test("the output is in words, and never less than two of them", () => {
    const { data } = new NcrushCompressor().compress(new Uint8Array(5));
    expect(data.length).toBe(4);
    for (let size = 6; size < 400; size++) {
      const plain = Uint8Array.from({ length: size }, (_, index) => index % 5);
      const packet = new NcrushCompressor().compress(plain);
      if (packet.flags !== 0) expect(packet.data.length % 2).toBe(0);
    }
  });

  test("the history is zero at first", () => {
    const data = bytesOf(symbol(257 + 31), extra(0x3fff, 14), length(1), symbol(256));
    expect(new NcrushDecompressor().decompress(data, 0x22)).toEqual(new Uint8Array(3));
  });

  test("each refusal has a name", () => {
    expect(refusal("")).toEqual({ code: "not-enough-input" });
    expect(refusal(symbol(65))).toEqual({ code: "not-enough-input" });
    expect(refusal(symbol(65), symbol(257 + 20))).toEqual({ code: "not-enough-input" });
    expect(refusal(symbol(293), "000")).toEqual({ code: "unknown-code", value: 293 });
    expect(refusal(symbol(258), length(30), "0000000")).toEqual({ code: "unknown-code", value: 30 });
    const limit = 65_535;
    expect(refusal(symbol(257), length(1))).toEqual({ code: "bad-reference", reference: 0, limit });
    expect(refusal(symbol(289), length(1))).toEqual({ code: "bad-reference", reference: 0, limit });
    const long = [symbol(258), length(28), extra(0x3fff, 14)].join("");
    expect(refusal(long.repeat(4))).toEqual({
      code: "match-too-long",
      length: 16_385,
      limit: 65_536 - 3 * 16_385,
    });
    const rest = [symbol(258), length(28), extra(65_536 - 3 * 16_385 - 2, 14)].join("");
    expect(refusal(long.repeat(3), rest, symbol(1))).toEqual({
      code: "output-limit",
      size: 65_537,
      limit: 65_536,
    });
    expect(() => new NcrushDecompressor().decompress(bytesOf(symbol(256)), 0x62)).toThrow(CompressionError);
  });
});
