import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Shape } from "../testing/capture-file.js";
import { conversation, mixIn, reorder, retransmissions } from "../testing/conversation.js";
import { defaultPath, fin, linkNames, type Segment } from "../testing/packet.js";
import { fileOf } from "../testing/sending.js";
import { readAll, transcribe, type DirectionRecord } from "../testing/transcript.js";

const shapes: fc.Arbitrary<Shape> = fc.oneof(
  fc.record({
    kind: fc.constant("pcap" as const),
    littleEndian: fc.boolean(),
    nanoseconds: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("pcapng" as const),
    littleEndian: fc.boolean(),
    block: fc.constantFrom("enhanced" as const, "obsolete" as const),
    resolution: fc.constantFrom(undefined, 3, 6, 9, 12, 0x80 | 20),
    timeOffset: fc.constantFrom(undefined, 0, 3600, -3600),
  }),
);

const percent = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 16 });
const numbers = fc.array(fc.nat(), { maxLength: 10 });
/** Nothing is given up before the connection ends. */
const patient = { ackPatience: 1_000_000 };

/** Which bytes of a stream some segment carries. */
const carried = (length: number, isn: number, fromClient: boolean, segments: readonly Segment[]): boolean[] => {
  const has = Array<boolean>(length).fill(false);
  for (const segment of segments) {
    if (segment.fromClient !== fromClient || segment.payload === undefined) continue;
    const start = segment.seq - isn - 1;
    has.fill(true, start, start + segment.payload.length);
  }
  return has;
};

const expectStreamWithGaps = (got: DirectionRecord, stream: Uint8Array, has?: readonly boolean[]): void => {
  const missing = Array<boolean>(stream.length).fill(false);
  for (const gap of got.gaps) missing.fill(true, gap.offset, gap.offset + gap.length);
  expect(got.bytes.length).toBe(stream.length);
  expect(got.bytes).toEqual(stream.map((byte, index) => (missing[index] ? 0 : byte)));
  if (has !== undefined) expect(missing).toEqual(has.map((present) => !present));
};

describe("reassembly", () => {
  test("gives back the streams from any file, link and IP version, in any order", () => {
    fc.assert(
      fc.property(
        conversation(),
        shapes,
        fc.constantFrom(...linkNames),
        fc.constantFrom<4 | 6>(4, 6),
        numbers,
        numbers,
        percent,
        fc.integer({ min: 0, max: 40 }),
        (talk, shape, link, ipVersion, picks, places, jitter, reach) => {
          const extra = retransmissions(talk, picks);
          const rest = reorder(mixIn(talk.rest, extra, places), jitter, reach);
          const path = { ...defaultPath, ipVersion };
          const file = fileOf([...talk.opening, ...rest], shape, link, path);
          const { connections, problems } = transcribe(readAll(file, patient));
          expect(problems).toEqual([]);
          expect(connections.length).toBe(1);
          const [only] = connections;
          expect(only?.c2s).toEqual({ bytes: talk.c2s, gaps: [] });
          expect(only?.s2c).toEqual({ bytes: talk.s2c, gaps: [] });
          expect(only?.close?.how).toBe("fin");
          expect(only?.connection.startMissing).toBe(false);
          expect(only?.connection.client.port).toBe(defaultPath.clientPort);
        },
      ),
      { numRuns: 400 },
    );
  });

  test("turns exactly the lost bytes into gaps", () => {
    fc.assert(
      fc.property(
        conversation(),
        numbers,
        numbers,
        percent,
        fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }),
        (talk, picks, places, jitter, drops) => {
          const all = mixIn(talk.rest, retransmissions(talk, picks), places);
          const kept = all.filter((segment, index) => (segment.flags & fin) !== 0 || !drops[index % drops.length]);
          const file = fileOf([...talk.opening, ...reorder(kept, jitter, 10)]);
          const { connections } = transcribe(readAll(file, patient));
          const [only] = connections;
          if (only === undefined) throw new Error("no connection");
          const { c2s, s2c, clientIsn, serverIsn } = talk;
          expectStreamWithGaps(only.c2s, c2s, carried(c2s.length, clientIsn, true, kept));
          expectStreamWithGaps(only.s2c, s2c, carried(s2c.length, serverIsn, false, kept));
          for (const gap of [...only.c2s.gaps, ...only.s2c.gaps]) expect(gap.reason).toBe("lost");
        },
      ),
      { numRuns: 200 },
    );
  });

  test("puts every byte in its place whatever the limits make it give up", () => {
    fc.assert(
      fc.property(
        conversation(),
        percent,
        fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }),
        fc.record({
          heldBytes: fc.integer({ min: 0, max: 2000 }),
          heldSegments: fc.integer({ min: 0, max: 8 }),
          totalHeldBytes: fc.integer({ min: 0, max: 4000 }),
          ackPatience: fc.integer({ min: 0, max: 8 }),
        }),
        (talk, jitter, drops, limits) => {
          const kept = talk.rest.filter(
            (segment, index) => (segment.flags & fin) !== 0 || !drops[index % drops.length],
          );
          const file = fileOf([...talk.opening, ...reorder(kept, jitter, 20)]);
          const [only] = transcribe(readAll(file, limits)).connections;
          if (only === undefined) throw new Error("no connection");
          expectStreamWithGaps(only.c2s, talk.c2s);
          expectStreamWithGaps(only.s2c, talk.s2c);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("turns what the snap length cut into truncated gaps", () => {
    fc.assert(
      fc.property(conversation(), fc.integer({ min: 0, max: 300 }), percent, (talk, snap, jitter) => {
        // Ethernet, IPv4 with options and TCP with options take 62 bytes.
        const rest = reorder(talk.rest, jitter, 10);
        const file = fileOf([...talk.opening, ...rest], undefined, "ethernet", defaultPath, 62 + snap);
        const { connections, problems } = transcribe(readAll(file, patient));
        expect(problems).toEqual([]);
        const [only] = connections;
        if (only === undefined) throw new Error("no connection");
        const cut = rest.map((segment) => ({
          ...segment,
          payload: (segment.payload ?? new Uint8Array(0)).subarray(0, snap),
        }));
        const { c2s, s2c, clientIsn, serverIsn } = talk;
        expectStreamWithGaps(only.c2s, c2s, carried(c2s.length, clientIsn, true, cut));
        expectStreamWithGaps(only.s2c, s2c, carried(s2c.length, serverIsn, false, cut));
        for (const gap of [...only.c2s.gaps, ...only.s2c.gaps]) expect(gap.reason).toBe("truncated");
      }),
      { numRuns: 150 },
    );
  });

  test("gives the same events wherever the input is cut", () => {
    fc.assert(
      fc.property(
        conversation(300),
        shapes,
        fc.array(fc.nat(), { maxLength: 30 }),
        percent,
        (talk, shape, places, jitter) => {
          const file = fileOf([...talk.opening, ...reorder(talk.rest, jitter, 10)], shape);
          const cuts = places.map((place) => place % file.length).toSorted((a, b) => a - b);
          expect(readAll(file, {}, cuts)).toEqual(readAll(file));
        },
      ),
      { numRuns: 100 },
    );
    fc.assert(
      fc.property(conversation(100), shapes, (talk, shape) => {
        const file = fileOf([...talk.opening, ...talk.rest], shape);
        const everywhere = Array.from({ length: file.length }, (_, index) => index);
        expect(readAll(file, {}, everywhere)).toEqual(readAll(file));
      }),
      { numRuns: 30 },
    );
  });
});
