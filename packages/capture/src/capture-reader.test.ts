import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { captureFile, pcapHeader, type Shape } from "../testing/capture-file.js";
import { conversation } from "../testing/conversation.js";
import { concat, defaultPath, frame, ip, push, type LinkName } from "../testing/packet.js";
import { readAll, transcribe } from "../testing/transcript.js";

const pcap: Shape = { kind: "pcap", littleEndian: true, nanoseconds: false };
const pcapng: Shape = { kind: "pcapng", littleEndian: false, block: "enhanced", resolution: 9 };

const small = (shape: Shape, link: LinkName = "ethernet", count = 3): Uint8Array => {
  const frames = Array.from({ length: count }, (_, n) => {
    const payload = Uint8Array.of(n);
    return frame(link, ip(defaultPath, { fromClient: true, seq: n, flags: push, payload }));
  });
  const packets = frames.map(({ bytes }, n) => ({ time: BigInt(n) * 1000n, bytes }));
  return captureFile(shape, frames[0]?.linkType ?? 1, packets);
};

describe("damaged files", () => {
  test("any mutation of a file gives events that keep the laws, and nothing is thrown", () => {
    fc.assert(
      fc.property(
        conversation(300),
        fc.constantFrom(pcap, pcapng),
        fc.constantFrom<LinkName>("ethernet", "cooked", "null little", "raw"),
        fc.constantFrom<4 | 6>(4, 6),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 12 }),
        fc.integer({ min: 0, max: 100 }),
        (talk, shape, link, ipVersion, hits, keep) => {
          const path = { ...defaultPath, ipVersion };
          const frames = [...talk.opening, ...talk.rest].map((s) => frame(link, ip(path, s)));
          const packets = frames.map(({ bytes }, n) => ({ time: BigInt(n), bytes }));
          const file = captureFile(shape, frames[0]?.linkType ?? 1, packets);
          for (const [place, value] of hits) file[place % file.length] = value;
          const { connections } = transcribe(readAll(file.subarray(0, file.length * (keep / 80))));
          expect(connections.every(({ close }) => close !== undefined)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("garbage behind a good beginning throws nothing", () => {
    const heads = [concat(), pcapHeader({ ...pcap, kind: "pcap", nanoseconds: true }, 1), small(pcapng)];
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 400, size: "max" }), (head, garbage) => {
        transcribe(readAll(concat(head, garbage)));
      }),
      { numRuns: 1000 },
    );
  });

  test("a file cut anywhere gives what is whole and says where it was cut", () => {
    for (const shape of [pcap, pcapng]) {
      const file = small(shape);
      const whole = transcribe(readAll(file));
      expect(whole.problems).toEqual([]);
      let most = 0;
      for (let length = 0; length < file.length; length += 1) {
        const { connections, problems } = transcribe(readAll(file.subarray(0, length)));
        const got = connections[0]?.c2s.bytes.length ?? 0;
        expect(got).toBeGreaterThanOrEqual(most);
        most = got;
        expect(problems.length).toBeLessThanOrEqual(1);
        const [problem] = problems;
        if (problem === undefined) continue;
        expect(["truncated", "unknown-format"]).toContain(problem.kind);
        expect(problem.stopped).toBe(true);
        expect(problem.offset).toBeLessThanOrEqual(length);
      }
      expect(most).toBe(2);
    }
    const file = small(pcap);
    const offset = small(pcap, "ethernet", 2).length;
    for (const length of [offset + 1, file.length - 1]) {
      const cut = transcribe(readAll(file.subarray(0, length)));
      expect(cut.problems).toMatchObject([{ kind: "truncated", offset }]);
      expect(cut.connections[0]?.c2s.bytes).toEqual(Uint8Array.of(0, 1));
    }
  });

  test("a record that claims too much is not waited for", () => {
    const file = concat(small(pcap), [0, 0, 0, 0, 0, 0, 0, 0], [0xff, 0xff, 0xff, 0x7f], [0, 0, 0, 1]);
    const { problems } = transcribe(readAll(file));
    expect(problems).toMatchObject([
      { kind: "record-too-large", stopped: false, offset: small(pcap).length },
      { kind: "truncated" },
    ]);
  });
});

describe("formats", () => {
  test("what is not a capture is said to be none, by its first bytes", () => {
    const cases: readonly [readonly number[], RegExp][] = [
      [[], /too short/],
      [[0xd4, 0xc3], /too short/],
      [[0x28, 0xb5, 0x2f, 0xfd, 0, 0], /zstd/],
      [[0xa1, 0xb2, 0xcd, 0x34, 0, 0], /modified/],
      [[0x50, 0x4b, 3, 4, 5], /504b0304/],
    ];
    for (const [bytes, message] of cases) {
      const { problems, connections } = transcribe(readAll(Uint8Array.from(bytes)));
      expect(connections).toEqual([]);
      expect(problems).toMatchObject([{ kind: "unknown-format", stopped: true, offset: 0 }]);
      expect(problems[0]?.message).toMatch(message);
    }
  });

  test("an unknown link type is said once", () => {
    const file = small(pcap);
    file[20] = 127;
    const { problems, connections } = transcribe(readAll(file));
    expect(connections).toEqual([]);
    expect(problems).toMatchObject([{ kind: "unknown-link-type", packet: 1, offset: 24 }]);
  });

  test("times of pcap files are nanoseconds, whatever the file counts in", () => {
    for (const nanoseconds of [true, false]) {
      const times = [4_294_967_295_999_999_999n, 1_000_000_001_000_000_001n, 1_000_000_001n, 5n];
      const packets = times.map((time, n) => {
        const payload = Uint8Array.of(n);
        const packet = ip(defaultPath, { fromClient: true, seq: n, flags: push, payload });
        return { time, bytes: frame("raw", packet).bytes };
      });
      const shape: Shape = { kind: "pcap", littleEndian: false, nanoseconds };
      const data = readAll(captureFile(shape, 101, packets)).filter(({ type }) => type === "data");
      const expected = times.map((time) => (nanoseconds ? time : time - (time % 1000n)));
      expect(data).toMatchObject(expected.map((time, n) => ({ time, packet: n + 1 })));
    }
  });

  test("bits above the link type in a pcap header do not count", () => {
    const file = small(pcap);
    file[23] = 0x24;
    expect(transcribe(readAll(file)).connections.length).toBe(1);
  });
});
