import { Arena } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MultipartSegments } from "./pdu/segmented-data.js";
import { segmentMessage, unsegmentBytes } from "./segmented-data.js";

const join = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const data = (size: number): Uint8Array => new Uint8Array(size).fill(7);
const segment = (
  flags: number,
  of: Uint8Array,
  compressionType = 4,
): { compressionType: number; flags: number; data: Uint8Array } => ({
  compressionType,
  flags,
  data: of,
});

describe("segmented data", () => {
  test("a message comes back, in one segment up to 65,535 bytes and in several above", () => {
    for (const size of [0, 1, 65_535, 65_536, 200_000]) {
      const parts = [data(size >> 1), new Uint8Array(size - (size >> 1)).fill(9)];
      const wrapped = join(segmentMessage(parts, new Arena()));
      expect(wrapped[0]).toBe(size <= 65_535 ? 0xe0 : 0xe1);
      const result = unsegmentBytes(wrapped);
      expect(result.type === "data" && result.problem).toBeUndefined();
      expect(result.type === "data" && Buffer.compare(result.data, join(parts))).toBe(0);
    }
  });

  test("one segment is a view of the input", () => {
    const wrapped = Uint8Array.from([0xe0, 0x04, 1, 2, 3]);
    const result = unsegmentBytes(wrapped);
    expect(result).toEqual({ type: "data", data: Uint8Array.from([1, 2, 3]) });
    expect(result.type === "data" && result.data.buffer).toBe(wrapped.buffer);
  });

  test("a decoder opens one type of compression: that of graphics unless said otherwise", () => {
    const decoder = (of: Uint8Array): Uint8Array => of.slice(1);
    for (const [compressionType, expected] of [
      [4, undefined],
      [4, 4],
      [6, 6],
    ] as const) {
      const options = expected === undefined ? { decoder } : { decoder, compressionType: expected };
      const bytes = Uint8Array.of(0xe0, 0x20 | compressionType, 1, 2);
      expect(unsegmentBytes(bytes, options)).toEqual({ type: "data", data: Uint8Array.of(2) });
      bytes[1] = 0x20 | (compressionType ^ 2);
      const problem = { rule: "unknown-compression", index: 0, compressionType: compressionType ^ 2 };
      expect(unsegmentBytes(bytes, options)).toEqual({ type: "problem", problem });
    }
  });

  test("any bytes give a result", () => {
    fc.assert(
      fc.property(fc.constantFrom(0xe0, 0xe1, 0x00), fc.uint8Array({ maxLength: 40 }), (descriptor, rest) => {
        const result = unsegmentBytes(Uint8Array.from([descriptor, ...rest]), {
          maximumSize: 20,
        });
        if (result.type === "data") expect(result.data.length).toBeLessThanOrEqual(20);
      }),
    );
    expect(unsegmentBytes(new Uint8Array(0))).toMatchObject({
      type: "problem",
      problem: { rule: "unknown-descriptor" },
    });
    expect(unsegmentBytes(Uint8Array.from([0xe0]))).toMatchObject({
      type: "problem",
      problem: { rule: "malformed" },
    });
    expect(unsegmentBytes(Uint8Array.from([0xe1, 0xff, 0xff, 0, 0, 0, 0]))).toMatchObject({
      type: "problem",
      problem: { rule: "malformed" },
    });
  });

  test("the stated size is checked against what is there", () => {
    const bytes = MultipartSegments.encode({
      uncompressedSize: 9,
      segments: [segment(0, data(2)), segment(0, data(3))],
    });
    expect(unsegmentBytes(bytes)).toEqual({
      type: "data",
      data: data(5),
      problem: { rule: "size-differs", declared: 9, actual: 5 },
    });
    expect(unsegmentBytes(bytes, { maximumSize: 4 })).toMatchObject({
      type: "problem",
      problem: { rule: "limit-exceeded", size: 5, limit: 4 },
    });
  });

  test("compressed segments need a decoder, which sees every segment", () => {
    const bytes = MultipartSegments.encode({
      uncompressedSize: 6,
      segments: [segment(0, data(2)), segment(2, data(1)), segment(2, data(1))],
    });
    expect(unsegmentBytes(bytes)).toEqual({ type: "compressed" });
    const seen: boolean[] = [];
    const memory = new Uint8Array(2);
    const result = unsegmentBytes(bytes, {
      decoder(of, compressed) {
        seen.push(compressed);
        return compressed ? memory.fill(seen.length) : of;
      },
    });
    expect(seen).toEqual([false, true, true]);
    expect(result).toEqual({ type: "data", data: Uint8Array.from([7, 7, 2, 2, 3, 3]) });
    expect(unsegmentBytes(bytes, { decoder: () => undefined })).toMatchObject({
      type: "problem",
      problem: { rule: "broken-segment", index: 0 },
    });
  });

  test("a compression that is not RDP 8.0's is named", () => {
    const bytes = MultipartSegments.encode({
      uncompressedSize: 2,
      segments: [segment(2, data(2), 1)],
    });
    expect(unsegmentBytes(bytes)).toEqual({
      type: "problem",
      problem: { rule: "unknown-compression", index: 0, compressionType: 1 },
    });
  });
});
