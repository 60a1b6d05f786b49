import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { captureFile } from "../testing/capture-file.js";
import { reorder } from "../testing/conversation.js";
import { be16, be32, concat, defaultPath, ipv4, ipv6, push, tcp } from "../testing/packet.js";
import { readAll, transcribe, type Transcript } from "../testing/transcript.js";
import type { CaptureLimits } from "./index.js";

const shape = { kind: "pcap", littleEndian: true, nanoseconds: true } as const;

const read = (packets: readonly Uint8Array[], limits: Partial<CaptureLimits> = {}, step = 1n): Transcript =>
  transcribe(
    readAll(
      captureFile(
        shape,
        101,
        packets.map((bytes, index) => ({ time: BigInt(index) * step, bytes })),
      ),
      limits,
    ),
  );

const segment = (payload: Uint8Array): Uint8Array =>
  tcp(defaultPath, { fromClient: true, seq: 1, flags: push, payload });

/** Cuts a TCP segment at multiples of 8. */
const fragmentsOf = (whole: Uint8Array, size: number, id: number, version: 4 | 6): Uint8Array[] => {
  const packets: Uint8Array[] = [];
  for (let at = 0; at < whole.length; at += size * 8) {
    const part = whole.subarray(at, at + size * 8);
    const more = at + part.length < whole.length;
    if (version === 4) {
      packets.push(ipv4(1, 2, part, { id, fragment: (at / 8) | (more ? 0x2000 : 0) }));
    } else {
      const head = concat([6, 0], be16(at | (more ? 1 : 0)), be32(id));
      const packet = ipv6(1, 2, concat(head, part));
      // The second extension header says what follows it.
      packet[48] = 44;
      packets.push(packet);
    }
  }
  return packets;
};

describe("fragments", () => {
  test("in any order and twice are put together", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 3000, size: "max" }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom<4 | 6>(4, 6),
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 9 }),
        fc.nat(),
        (payload, size, version, jitter, again) => {
          const parts = fragmentsOf(segment(payload), size, 77, version);
          if (parts.length === 1) return;
          const twice = parts[again % (parts.length - 1)];
          const sent = reorder(twice === undefined ? parts : [twice, ...parts], jitter, 20);
          const got = read(sent);
          expect(got.problems.filter(({ kind }) => kind !== "fragments-incomplete")).toEqual([]);
          expect(got.connections.map(({ c2s }) => c2s.bytes)).toEqual([payload]);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("are named by the data that came in them, at once or when a hole before it is filled", () => {
    const first = ipv4(1, 2, tcp(defaultPath, { fromClient: true, seq: 1, flags: push, payload: Uint8Array.of(1) }));
    const last = tcp(defaultPath, { fromClient: true, seq: 2, flags: push, payload: new Uint8Array(30) });
    const parts = fragmentsOf(last, 3, 5, 4);
    const dataOf = (packets: readonly Uint8Array[]): unknown[] =>
      readAll(
        captureFile(
          shape,
          101,
          packets.map((bytes) => ({ time: 0n, bytes })),
        ),
      ).flatMap((event) => (event.type === "data" ? [[event.packet, event.earlier]] : []));
    expect(parts.length).toBe(3);
    expect(dataOf([first, ...parts])).toEqual([
      [1, undefined],
      [4, [2, 3]],
    ]);
    const between = ipv4(1, 2, tcp(defaultPath, { fromClient: true, seq: 0, flags: 2 }));
    expect(dataOf([between, ...parts, first])).toEqual([
      [5, undefined],
      [4, [2, 3]],
    ]);
  });

  test("that are all there leave nothing behind", () => {
    const parts = fragmentsOf(segment(new Uint8Array(100)), 2, 5, 4);
    expect(read([...parts, ...parts.toReversed()])).toMatchObject({
      connections: [{ c2s: { gaps: [] } }],
      problems: [],
    });
  });

  test("that are missing are a problem, not a hang", () => {
    const [first, , third] = fragmentsOf(segment(new Uint8Array(100)), 6, 1, 4);
    if (first === undefined || third === undefined) throw new Error("too few fragments");
    expect(read([first, third])).toMatchObject({
      connections: [],
      problems: [{ kind: "fragments-incomplete" }],
    });
  });

  test("of too many datagrams, or from too long ago, are given up", () => {
    const firsts = Array.from({ length: 10 }, (_, id) => {
      const [first] = fragmentsOf(segment(new Uint8Array(100)), 6, id, 4);
      return first ?? new Uint8Array(0);
    });
    const limited = read(firsts, { datagrams: 3 });
    expect(limited.problems.map(({ packet }) => packet)).toEqual([4, 5, 6, 7, 8, 9, 10, 10, 10, 10]);
    const parts = fragmentsOf(segment(new Uint8Array(60)), 6, 1, 4);
    const slow = read(parts, {}, 61_000_000_000n);
    expect(slow.connections).toEqual([]);
    expect(slow.problems.length).toBe(parts.length);
  });

  test("that lie about their place are refused", () => {
    const part = segment(new Uint8Array(12));
    const beyond = ipv4(1, 2, part, { id: 1, fragment: 0x1fff });
    const odd = ipv4(1, 2, part.subarray(0, 13), { id: 1, fragment: 0x2000 });
    const cut = ipv4(1, 2, part, { id: 1, fragment: 0x2000, totalLength: 24 + 800 });
    const { problems, connections } = read([beyond, odd, cut]);
    expect(problems.map(({ kind }) => kind)).toEqual(Array(3).fill("fragments-incomplete"));
    expect(connections).toEqual([]);
  });
});

describe("lengths that segmentation offload leaves open", () => {
  const payload = new Uint8Array(500).fill(7);

  test("IPv4 total length 0 and IPv6 payload length 0 mean the whole frame", () => {
    const v4 = read([ipv4(1, 2, segment(payload), { totalLength: 0 })]);
    expect(v4.connections[0]?.c2s.bytes).toEqual(payload);
    const v6 = read([ipv6(1, 2, segment(payload), 0)]);
    expect(v6.connections[0]?.c2s.bytes).toEqual(payload);
  });
});
