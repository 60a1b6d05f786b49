import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { captureFile, sectionBlock, type Packet, type Shape } from "../testing/capture-file.js";
import { concat, defaultPath, frame, ip, push } from "../testing/packet.js";
import { PacketFileReader, CaptureReader, type CaptureProblem, type RawPacket } from "./index.js";

const shapes: readonly Shape[] = [
  { kind: "pcap", littleEndian: true, nanoseconds: false },
  { kind: "pcap", littleEndian: false, nanoseconds: true },
  { kind: "pcapng", littleEndian: true, block: "enhanced" },
  { kind: "pcapng", littleEndian: false, block: "enhanced" },
];

/** Payloads with much of what could be taken for a header: zeros, small numbers, text, noise. */
const payload = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.array(fc.constantFrom(0, 0, 0, 1, 6), { maxLength: 200 }).map((bytes) => Uint8Array.from(bytes)),
  fc.integer({ min: 0, max: 1500 }).map((length) => new Uint8Array(length)),
);

const packetsOf = (payloads: readonly Uint8Array[]): Packet[] =>
  payloads.map((bytes, index) => ({
    time: 1_700_000_000_000_000_000n + BigInt(index) * 1_000_000n,
    bytes: frame("ethernet", ip(defaultPath, { fromClient: true, seq: index * 2000, flags: push, payload: bytes }))
      .bytes,
  }));

/** Packets and problems of a file that comes in chunks. */
function read(file: Uint8Array, chunk: number): { packets: RawPacket[]; problems: CaptureProblem[] } {
  const [packets, events] = [new PacketFileReader(), new CaptureReader()];
  const found: RawPacket[] = [];
  const problems: CaptureProblem[] = [];
  const take = (list: ReturnType<CaptureReader["push"]>): void => {
    for (const event of list) if (event.type === "problem") problems.push(event.problem);
  };
  for (let at = 0; at < file.length; at += chunk) {
    found.push(...packets.push(file.slice(at, at + chunk)));
    take(events.push(file.slice(at, at + chunk)));
  }
  found.push(...packets.end());
  take(events.end());
  return { packets: found, problems };
}

const key = ({ time, bytes }: { readonly time: bigint; readonly bytes: Uint8Array }): string =>
  `${time} ${Buffer.from(bytes).toString("hex")}`;

describe("after damage", () => {
  test("in the lengths of one record the ones after it are read, and it is said", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...shapes),
        fc.array(payload, { minLength: 12, maxLength: 20 }),
        fc.nat(5),
        fc.integer({ min: 1, max: 0xff }),
        fc.integer({ min: 7, max: 5000 }),
        (shape, payloads, index, flip, chunk) => {
          const packets = packetsOf(payloads);
          const file = captureFile(shape, 1, packets);
          const before = captureFile(shape, 1, packets.slice(0, index)).length;
          // The highest byte of the record's length: then it is far too long.
          const at = before + (shape.kind === "pcap" ? 8 : 4) + (shape.littleEndian ? 3 : 0);
          file[at] = (file[at] ?? 0) ^ flip;
          const result = read(file, chunk);
          expect(result.problems.length).toBeGreaterThan(0);
          expect(result.problems[0]).toMatchObject({ offset: before, stopped: false });
          const found = new Set(result.packets.map(key));
          const lost = packets.flatMap((packet, n) =>
            found.has(key({ ...packet, time: timeIn(shape, packet) })) ? [] : [n],
          );
          expect(lost).toEqual([index]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("anywhere in a record's head, at most a few packets are lost, and the last ones are read", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...shapes),
        fc.array(payload, { minLength: 40, maxLength: 50 }),
        fc.nat(5),
        fc.nat(27),
        fc.integer({ min: 1, max: 0xff }),
        fc.integer({ min: 100, max: 50_000 }),
        (shape, payloads, index, place, flip, chunk) => {
          const packets = packetsOf(payloads);
          const file = captureFile(shape, 1, packets);
          const at =
            captureFile(shape, 1, packets.slice(0, index)).length + (shape.kind === "pcap" ? place % 16 : place);
          file[at] = (file[at] ?? 0) ^ flip;
          const found = new Set(read(file, chunk).packets.map(key));
          const last = packets.slice(-1);
          expect(last.every((packet) => found.has(key({ ...packet, time: timeIn(shape, packet) })))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("a record that swallows all others by one wrong bit in its length is found out by its time", () => {
    const shape: Shape = { kind: "pcap", littleEndian: true, nanoseconds: false };
    const packets = packetsOf(Array.from({ length: 300 }, () => new Uint8Array(2)));
    const file = captureFile(shape, 1, packets);
    const at = captureFile(shape, 1, packets.slice(0, 1)).length + 8;
    file[at] = (file[at] ?? 0) ^ 1;
    const { packets: found, problems } = read(file, 1000);
    expect(found.length).toBeGreaterThanOrEqual(packets.length - 2);
    expect(problems.map(({ kind }) => kind)).toEqual(["damaged-record"]);
  });

  test("packets days apart are read as they are", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...shapes),
        fc.array(fc.integer({ min: 0, max: 4_000_000_000 }), { minLength: 2, maxLength: 20 }),
        fc.integer({ min: 7, max: 5000 }),
        (shape, seconds, chunk) => {
          const packets = packetsOf(seconds.map(() => Uint8Array.of(1, 2, 3))).map(({ bytes }, index) => ({
            time: BigInt(seconds[index] ?? 0) * 1_000_000_000n,
            bytes,
          }));
          const { packets: found, problems } = read(captureFile(shape, 1, packets), chunk);
          expect(found.map(key)).toEqual(packets.map((packet) => key({ ...packet, time: timeIn(shape, packet) })));
          expect(problems).toEqual([]);
        },
      ),
    );
  });

  test("bytes that are put in cost no packet", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...shapes),
        fc.array(payload, { minLength: 4, maxLength: 8 }),
        fc.array(fc.constantFrom(0xff, 0xfe, 0x80), { minLength: 16, maxLength: 400 }),
        (shape, payloads, junk) => {
          const packets = packetsOf(payloads);
          const file = captureFile(shape, 1, packets);
          const middle = captureFile(shape, 1, packets.slice(0, 2)).length;
          const filler = shape.kind === "pcap" ? junk : junk.slice(0, junk.length & ~3);
          const { packets: found, problems } = read(concat(file.slice(0, middle), filler, file.slice(middle)), 1000);
          expect(found.map(({ time, bytes }) => key({ time, bytes }))).toEqual(
            packets.map((packet) => key({ ...packet, time: timeIn(shape, packet) })),
          );
          expect(problems).toMatchObject([{ stopped: false, offset: middle }]);
        },
      ),
    );
  });

  test("another section is found, in its byte order", () => {
    const packets = packetsOf([Uint8Array.of(1)]);
    const [one, two] = [shapes[2], shapes[3]].map((shape) => captureFile(shape as Shape, 1, packets));
    const junk = new Uint8Array(20).fill(0xff);
    const { packets: found } = read(concat(one ?? [], junk, two ?? []), 64);
    expect(found.length).toBe(2);
  });

  test("in front of the first section nothing is looked for", () => {
    const damaged = sectionBlock(true);
    damaged[8] = 0;
    const file = concat(damaged, captureFile(shapes[2] as Shape, 1, packetsOf([Uint8Array.of(1)])));
    expect(read(file, 1000).problems).toMatchObject([{ kind: "damaged-block", stopped: true }]);
  });
});

/** The time as the file has it. */
const timeIn = (shape: Shape, { time }: Packet): bigint =>
  shape.kind === "pcap" && shape.nanoseconds ? time : time - (time % 1000n);
