import { describe, expect, test } from "vitest";
import { BulkCompressor, type BulkType } from "./bulk-compressor.js";
import { BulkDecompressor } from "./bulk-decompressor.js";
import { CompressionError, type CompressionIssue } from "./compression-error.js";

const types: readonly BulkType[] = [0, 1, 2, 3];
const plain = new Uint8Array(Buffer.from("for whom the bell tolls, the bell tolls for thee. ".repeat(4)));

describe("bulk compression", () => {
  test("each type has a history of its own", () => {
    const senders = types.map((type) => new BulkCompressor(type));
    const receiver = new BulkDecompressor();
    for (let round = 0; round < 3; round++) {
      for (const sender of senders) {
        const { data, flags } = sender.compress(plain);
        expect(flags & 15).toBe(sender.type);
        // From the second round on a packet is one match, in what this type sent before.
        expect(data.length).toBeLessThan(round === 0 ? 100 : 12);
        expect(receiver.decompress(data, flags)).toEqual(plain);
      }
    }
  });

  test("what is not compressed is handed through, whatever the type", () => {
    expect(new BulkDecompressor().decompress(plain, 0)).toBe(plain);
    expect(new BulkDecompressor().decompress(plain, 0x0f)).toBe(plain);
    for (const type of types) {
      expect(new BulkDecompressor().decompress(plain, 0x80 | type)).toBe(plain);
    }
  });

  test.each(types)("a flush of type %i empties the receiver's history", (type) => {
    const sender = new BulkCompressor(type);
    const receiver = new BulkDecompressor();
    for (const flush of [false, false, true, false]) {
      if (flush) sender.flush();
      const { data, flags } = sender.compress(plain);
      expect((flags & 0x80) !== 0).toBe(flush);
      expect(receiver.decompress(data, flags)).toEqual(plain);
    }
  });

  test("other types are refused", () => {
    for (const type of [4, 6, 15]) {
      expect(() => new BulkDecompressor().decompress(plain, 0x20 | type)).toThrow(
        new CompressionError("bulk", 0, { code: "unknown-type", type }),
      );
    }
  });

  test("time is bounded by input and output, whatever the flags ask for", () => {
    // A history is cleared as far as it was written, so asking for that again and again is cheap.
    const receiver = new BulkDecompressor();
    for (let count = 0; count < 20_000; count++) {
      receiver.decompress(Uint8Array.of(0x06, 0, 65), 0xa3);
      receiver.decompress(Uint8Array.of(0x41), 0xe1);
    }
    expect(receiver.decompress(Uint8Array.of(0x41), 0xe1)).toEqual(Uint8Array.of(0x41));
  });

  test("each issue has a sentence", () => {
    const issues: readonly CompressionIssue[] = [
      { code: "not-enough-input" },
      { code: "unknown-code", value: 255 },
      { code: "bad-reference", reference: 9, limit: 8 },
      { code: "match-too-long", length: 9, limit: 8 },
      { code: "output-limit", size: 9, limit: 8 },
      { code: "match-order", offset: 1, written: 2 },
      { code: "unused-bits", count: 9, available: 8 },
      { code: "unknown-type", type: 5 },
    ];
    expect(issues.map((issue) => new CompressionError("ncrush", 3, issue).message)).toEqual([
      "ncrush at byte 3: the input ends too early",
      "ncrush at byte 3: unknown code 0xff",
      "ncrush at byte 3: a reference to 9 where at most 8 is allowed, and not 0",
      "ncrush at byte 3: a match of 9 bytes where at most 8 are allowed",
      "ncrush at byte 3: 9 bytes of output where at most 8 are allowed",
      "ncrush at byte 3: a match at 1 after 2 bytes were written",
      "ncrush at byte 3: 9 bits are said to be unused, of 8",
      "ncrush at byte 3: unknown compression type 5",
    ]);
  });
});
