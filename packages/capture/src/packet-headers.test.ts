import { Parser } from "binary-parser";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { IpHeader, ipKind } from "./ip-header.js";
import { cutShort, findIp, linkType, notIp } from "./link-layer.js";
import { sourceOf } from "./record-window.js";
import { TcpSegment } from "./tcp-segment.js";

// A second description of the headers that are read by DataView, for being read once a packet.
const ethernet = new Parser().endianness("big").seek(12).uint16("etherType");
const cooked = new Parser().endianness("big").seek(14).uint16("protocol");
const cooked2 = new Parser().endianness("big").uint16("protocol").seek(18);
const ipv4 = new Parser()
  .endianness("big")
  .bit4("version")
  .bit4("headerWords")
  .uint8("service")
  .uint16("totalLength")
  .uint16("id")
  .bit3("flags")
  .bit13("fragmentOffset")
  .uint8("hops")
  .uint8("protocol")
  .uint16("checksum")
  .uint32("source")
  .uint32("destination");
const ipv6 = new Parser()
  .endianness("big")
  .bit4("version")
  .bit4("classHigh")
  .seek(3)
  .uint16("payloadLength")
  .uint8("nextHeader")
  .uint8("hops")
  .uint32("source0")
  .uint32("source1")
  .uint32("source2")
  .uint32("source3")
  .uint32("destination0")
  .uint32("destination1")
  .uint32("destination2")
  .uint32("destination3");
const tcp = new Parser()
  .endianness("big")
  .uint16("sourcePort")
  .uint16("destinationPort")
  .uint32("sequence")
  .uint32("acknowledgement")
  .bit4("headerWords")
  .bit4("reserved")
  .uint8("flags");

const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length });

/** Some byte values make the parts behind them worth reading. */
const steer = (packet: Uint8Array, at: number, values: readonly number[], pick: number): void => {
  const value = values[pick % values.length];
  if (value !== undefined) packet[at] = value;
};

describe("headers of a packet, against a description with binary-parser", () => {
  test("ethernet and linux cooked", () => {
    const types = [0x0800, 0x86dd, 0x8100, 0x88a8, 0x0806, 0x88cc];
    const cases = [
      { type: linkType.ethernet, length: 14, read: (b: Uint8Array) => ethernet.parse(b).etherType },
      { type: linkType.linuxCooked, length: 16, read: (b: Uint8Array) => cooked.parse(b).protocol },
      {
        type: linkType.linuxCooked2,
        length: 20,
        read: (b: Uint8Array) => cooked2.parse(b).protocol,
      },
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        bytes(64),
        fc.constantFrom(...types),
        fc.integer({ min: 0, max: 64 }),
        ({ type, length, read }, packet, etherType, end) => {
          const at = type === linkType.linuxCooked2 ? 0 : length - 2;
          packet.set([etherType >>> 8, etherType & 0xff], at);
          const found = findIp(type, sourceOf(packet), 0, end);
          if (end < length) {
            expect(found).toBe(cutShort);
            return;
          }
          const described = read(packet);
          if (described === 0x0800 || described === 0x86dd) {
            expect(found).toBe(length);
            return;
          }
          if (described === 0x0806 || described === 0x88cc) {
            expect(found).toBe(notIp);
            return;
          }
          expect(found).not.toBe(length);
          return;
        },
      ),
    );
  });

  test("IPv4", () => {
    const header = new IpHeader();
    fc.assert(
      fc.property(bytes(80), fc.nat(), fc.nat(), fc.integer({ min: 0, max: 80 }), (packet, pick, lengthPick, end) => {
        steer(packet, 0, [0x45, 0x46, 0x4f, 0x44], pick);
        steer(packet, 2, [0, 0, packet[2] ?? 0], lengthPick);
        steer(packet, 6, [0, 0x40, 0x20, packet[6] ?? 0], lengthPick);
        steer(packet, 7, [0, packet[7] ?? 0], pick);
        steer(packet, 9, [6, 6, 17], lengthPick);
        const kind = header.read(sourceOf(packet), 0, end, 80);
        if (end < 20) {
          expect(kind).toBe(ipKind.malformed);
          return;
        }
        const described = ipv4.parse(packet);
        const total = Math.min(described.totalLength === 0 ? 80 : described.totalLength, 80);
        const headerLength = described.headerWords * 4;
        if (headerLength < 20 || total < headerLength) {
          expect(kind).toBe(ipKind.malformed);
          return;
        }
        if (described.protocol !== 6) {
          expect(kind).toBe(ipKind.other);
          return;
        }
        if (end < headerLength) {
          expect(kind).toBe(ipKind.malformed);
          return;
        }
        const more = (described.flags & 1) === 1;
        const isFragment = more || described.fragmentOffset > 0;
        expect(kind).toBe(isFragment ? ipKind.fragment : ipKind.tcp);
        expect(header.payloadStart).toBe(headerLength);
        expect(header.payloadLength).toBe(total - headerLength);
        expect(header.capturedEnd).toBe(Math.min(end, total));
        if (!isFragment) return;
        expect(header.moreFragments).toBe(more);
        expect(header.fragmentOffset).toBe(described.fragmentOffset * 8);
        expect(header.fragmentId).toBe(described.id);
      }),
      { numRuns: 2000 },
    );
  });

  test("IPv6 and TCP", () => {
    const header = new IpHeader();
    const segment = new TcpSegment();
    fc.assert(
      fc.property(bytes(100), fc.nat(), fc.integer({ min: 0, max: 100 }), (packet, pick, end) => {
        steer(packet, 0, [0x60, 0x6f], pick);
        steer(packet, 4, [0], pick);
        steer(packet, 5, [0, 60, 255], pick);
        steer(packet, 6, [6, 6, 6, 17, 58], pick);
        steer(packet, 52, [0x50, 0x60, 0x40, packet[52] ?? 0], pick);
        const source = sourceOf(packet);
        const kind = header.read(source, 0, end, 100);
        if (end < 40) {
          expect(kind).toBe(ipKind.malformed);
          return;
        }
        const described = ipv6.parse(packet);
        if (described.nextHeader !== 6) {
          expect(kind).toBe(ipKind.other);
          return;
        }
        expect(kind).toBe(ipKind.tcp);
        const length = Math.min(described.payloadLength === 0 ? 60 : described.payloadLength, 60);
        expect(header.payloadStart).toBe(40);
        expect(header.payloadLength).toBe(length);
        expect(header.capturedEnd).toBe(Math.min(end, 40 + length));
        segment.readAddresses(source, header);
        for (const n of [0, 1, 2, 3] as const) {
          expect(segment[`source${n}`]).toBe(described[`source${n}`]);
          expect(segment[`destination${n}`]).toBe(described[`destination${n}`]);
        }
        const fits = segment.read(source, 40, header.capturedEnd, length);
        if (header.capturedEnd < 60) {
          expect(fits).toBe(false);
          return;
        }
        const head = tcp.parse(packet.subarray(40));
        const headerLength = head.headerWords * 4;
        expect(fits).toBe(headerLength >= 20 && headerLength <= length);
        if (!fits) return;
        expect(segment.sourcePort).toBe(head.sourcePort);
        expect(segment.destinationPort).toBe(head.destinationPort);
        expect(segment.sequence).toBe(head.sequence);
        expect(segment.acknowledgement).toBe(head.acknowledgement);
        expect(segment.flags).toBe(head.flags);
        expect(segment.payloadStart).toBe(40 + headerLength);
        expect(segment.payloadLength).toBe(length - headerLength);
      }),
      { numRuns: 2000 },
    );
  });

  test("IPv6 extension headers, each with its own unit of length, up to a bound", () => {
    const header = new IpHeader();
    const walk = (first: number, ...extensions: readonly (readonly number[])[]): number => {
      const fixed = [0x60, 0, 0, 0, 0, 0, first, 64, ...Array<number>(32).fill(1)];
      const packet = Uint8Array.from([...fixed, ...extensions.flat(), ...Array<number>(20).fill(0)]);
      return header.read(sourceOf(packet), 0, packet.length, packet.length);
    };
    const zeros = (count: number): number[] => Array<number>(count).fill(0);
    const authentication = [43, 4, ...zeros(22)];
    const routing = [44, 2, ...zeros(22).map(() => 17)];
    const wholeFragment = [60, 0, 0, 0, 1, 2, 3, 4];
    const destination = [6, 1, ...zeros(14)];
    expect(walk(51, authentication, routing, wholeFragment, destination)).toBe(ipKind.tcp);
    expect(header.payloadStart).toBe(40 + 24 + 24 + 8 + 16);
    expect(header.payloadLength).toBe(20);
    expect(walk(60, [17, 0, ...zeros(6)])).toBe(ipKind.other);
    expect(walk(60, [6, 9, ...zeros(6)])).toBe(ipKind.malformed);
    const again = [60, 0, ...zeros(6)];
    const many = (count: number): number => walk(60, ...Array.from({ length: count }, () => again), destination);
    expect(many(14)).toBe(ipKind.tcp);
    expect(many(15)).toBe(ipKind.malformed);
  });
});
