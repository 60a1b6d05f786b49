import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { PacketFileReader } from "@railvail/capture";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fixture, run } from "../testing/run.js";

/** The smallest session; its records are little-endian pcap, Ethernet, IPv4. */
const capture = new Uint8Array(gunzipSync(readFileSync(fixture("wslg-vail-gfxredir"))));
const reader = new PacketFileReader();
const packets = [...reader.push(capture), ...reader.end()];
const fileHeader = 24;
const recordHeader = 16;
const ends = packets.map((_, index) =>
  packets.slice(0, index + 1).reduce((at, { bytes }) => at + recordHeader + bytes.length, fileHeader),
);
const startOf = (index: number): number => ends[index - 1] ?? fileHeader;

/** Packets in which the session is set up; damage comes after them, and not in the last ones. */
const setUp = 110;
const calm = 60;

const listing = async (bytes: Uint8Array, ...args: readonly string[]) => run([...args, "f"], { files: { f: bytes } });
/** What messages say, without numbers of frames and times, which damage changes, and without links. */
const saidIn = async (bytes: Uint8Array): Promise<string[]> =>
  (await listing(bytes, "-T", "ndjson")).lines.map((line) => {
    const { type, direction, path, name, value } = JSON.parse(line) as Readonly<Record<string, unknown>>;
    return JSON.stringify({ type, direction, path, name, value });
  });

const whole = (await listing(capture)).lines;
const last = (await saidIn(capture)).slice(-20);

describe("a capture that was cut", () => {
  test("is listed up to there, and the reason is said", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: fileHeader, max: capture.length }), async (length) => {
        const { code, stderr, lines } = await listing(capture.subarray(0, length));
        const atEnd = length === fileHeader || ends.includes(length);
        expect({ code, stderr }).toEqual(
          atEnd ? { code: 0, stderr: "" } : { code: 1, stderr: "rail-dump: f: file ends inside a record\n" },
        );
        const complete = ends.filter((end) => end <= length).length;
        const before = whole.filter((line) => Number(line.slice(0, 7)) <= complete);
        // What the last packets began is shown as incomplete.
        expect(lines.slice(0, before.length)).toEqual(before);
        for (const line of lines.slice(before.length)) expect(line).toContain("incomplete");
      }),
      { numRuns: 40 },
    );
  });
});

/** A place in the head of a record, or in the headers of what it holds, after the session is set up. */
const place = (from: number, to: number): fc.Arbitrary<{ readonly packet: number; readonly at: number }> =>
  fc.record({
    packet: fc.integer({ min: setUp, max: packets.length - 1 - calm }),
    at: fc.integer({ min: from, max: to - 1 }),
  });
const flip = fc.integer({ min: 1, max: 255 });

function damaged(list: readonly (readonly [{ readonly packet: number; readonly at: number }, number])[]): Uint8Array {
  const bytes = capture.slice();
  for (const [{ packet, at }, bits] of list) {
    const offset = startOf(packet) + at;
    bytes[offset] = (bytes[offset] ?? 0) ^ bits;
  }
  return bytes;
}

/** The last messages of the session are there, whatever came before them. */
async function expectGoesOn(bytes: Uint8Array): Promise<void> {
  const said = new Set(await saidIn(bytes));
  expect(last.filter((line) => !said.has(line))).toEqual([]);
}

describe("damage in many places", () => {
  const many = (from: number, to: number) => fc.array(fc.tuple(place(from, to), flip), { minLength: 1, maxLength: 5 });

  test.each([
    ["lengths of records", 8, 12, true],
    ["headers of records", 0, 16, true],
    ["headers of IP", recordHeader + 14, recordHeader + 34, true],
    // Bytes of TCP in the wrong place can be taken for what stands there.
    ["headers of TCP", recordHeader + 34, recordHeader + 54, false],
    ["packets", recordHeader, recordHeader + 66, false],
  ])("of %s does not end the listing; where it differs there is a reason", async (_, from, to, whollyRead) => {
    await fc.assert(
      fc.asyncProperty(many(from, to), async (list) => {
        const bytes = damaged(list);
        const { code, stderr, lines } = await listing(bytes);
        if (whollyRead || stderr === "") await expectGoesOn(bytes);
        // Connections end with the capture, and not before.
        expect(Math.max(...lines.map((line) => Number(line.slice(0, 7))))).toBeGreaterThan(packets.length - 20);
        expect(code).toBe(stderr === "" ? 0 : 1);
        // A time or a checksum can be another one without anybody knowing.
        const missing = whole.length - lines.length;
        const troubles = lines.filter((line) => /incomplete|skipped|undecodable|unknown|are missing/.test(line));
        if (missing > 0) expect(stderr !== "" || troubles.length > 0).toBe(true);
      }),
      { numRuns: 12, seed: 1 },
    );
  });

  test("of lengths of records is always said", async () => {
    await fc.assert(
      fc.asyncProperty(place(11, 12), flip, async (where, bits) => {
        const { code, stderr } = await listing(damaged([[where, bits]]));
        expect(code).toBe(1);
        expect(stderr).toMatch(
          /^rail-dump: f: record of \d+ bytes: reading goes on where the next one seems to begin\n/,
        );
      }),
      { numRuns: 10, seed: 1 },
    );
  });
});

describe("packets that were lost", () => {
  test("are gaps in the listing and findings of each command", async () => {
    const index = packets.findIndex(({ packet, bytes }) => packet > setUp && bytes.length > 200);
    const length = (packets[index]?.bytes.length ?? 0) - 66;
    const without = Buffer.concat([capture.subarray(0, startOf(index)), capture.subarray(ends[index])]);
    const said = `rail-dump: f: connection 0: ${length} bytes were not captured, in one place\n`;
    const { code, stderr, lines } = await listing(without);
    expect({ code, stderr }).toEqual({ code: 1, stderr: said });
    expect(lines.filter((line) => line.includes(`${length} bytes are missing: not captured`)).length).toBe(1);
    await expectGoesOn(without);
    for (const command of ["stats", "windows", "verify"]) {
      expect(await listing(without, command)).toMatchObject({ code: 1, stderr: said });
    }
    expect(await listing(without, "--conn", "1")).toMatchObject({ code: 0, stderr: "" });
  });
});
