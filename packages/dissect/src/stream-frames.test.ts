import type { Source } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, fastPath, sendData } from "../testing/session-bytes.js";
import { RdpFrameRules } from "./frame-rules.js";
import type { Direction } from "./record.js";
import { StreamFrames } from "./stream-frames.js";

type Piece = [what: "frame" | "skipped" | "cut" | "opaque", bytes: string];

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** What comes out of a stream that arrives in chunks of these sizes, taken in turn. */
function cutUp(direction: Direction, stream: Uint8Array, sizes: readonly number[], startMissing = false) {
  const pieces: Piece[] = [];
  let worst = 0;
  const give =
    (what: Piece[0]) =>
    (source: Source, offset: number, end: number): boolean => {
      expect(end).toBeGreaterThan(offset);
      pieces.push([what, hex(source.bytes.subarray(offset, end))]);
      return true;
    };
  const sink = {
    frame: give("frame"),
    skipped: give("skipped"),
    cut: give("cut"),
    opaque: give("opaque"),
    damaged: () => {},
  };
  const frames = new StreamFrames(new RdpFrameRules(direction), sink, startMissing);
  for (let at = 0, turn = 0; at < stream.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    // A chunk's memory is used again after the call.
    const chunk = stream.slice(at, at + size);
    frames.data(chunk);
    chunk.fill(0xee);
    at += size;
    worst = Math.max(worst, frames.pending);
  }
  frames.end();
  expect(frames.pending).toBe(0);
  return { pieces, worst };
}

const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9000 })), {
  minLength: 1,
  maxLength: 8,
});
const channelPacket = fc
  .record({ id: fc.integer({ min: 1003, max: 1010 }), data: fc.uint8Array({ maxLength: 3000 }) })
  .map(({ id, data }) => sendData("s2c", id, data));
const updatePacket = fc
  .uint8Array({ minLength: 2, maxLength: 400 })
  .map((updateData) => fastPath({ updateCode: 1, fragmentation: 0, compression: 0, updateData }));
const frame = fc.oneof(channelPacket, updatePacket);
const garbage = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 6000 }),
  fc.integer({ min: 1, max: 6000 }).map((size) => new Uint8Array(size)),
);

describe("a whole stream", () => {
  test("gives its frames, however it is cut", () => {
    fc.assert(
      fc.property(
        fc.array(frame, { minLength: 1, maxLength: 12 }),
        sizes,
        fc.boolean(),
        (packets, chunks, startMissing) => {
          const { pieces, worst } = cutUp("s2c", concat(...packets), chunks, startMissing);
          expect(pieces).toEqual(packets.map((one) => ["frame", hex(one)]));
          expect(worst).toBeLessThan(70_000);
        },
      ),
    );
  });

  test("the beginning of a frame at the end is given as such", () => {
    const whole = sendData("s2c", 1004, new Uint8Array(50));
    expect(cutUp("s2c", whole.subarray(0, -1), [7]).pieces).toEqual([["cut", hex(whole.subarray(0, -1))]]);
    expect(cutUp("s2c", whole.subarray(0, 1), [7]).pieces).toEqual([["cut", "03"]]);
  });
});

describe("after damage", () => {
  test("what is given out does not depend on how the stream is cut", () => {
    const parts = fc.array(
      fc.oneof(
        frame,
        garbage,
        channelPacket.map((one) => one.subarray(0, one.length >> 1)),
      ),
      {
        minLength: 1,
        maxLength: 10,
      },
    );
    fc.assert(
      fc.property(
        fc.constantFrom("c2s", "s2c"),
        parts,
        sizes,
        fc.boolean(),
        (direction, some, chunks, startMissing) => {
          const stream = concat(...some);
          const whole = cutUp(direction, stream, [stream.length], startMissing);
          const pieces = cutUp(direction, stream, chunks, startMissing);
          expect(pieces.pieces).toEqual(whole.pieces);
          expect(pieces.pieces.map(([, bytes]) => bytes).join("")).toBe(hex(stream));
          expect(pieces.worst).toBeLessThan(120_000);
        },
      ),
    );
  });

  test("it goes on with the next frame", () => {
    fc.assert(
      fc.property(
        garbage,
        fc.array(channelPacket, { minLength: 1, maxLength: 4 }),
        sizes,
        (rubbish, packets, chunks) => {
          const { pieces } = cutUp("s2c", concat(rubbish, ...packets), chunks, true);
          const frames = pieces.filter(([what]) => what === "frame").map(([, bytes]) => bytes);
          expect(frames.slice(-packets.length)).toEqual(packets.map(hex));
        },
      ),
    );
  });

  test("a fast-path packet is found by its updates", () => {
    const update = fastPath({
      updateCode: 0,
      fragmentation: 0,
      compression: 0,
      updateData: new Uint8Array(300).fill(7),
    });
    const { pieces } = cutUp("s2c", concat(new Uint8Array(5000), update, update, [0xff]), [11], true);
    const whole = hex(update);
    expect(pieces.map(([what, bytes]) => [what, bytes.length / 2])).toEqual([
      ["skipped", 4096],
      ["skipped", 904],
      ["frame", 306],
      ["frame", 306],
      ["skipped", 1],
    ]);
    expect(pieces[2]).toEqual(["frame", whole]);
  });

  test("input events are found by their number", () => {
    // Two scancodes; a synchronise event; what follows is no frame.
    const { pieces } = cutUp(
      "c2s",
      Uint8Array.from([9, 9, 9, 0x08, 6, 0, 0x1e, 1, 0x1e, 0x04, 3, 0x60, 0x04, 4, 0, 2]),
      [1],
      true,
    );
    expect(pieces).toEqual([
      ["skipped", "090909"],
      ["frame", "0806001e011e"],
      ["frame", "040360"],
      ["frame", "04040002"],
    ]);
  });
});

describe("TLS", () => {
  const record = concat([0x16, 3, 1, 0, 5], new Uint8Array(5));
  test("it takes over where a frame would begin", () => {
    const packet = sendData("s2c", 1003, new Uint8Array(4));
    const { pieces } = cutUp("s2c", concat(packet, record, packet), [4096]);
    expect(pieces).toEqual([
      ["frame", hex(packet)],
      ["opaque", hex(concat(record, packet))],
    ]);
  });
  test("in a stream without a beginning two records are wanted", () => {
    expect(cutUp("s2c", concat([1, 2], record, record, [5, 5]), [3], true).pieces[0]).toEqual(["skipped", "0102"]);
    expect(cutUp("s2c", concat([1, 2], record, record, [5, 5]), [4096], true).pieces[1]?.[0]).toBe("opaque");
    expect(cutUp("s2c", concat(record, [5, 5]), [4096], true).pieces.map(([what]) => what)).toEqual(["skipped"]);
    expect(cutUp("s2c", record, [4096], true).pieces.map(([what]) => what)).toEqual(["opaque"]);
  });
});

describe("hostile streams take time in proportion to their length", () => {
  const size = 1 << 18;
  const filled = (...pattern: readonly number[]): Uint8Array => {
    const stream = new Uint8Array(size);
    for (let at = 0; at < size; at++) stream[at] = pattern[at % pattern.length] ?? 0;
    return stream;
  };
  const streams: readonly (readonly [string, Uint8Array])[] = [
    ["beginnings of the largest TPKT packets", filled(3, 0, 0xff, 0xff, 2, 0xf0, 0x80, 0x68)],
    ["beginnings of the largest fast-path packets", filled(0, 0xff, 0xff, 3, 0, 0)],
    ["fast-path packets full of updates without a body", filled(0, 0x80, 0xc0, 5, 0, 0, 6, 0, 0)],
    ["fast-path packets whose updates just miss the end", filled(0, 0xbf, 0xff, 5, 0, 0, 5, 0, 0, 5, 0, 0, 5, 0, 0)],
    ["input packets of 255 events", filled(0, 0x81, 0x02, 0xff, 0x60, 0x60, 0x60, 0x60)],
    ["TLS records", filled(0x17, 3, 3, 0x3f)],
    ["zeros", filled(0)],
    ["bytes that begin nothing", filled(0xff, 0xfe, 0xfd)],
  ];
  test.each(streams)("%s", (_name, stream) => {
    for (const direction of ["c2s", "s2c"] as const) {
      for (const chunks of [[1], [size]]) {
        let given = 0;
        let worst = 0;
        const count = (_source: Source, offset: number, end: number): boolean => {
          given += end - offset;
          return true;
        };
        const sink = { frame: count, skipped: count, cut: count, opaque: count, damaged: () => {} };
        const frames = new StreamFrames(new RdpFrameRules(direction), sink, true);
        for (let at = 0; at < size; at += chunks[0] ?? 1) {
          frames.data(stream.subarray(at, at + (chunks[0] ?? 1)));
          worst = Math.max(worst, frames.pending);
        }
        frames.end();
        expect(given).toBe(size);
        expect(worst).toBeLessThan(120_000);
      }
    }
  });
});

test("after two frames in a row that could not be read, the next frame is searched", () => {
  // One byte too many: each TPKT packet looks like the end of a fast-path packet and the beginning of the next.
  const tpkt = Uint8Array.of(3, 0, 0, 16, 2, 0xf0, 0x80, 0x64, 0, 7, 3, 0xeb, 0x70, 2, 1, 2);
  const stream = Uint8Array.of(4, 5, 0, ...Array.from({ length: 8 }, () => [...tpkt]).flat());
  const read: number[] = [];
  let damaged = 0;
  const sink = {
    frame: (source: Source, offset: number, end: number): boolean => {
      const good = source.bytes[offset] === 3;
      if (good) read.push(end - offset);
      return good;
    },
    skipped: () => {},
    cut: () => {},
    opaque: () => {},
    damaged: () => {
      damaged++;
    },
  };
  const frames = new StreamFrames(new RdpFrameRules("c2s"), sink);
  frames.data(stream);
  frames.end();
  expect(read.length).toBeGreaterThanOrEqual(5);
  expect(damaged).toBeGreaterThan(0);
});
