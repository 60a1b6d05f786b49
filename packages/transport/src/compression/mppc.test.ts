import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CompressionError, type CompressionIssue } from "./compression-error.js";
import { MppcCompressor } from "./mppc-compressor.js";
import { MppcDecompressor } from "./mppc-decompressor.js";
import type { MppcLevel } from "./mppc-format.js";

const levels: readonly MppcLevel[] = ["8k", "64k"];

const bitsOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");

/** Bits as text, spaces left out, filled up with zeros to whole bytes. */
function bytesOf(text: string): Uint8Array {
  const bits = text.replaceAll(" ", "");
  const bytes = bits.padEnd(Math.ceil(bits.length / 8) * 8, "0").match(/.{8}/g) ?? [];
  return Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 2));
}

/** The distances of both forms, as the tables of the specification have them. */
const distances: Readonly<Record<MppcLevel, readonly [string, number, number][]>> = {
  "8k": [
    ["1111", 6, 0],
    ["1110", 8, 64],
    ["110", 13, 320],
  ],
  "64k": [
    ["11111", 6, 0],
    ["11110", 8, 64],
    ["1110", 11, 320],
    ["110", 16, 2368],
  ],
};

/** A second interpreter of the format, bit by bit and without tables or windows. */
class NaiveMppc {
  private readonly level: MppcLevel;
  private readonly history: number[];
  private at = 0;

  constructor(level: MppcLevel) {
    this.level = level;
    this.history = new Array<number>(level === "8k" ? 8192 : 65_536).fill(0);
  }

  open(data: Uint8Array, flags: number): Uint8Array {
    const { history } = this;
    if ((flags & 0x80) !== 0) {
      history.fill(0);
      this.at = 0;
    }
    if ((flags & 0x40) !== 0) this.at = 0;
    if ((flags & 0x20) === 0) return data;
    const bits = bitsOf(data);
    let from = 0;
    const take = (count: number): number => {
      const value = count === 0 ? 0 : Number.parseInt(bits.slice(from, from + count), 2);
      from += count;
      return value;
    };
    const starts = (prefix: string): boolean => {
      if (!bits.startsWith(prefix, from)) return false;
      from += prefix.length;
      return true;
    };
    const out: number[] = [];
    const put = (value: number): void => {
      history[this.at++] = value;
      out.push(value);
    };
    while (bits.length - from >= 8) {
      if (starts("0")) put(take(7));
      else if (starts("10")) put(128 + take(7));
      else {
        const code = distances[this.level].find(([prefix]) => starts(prefix));
        if (code === undefined) throw new Error("no such distance");
        const distance = code[2] + take(code[1]);
        let power = 2;
        let length = 3;
        if (!starts("0")) {
          from++;
          while (!starts("0")) {
            from++;
            power++;
          }
          length = 2 ** power + take(power);
        }
        for (; length > 0; length--) {
          put(history[(this.at - distance + history.length) % history.length] as number);
        }
      }
    }
    return Uint8Array.from(out);
  }
}

function refusal(level: MppcLevel, bits: string, flags = 0x20): CompressionIssue {
  try {
    new MppcDecompressor(level).decompress(bytesOf(bits), flags);
  } catch (error) {
    if (error instanceof CompressionError) return error.issue;
    throw error;
  }
  return expect.fail("it was not refused");
}

const words = fc
  .array(fc.constantFrom("abc", "defgh", "\0", "\xff\xfe", "ijklmnopq"), { maxLength: 200 })
  .map((parts) => new Uint8Array(Buffer.from(parts.join(""), "latin1")));

describe.each(levels)("MPPC %s", (level) => {
  test("a second interpreter opens what we compress", () => {
    const packet = fc.oneof(words, fc.uint8Array({ maxLength: 300 }));
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 12 }), (packets) => {
        const sender = new MppcCompressor(level);
        const naive = new NaiveMppc(level);
        const receiver = new MppcDecompressor(level);
        for (const plain of packets) {
          const { data, flags } = sender.compress(plain);
          expect(naive.open(data, flags)).toEqual(plain);
          expect(receiver.decompress(data, flags)).toEqual(plain);
        }
      }),
    );
  });

  test("the first packet and those that do not fit behind the last go to the front", () => {
    const sender = new MppcCompressor(level);
    const plain = new Uint8Array(3000).fill(5);
    const type = level === "8k" ? 0 : 1;
    const perRound = level === "8k" ? 2 : 21;
    for (let count = 0; count < perRound * 3; count++) {
      const front = count % perRound === 0 ? 0x40 : 0;
      expect(sender.compress(plain).flags).toBe(0x20 | type | front);
    }
    sender.flush();
    expect(sender.compress(plain).flags).toBe(0xe0 | type);
  });

  test("going to the front is told with the next compressed packet, not with a raw one", () => {
    const sender = new MppcCompressor(level);
    expect(sender.compress(Uint8Array.of(1, 2, 3)).flags).toBe(0);
    expect(sender.compress(new Uint8Array(50)).flags & 0x60).toBe(0x60);
  });

  test("a packet as large as the history is not compressed", () => {
    const plain = new Uint8Array(level === "8k" ? 8192 : 65_536);
    const { data, flags } = new MppcCompressor(level).compress(plain);
    expect(data).toBe(plain);
    expect(flags).toBe(0);
  });

  test("the history is zero at first, and after a flush", () => {
    const near = level === "8k" ? "1111" : "11111";
    const receiver = new MppcDecompressor(level);
    expect(receiver.decompress(bytesOf(`${near} 000011 0`), 0x60)).toEqual(new Uint8Array(3));
    receiver.decompress(bytesOf("01000001".repeat(40)), 0x60);
    expect(receiver.decompress(bytesOf(`${near} 000011 0`), 0x20)).toEqual(Uint8Array.of(65, 65, 65));
    // What a refused packet wrote is gone too.
    expect(() => receiver.decompress(bytesOf(`${"01000010".repeat(9)} ${near} 000000 0`), 0x20)).toThrow(
      CompressionError,
    );
    expect(receiver.decompress(bytesOf(`${near} 000011 0`), 0xa0)).toEqual(new Uint8Array(3));
    expect(receiver.decompress(Uint8Array.of(9), 0x80)).toEqual(Uint8Array.of(9));
  });

  test("refuses distances out of the history", () => {
    const far = level === "8k" ? `110 ${"1".repeat(13)} 0` : `110 ${"1".repeat(16)} 0`;
    const limit = level === "8k" ? 8191 : 65_535;
    const reference = level === "8k" ? 320 + 8191 : 2368 + 65_535;
    expect(refusal(level, far)).toEqual({ code: "bad-reference", reference, limit });
    expect(refusal(level, level === "8k" ? "1111 000000 0" : "11111 000000 0")).toEqual({
      code: "bad-reference",
      reference: 0,
      limit,
    });
  });

  test("refuses lengths that have no code", () => {
    const near = level === "8k" ? "1111" : "11111";
    const ones = level === "8k" ? 12 : 15;
    expect(refusal(level, `${near} 000001 ${"1".repeat(ones)} 0 ${"0".repeat(16)}`)).toEqual({
      code: "unknown-code",
      value: ones,
    });
  });

  test("refuses an input that ends inside a code", () => {
    expect(refusal(level, "10000000")).toEqual({ code: "not-enough-input" });
    expect(refusal(level, "11111111")).toEqual({ code: "not-enough-input" });
    const near = level === "8k" ? "1111 000001 111111" : "11111 000001 11111";
    expect(refusal(level, near)).toEqual({ code: "not-enough-input" });
  });

  test("refuses more than the history can take", () => {
    const bits = level === "8k" ? 13 : 16;
    const size = level === "8k" ? 8192 : 65_536;
    const near = level === "8k" ? "1111 000001" : "11111 000001";
    const longest = `${"1".repeat(bits - 2)}0 ${"1".repeat(bits - 1)}`;
    const full = `00000001 ${near} ${longest}`;
    expect(new MppcDecompressor(level).decompress(bytesOf(full), 0x20).length).toBe(size);
    expect(refusal(level, `00000001 ${full}`)).toEqual({
      code: "match-too-long",
      length: size - 1,
      limit: size - 2,
    });
    expect(refusal(level, `${full} 00000001`)).toEqual({
      code: "output-limit",
      size: size + 1,
      limit: size,
    });
  });
});
