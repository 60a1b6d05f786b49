import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  block,
  captureFile,
  interfaceBlock,
  numbers,
  packetBlock,
  sectionBlock,
  simplePacketBlock,
  type PcapngShape,
} from "../testing/capture-file.js";
import { concat, defaultPath, frame, ip, push } from "../testing/packet.js";
import { readAll, transcribe } from "../testing/transcript.js";
import { tlsKeyLog, type DataEvent, type StreamEvent } from "./index.js";
import { TimeScale } from "./pcapng-interface.js";

const little: PcapngShape = { kind: "pcapng", littleEndian: true, block: "enhanced" };
const big: PcapngShape = { kind: "pcapng", littleEndian: false, block: "obsolete" };
const time = 1_700_000_000_123_456_789n;

/** An IP packet whose payload is one byte; sequence numbers count up from 0. */
const packet = (n: number): Uint8Array =>
  ip(defaultPath, { fromClient: true, seq: n, flags: push, payload: Uint8Array.of(n) });

const dataOf = (events: readonly StreamEvent[]): DataEvent[] => events.filter((event) => event.type === "data");

describe("pcapng", () => {
  test("sections of either byte order, each with its own interfaces", () => {
    const file = concat(
      sectionBlock(true),
      interfaceBlock(little, 101),
      interfaceBlock({ ...little, resolution: 9 }, 1),
      packetBlock(little, { time, bytes: packet(0) }, 0),
      packetBlock({ ...little, resolution: 9 }, { time, bytes: frame("vlan", packet(1)).bytes }, 1),
      sectionBlock(false),
      interfaceBlock(big, 113, 65_535),
      packetBlock(big, { time, bytes: frame("cooked", packet(2)).bytes }, 0),
      sectionBlock(true),
      interfaceBlock(little, 101, 1000),
      simplePacketBlock(true, { time, bytes: packet(3) }),
    );
    const events = readAll(file);
    expect(transcribe(events).problems).toEqual([]);
    const micro = 1_700_000_000_123_456_000n;
    expect(dataOf(events).map((event) => [event.bytes[0], event.time, event.packet])).toEqual([
      [0, micro, 1],
      [1, time, 2],
      [2, micro, 3],
      [3, 0n, 4],
    ]);
  });

  test("a simple packet is as long as the snap length lets it be", () => {
    const bytes = packet(0).subarray(0, 40);
    const file = concat(
      sectionBlock(true),
      interfaceBlock(little, 101, 40),
      simplePacketBlock(true, { time, bytes, onWire: packet(0).length }),
    );
    expect(transcribe(readAll(file)).problems).toMatchObject([{ kind: "malformed-packet" }]);
    const whole = concat(
      sectionBlock(true),
      interfaceBlock(little, 101, 49),
      simplePacketBlock(true, { time, bytes: concat(packet(0), [9, 9]), onWire: 60 }),
    );
    expect(dataOf(readAll(whole)).map((event) => event.bytes)).toEqual([Uint8Array.of(0)]);
  });

  test("decryption secrets come as bytes, in both byte orders", () => {
    const secret = new TextEncoder().encode("CLIENT_RANDOM 00 11\n");
    for (const littleEndian of [true, false]) {
      const { u32 } = numbers(littleEndian);
      const body = concat(u32(tlsKeyLog), u32(secret.length), secret);
      const file = concat(sectionBlock(littleEndian), block(littleEndian, 10, body));
      expect(transcribe(readAll(file)).secrets).toEqual([{ type: "secrets", secretsType: tlsKeyLog, bytes: secret }]);
      const lying = concat(u32(tlsKeyLog), u32(secret.length + 1), secret);
      const damaged = concat(sectionBlock(littleEndian), block(littleEndian, 10, lying));
      expect(transcribe(readAll(damaged)).problems).toMatchObject([
        { kind: "damaged-block", offset: 28, stopped: false },
      ]);
    }
  });

  test("what is wrong is said and, where lengths make sense, passed over", () => {
    const { u32 } = numbers(true);
    const good = packetBlock(little, { time, bytes: packet(7) });
    const head = concat(sectionBlock(true), interfaceBlock(little, 101));
    const cases: readonly [string, Uint8Array, object, number][] = [
      ["no such interface", packetBlock(little, { time, bytes: packet(0) }, 5), { kind: "unknown-interface" }, 1],
      ["short packet block", block(true, 6, new Uint8Array(16)), { kind: "damaged-block" }, 1],
      [
        "captured length beyond the block",
        block(true, 6, concat(new Uint8Array(12), u32(5), u32(5), [1, 2, 3, 4])),
        { kind: "damaged-block" },
        1,
      ],
      ["short interface block", block(true, 1, new Uint8Array(4)), { kind: "damaged-block" }, 1],
      ["option beyond the block", block(true, 1, concat(u32(1), u32(0), [9, 0, 200, 0])), { kind: "damaged-block" }, 1],
      ["block of an unknown type", block(true, 0x0bad, new Uint8Array(400)), {}, 1],
      ["impossible length", concat(u32(6), u32(13), new Uint8Array(64)), { kind: "damaged-block", stopped: true }, 0],
      ["no byte-order magic", block(true, 0x0a0d0d0a, new Uint8Array(16)), { kind: "damaged-block", stopped: true }, 0],
    ];
    for (const [name, bad, problem, after] of cases) {
      const events = readAll(concat(head, bad, good));
      const { problems } = transcribe(events);
      if (Object.keys(problem).length === 0) expect(problems, name).toEqual([]);
      else expect(problems, name).toMatchObject([{ offset: head.length, ...problem }]);
      expect(dataOf(events).length, name).toBe(after);
    }
  });

  test("a block that is too large is skipped without being kept", () => {
    const { u32 } = numbers(true);
    const large = concat(u32(6), u32(1_000_012), new Uint8Array(1_000_000), u32(1_000_012));
    const file = concat(
      sectionBlock(true),
      interfaceBlock(little, 101),
      large,
      packetBlock(little, { time, bytes: packet(7) }),
    );
    const events = readAll(file, { recordBytes: 1000 }, [500, 600, 70_000]);
    expect(transcribe(events).problems).toMatchObject([{ kind: "record-too-large", stopped: false }]);
    expect(dataOf(events).length).toBe(1);
    const cut = transcribe(readAll(file.subarray(0, 90_000), { recordBytes: 1000 })).problems;
    const offset = cut[0]?.offset;
    expect(cut).toMatchObject([{ kind: "record-too-large" }, { kind: "truncated", offset }]);
  });

  test("more interfaces than the limit are one problem", () => {
    const described = Array.from({ length: 5 }, () => interfaceBlock(little, 101));
    const file = concat(
      sectionBlock(true),
      ...described,
      packetBlock(little, { time, bytes: packet(1) }, 1),
      packetBlock(little, { time, bytes: packet(2) }, 3),
    );
    const events = readAll(file, { interfaces: 2 });
    const kinds = transcribe(events).problems.map(({ kind }) => kind);
    expect(kinds).toEqual(["too-many-interfaces", "unknown-interface"]);
    expect(dataOf(events).length).toBe(1);
  });

  test("another major version is not read", () => {
    const file = captureFile(little, 101, [{ time, bytes: packet(1) }]);
    file[12] = 2;
    expect(transcribe(readAll(file))).toMatchObject({
      problems: [{ kind: "unknown-format", stopped: true }],
      connections: [],
    });
  });
});

describe("TimeScale", () => {
  test("is exact for every resolution", () => {
    const u32 = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 255 }),
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        fc.array(fc.tuple(u32, u32), { minLength: 1, maxLength: 4 }),
        (resolution, offset, stamps) => {
          const scale = new TimeScale(resolution, offset);
          const exponent = BigInt(resolution & 0x7f);
          const perSecond = resolution & 0x80 ? 2n ** exponent : 10n ** exponent;
          for (const [high, low] of stamps) {
            const ticks = BigInt(high) * 2n ** 32n + BigInt(low);
            const expected = (ticks * 1_000_000_000n) / perSecond + offset * 1_000_000_000n;
            expect(scale.nanoseconds(high, low)).toBe(expected);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
