import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat } from "../testing/packet.js";
import { readAll, transcribe } from "../testing/transcript.js";
import { hasTshark, tshark, withFile, withoutTshark } from "../testing/tshark.js";
import { PcapngWriter, StreamRecorder, type Direction, type RecordedEnds } from "./index.js";
import { formatAddress } from "./ip-address.js";

interface Turn {
  readonly direction: Direction;
  readonly bytes: Uint8Array;
}

const words = fc.tuple(fc.nat(0xffff), fc.constantFrom(0, 0, 0xffffffff), fc.constantFrom(0, 7), fc.nat());
const port = fc.integer({ min: 0, max: 0xffff });
const ends: fc.Arbitrary<RecordedEnds> = fc
  .tuple(fc.constantFrom<4 | 6>(4, 6), words, words, port, port)
  .map(([version, a, b, from, to]) => ({
    client: { address: formatAddress(version, ...a), port: from },
    server: { address: formatAddress(version, ...b), port: to },
  }))
  .filter(({ client, server }) => client.address !== server.address);

const turn: fc.Arbitrary<Turn> = fc.record({
  direction: fc.constantFrom<Direction>("c2s", "s2c"),
  bytes: fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.integer({ min: 1400, max: 200_000 }).map((length) => new Uint8Array(length).map((_, index) => index % 251)),
  ),
});

const start = 1_700_000_000_000_000_001n;

const recorded = (recorder: StreamRecorder, turns: readonly Turn[]): Uint8Array[] => [
  ...turns.flatMap(({ direction, bytes }, index) => recorder.data(direction, bytes, start + BigInt(index) * 1000n)),
  ...recorder.close(start + BigInt(turns.length) * 1000n),
];

const streamOf = (turns: readonly Turn[], which: Direction): Uint8Array =>
  concat(...turns.filter(({ direction }) => direction === which).map(({ bytes }) => bytes));

describe("a recorded connection", () => {
  test("is read as the same streams, with the same ends and times", () => {
    fc.assert(
      fc.property(ends, fc.array(turn, { minLength: 1, maxLength: 6 }), (ends, turns) => {
        const writer = new PcapngWriter();
        const file = concat(writer.start(), ...recorded(new StreamRecorder(writer, ends), turns));
        const events = readAll(file);
        const { connections, problems } = transcribe(events);
        expect(problems).toEqual([]);
        expect(connections).toMatchObject([
          { connection: { ...ends, startMissing: false }, close: { how: "fin", direction: "c2s" } },
        ]);
        const [one] = connections;
        for (const which of ["c2s", "s2c"] as const) {
          expect(one?.[which].gaps).toEqual([]);
          expect(Buffer.compare(one?.[which].bytes ?? Uint8Array.of(0), streamOf(turns, which))).toBe(0);
        }
        const times = events.flatMap((event) => (event.type === "data" ? [event.time] : []));
        expect(times).toEqual(times.toSorted((a, b) => Number(a - b)));
        expect(times[0] ?? start).toBeGreaterThanOrEqual(start);
      }),
      { numRuns: 60 },
    );
  });

  test("shares a file with others", () => {
    const writer = new PcapngWriter();
    const recorders = [1, 2, 3].map((host) => {
      const client = { address: `10.0.0.${host}`, port: 1000 };
      return new StreamRecorder(writer, { client, server: { address: "10.0.0.9", port: 3389 } });
    });
    const blocks = [writer.start()];
    for (let step = 0; step < 6; step++) {
      for (const [index, recorder] of recorders.entries()) {
        blocks.push(...recorder.data(step % 2 === 0 ? "c2s" : "s2c", Uint8Array.of(index, step), start));
      }
    }
    const { connections } = transcribe(readAll(concat(...blocks)));
    expect(connections.map(({ c2s, s2c, close }) => [[...c2s.bytes], [...s2c.bytes], close?.how])).toEqual(
      [0, 1, 2].map((index) => [[index, 0, index, 2, index, 4], [index, 1, index, 3, index, 5], "end"]),
    );
  });

  test("is opened and closed once, and nothing is recorded after its end", () => {
    const writer = new PcapngWriter();
    const ends = { client: { address: "::1", port: 1 }, server: { address: "::1", port: 2 } };
    const recorder = new StreamRecorder(writer, ends);
    expect(recorder.close(start)).toEqual([]);
    expect(recorder.open(start).length).toBe(4);
    expect(recorder.open(start)).toEqual([]);
    expect(recorder.data("s2c", new Uint8Array(0), start)).toEqual([]);
    expect(recorder.close(start, "s2c").length).toBe(3);
    expect(recorder.close(start)).toEqual([]);
    expect(recorder.data("c2s", new Uint8Array(5), start)).toEqual([]);
  });

  test.each([
    ["localhost", "10.0.0.1", 1, /not an IP address: localhost/],
    ["fe80::1%lo", "::1", 1, /not an IP address: fe80::1%lo/],
    ["10.0.0.1", "::1", 1, /two versions/],
    ["10.0.0.1", "10.0.0.2", 65_536, /not a port: 65536/],
    ["10.0.0.1", "10.0.0.2", 1.5, /not a port: 1.5/],
  ])("has ends that packets can have: %s %s %d", (client, server, port, message) => {
    const ends = { client: { address: client, port: 1 }, server: { address: server, port } };
    expect(() => new StreamRecorder(new PcapngWriter(), ends)).toThrow(RangeError);
    expect(() => new StreamRecorder(new PcapngWriter(), ends)).toThrow(message);
  });
});

describe.skipIf(!hasTshark)(`Wireshark ${withoutTshark}`, () => {
  test.each(["10.0.0.1 10.0.0.2", "2001:db8::1 2001:db8::2"])("has nothing to complain about: %s", async (pair) => {
    const [client = "", server = ""] = pair.split(" ");
    const writer = new PcapngWriter();
    const ends = { client: { address: client, port: 40_000 }, server: { address: server, port: 9999 } };
    const turns: Turn[] = [0, 1, 1, 0, 1].map((way, index) => ({
      direction: way === 0 ? "c2s" : "s2c",
      bytes: new Uint8Array(1 + index * 90_000).fill(index),
    }));
    const file = concat(writer.start(), ...recorded(new StreamRecorder(writer, ends), turns));
    const checks = ["-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"];
    const bad = "tcp.analysis.flags || _ws.malformed || _ws.expert.severity >= 0x600000 || tcp.checksum.status != 1";
    await withFile(file, (path) => {
      expect(tshark("-r", path, ...checks, "-Y", bad)).toEqual([]);
      const lengths = tshark("-r", path, ...checks, "-Y", "tcp.checksum.status == 1", "-T", "fields", "-e", "tcp.len");
      expect(lengths.reduce((sum, length) => sum + Number(length), 0)).toBe(
        turns.reduce((sum, { bytes }) => sum + bytes.length, 0),
      );
    });
  });
});
