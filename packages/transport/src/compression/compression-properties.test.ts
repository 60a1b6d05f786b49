import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BulkCompressor, type BulkType } from "./bulk-compressor.js";
import { BulkDecompressor } from "./bulk-decompressor.js";
import { CompressionError } from "./compression-error.js";
import type { CompressedPacket } from "./compression-flags.js";
import { ZgfxCompressor } from "./zgfx-compressor.js";
import { ZgfxDecompressor } from "./zgfx-decompressor.js";
import type { ZgfxVariant } from "./zgfx-format.js";

interface Codec {
  readonly name: string;
  /** More than one history, in bytes; and the packets that make it up. */
  readonly history: number;
  readonly packet: number;
  readonly largest: number;
  compressor(): { compress(data: Uint8Array): CompressedPacket; flush?(): void };
  decompressor(): (data: Uint8Array, flags: number) => Uint8Array;
}

const bulk = (name: string, type: BulkType, history: number, packet: number): Codec => ({
  name,
  history,
  packet,
  largest: 65_536,
  compressor: () => new BulkCompressor(type),
  decompressor() {
    const decompressor = new BulkDecompressor();
    return (data, flags) => decompressor.decompress(data, flags);
  },
});

const zgfx = (variant: ZgfxVariant, history: number, packet: number): Codec => ({
  name: `ZGFX ${variant}`,
  history,
  packet,
  largest: variant === "lite" ? 8192 : 65_535,
  compressor: () => new ZgfxCompressor({ variant }),
  decompressor() {
    const decompressor = new ZgfxDecompressor(variant);
    return (data, flags) => decompressor.decompress(data, (flags & 0x20) !== 0);
  },
});

const codecs: readonly Codec[] = [
  bulk("MPPC 8K", 0, 8192, 1500),
  bulk("MPPC 64K", 1, 65_536, 6000),
  bulk("NCRUSH", 2, 65_536, 6000),
  bulk("XCRUSH", 3, 2_000_000, 16_000),
  zgfx("full", 2_500_000, 65_000),
  zgfx("lite", 8192, 1590),
];

const same = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0;

/** Bytes that repeat themselves at short and long distances, as messages do. */
const text = fc
  .array(fc.constantFrom("window", "surface ", "\0\0\0\0", "title", "\x22\x0b\xff", "0123456789"), {
    maxLength: 300,
  })
  .map((words) => new Uint8Array(Buffer.from(words.join(""), "latin1")));
const run = fc.tuple(fc.nat(255), fc.nat(6000)).map(([value, size]) => new Uint8Array(size).fill(value));
const noise = fc.uint8Array({ maxLength: 600 });
const packet = fc
  .array(fc.oneof(text, run, noise), { maxLength: 3 })
  .map((parts) => new Uint8Array(Buffer.concat(parts)).subarray(0, 8000));

/** Numbers that look random and are the same each time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 8) & 0xff_ffff;
  };
}

describe.each(codecs)("$name", ({ compressor, decompressor, history, packet: size, largest }) => {
  test("packets over one history come back, also after a flush", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(packet, packet, fc.constant("flush" as const)), { maxLength: 12 }), (steps) => {
        const sender = compressor();
        const receive = decompressor();
        for (const step of steps) {
          if (step === "flush") {
            sender.flush?.();
            continue;
          }
          const { data, flags } = sender.compress(step);
          expect(data.length).toBeLessThanOrEqual(step.length);
          expect(same(receive(data, flags), step)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  test("packets that exceed the history several times come back", () => {
    const next = random(7);
    const sender = compressor();
    const receive = decompressor();
    const all = new Uint8Array(history * 2.3);
    // Words of a small alphabet, stretches from far before, and noise.
    for (let at = 0; at < all.length;) {
      const kind = next() % 8;
      const count = Math.min(1 + (next() % 400), all.length - at);
      if (kind < 4 && at > count) {
        const from = next() % (at - count);
        all.copyWithin(at, from, from + count);
      } else {
        for (let index = at; index < at + count; index++) {
          all[index] = kind === 7 ? next() : 97 + (next() % 3);
        }
      }
      at += count;
    }
    let sent = 0;
    for (let at = 0; at < all.length; at += size) {
      const plain = all.subarray(at, at + size);
      const { data, flags } = sender.compress(plain);
      sent += data.length;
      expect(same(receive(data, flags), plain)).toBe(true);
    }
    expect(sent).toBeLessThan(all.length * 0.6);
  });

  test("what cannot be compressed is sent as it is and does not disturb what follows", () => {
    const next = random(3);
    const sender = compressor();
    const receive = decompressor();
    const words = Uint8Array.from({ length: 700 }, (_, index) => 65 + ((index * index) % 7));
    for (let round = 0; round < 40; round++) {
      const noise = Uint8Array.from({ length: 1400 }, () => next());
      const raw = sender.compress(noise);
      expect(raw.data).toBe(noise);
      expect(raw.flags & 0x20).toBe(0);
      expect(same(receive(raw.data, raw.flags), noise)).toBe(true);
      const packed = sender.compress(words);
      expect(packed.data.length).toBeLessThan(words.length / 2);
      expect(same(receive(packed.data, packed.flags), words)).toBe(true);
    }
  });

  test("a damaged stream gives CompressionError or a bounded output", () => {
    fc.assert(
      fc.property(
        fc.array(packet, { minLength: 1, maxLength: 4 }),
        fc.array(fc.tuple(fc.nat(3), fc.nat(), fc.nat(7)), { maxLength: 6 }),
        fc.option(fc.nat(), { nil: undefined }),
        fc.constantFrom(0, 0x40, 0x80, 0xc0, 0x20),
        (plain, flips, cut, wrongFlags) => {
          const sender = compressor();
          const receive = decompressor();
          for (const [index, one] of plain.entries()) {
            const { data, flags } = sender.compress(one);
            let bytes = data.slice();
            for (const [which, place, bit] of flips) {
              if (which !== index || bytes.length === 0) continue;
              const at = place % bytes.length;
              bytes[at] = (bytes[at] as number) ^ (1 << bit);
            }
            if (cut !== undefined) bytes = bytes.subarray(0, cut % (bytes.length + 1));
            open(receive, bytes, flags ^ wrongFlags, Math.max(bytes.length, largest));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test("any bytes with any flags give CompressionError or a bounded output", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.uint8Array({ maxLength: 200 }), fc.nat(255)), { maxLength: 20 }), (packets) => {
        const receive = decompressor();
        for (const [bytes, flags] of packets) open(receive, bytes, flags, largest);
      }),
      { numRuns: 300 },
    );
  });
});

/** Opens a packet and insists on one of the two outcomes that are allowed. */
function open(
  receive: (data: Uint8Array, flags: number) => Uint8Array,
  bytes: Uint8Array,
  flags: number,
  limit: number,
): void {
  try {
    expect(receive(bytes, flags).length).toBeLessThanOrEqual(limit);
  } catch (error) {
    if (!(error instanceof CompressionError)) throw error;
    expect(error.offset).toBeGreaterThanOrEqual(0);
    expect(error.message).toContain(error.codec);
  }
}
