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

  test("comments come before what they are about, and what nobody reads is passed over", () => {
    for (const littleEndian of [true, false]) {
      const { u16, u32 } = numbers(littleEndian);
      const comment = (text: string): Uint8Array => {
        const bytes = new TextEncoder().encode(text);
        return concat(u16(1), u16(bytes.length), bytes, new Uint8Array(-bytes.length & 3));
      };
      const enhanced = (n: number, ...options: readonly ArrayLike<number>[]): Uint8Array => {
        const bytes = packet(n);
        const head = concat(u32(0), u32(0), u32(n), u32(bytes.length), u32(bytes.length));
        return block(littleEndian, 6, concat(head, bytes, new Uint8Array(-bytes.length & 3), ...options));
      };
      const section = concat(u32(0x1a2b3c4d), u16(1), u16(0), Array<number>(8).fill(0xff), comment("file"), u32(0));
      const interfaces = concat(u16(101), u16(0), u32(0), comment("a b"), comment("c"), u32(0));
      const others = [4, 5, 9, 0x0bad, 0x40000bad, 0x0bad0001].map((type) =>
        block(littleEndian, type, concat(u32(7), comment("not this"))),
      );
      const file = concat(
        block(littleEndian, 0x0a0d0d0a, section),
        block(littleEndian, 1, interfaces),
        ...others,
        enhanced(0, comment("first"), comment("é\u0007")),
        enhanced(1),
        enhanced(2, concat(u16(2), u16(4), u32(0)), comment(""), u32(0), comment("behind the end")),
      );
      const events = readAll(file);
      expect(transcribe(events).problems).toEqual([]);
      const told = events.flatMap((event) => (event.type === "comment" || event.type === "data" ? [event] : []));
      const shown = told.map((event) =>
        event.type === "data" ? event.packet : [event.about, event.text, event.packet, event.time],
      );
      expect(shown).toEqual([
        ["section", "file", undefined, undefined],
        ["interface", "a b", undefined, undefined],
        ["interface", "c", undefined, undefined],
        ["packet", "first", 1, 0n],
        ["packet", "é\u0007", 1, 0n],
        1,
        2,
        ["packet", "", 3, 2000n],
        3,
      ]);
    }
  });

  test("options that do not fit are said, and cost no packet; comments have a bound", () => {
    const { u16, u32 } = numbers(true);
    const bytes = packet(0);
    const head = concat(
      u32(0),
      u32(0),
      u32(0),
      u32(bytes.length),
      u32(bytes.length),
      bytes,
      [0, 0, 0].slice(0, -bytes.length & 3),
    );
    const long = block(true, 6, concat(head, u16(1), u16(500), u32(0)));
    const many = block(true, 6, concat(head, ...Array<Uint8Array>(1000).fill(concat(u16(1), u16(0)))));
    const read = (one: Uint8Array): StreamEvent[] =>
      readAll(concat(sectionBlock(true), interfaceBlock(little, 101), one));
    const damaged = transcribe(read(long));
    expect(damaged.problems).toMatchObject([{ kind: "damaged-block", stopped: false }]);
    expect(damaged.connections.length).toBe(1);
    expect(transcribe(read(many)).comments.length).toBe(64);
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
      ["impossible length", concat(u32(6), u32(13), new Uint8Array(64)), { kind: "damaged-block", stopped: false }, 1],
      [
        "no byte-order magic",
        block(true, 0x0a0d0d0a, new Uint8Array(16)),
        { kind: "damaged-block", stopped: false },
        1,
      ],
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
    expect(cut).toMatchObject([{ kind: "record-too-large" }, { kind: "truncated" }]);
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
