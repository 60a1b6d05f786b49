/** Builds capture files for tests, byte for byte after the format specifications. */
import { concat } from "./packet.js";

export interface Packet {
  /** Nanoseconds since 1970. */
  readonly time: bigint;
  readonly bytes: Uint8Array;
  /** Length on the wire if more than `bytes`. */
  readonly onWire?: number;
}

export interface Numbers {
  u16(value: number): number[];
  u32(value: number): number[];
}

export const numbers = (littleEndian: boolean): Numbers => {
  const order = (bytes: number[]): number[] => (littleEndian ? bytes : bytes.toReversed());
  return {
    u16: (value) => order([value & 0xff, (value >>> 8) & 0xff]),
    u32: (value) => order([0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff)),
  };
};

export interface PcapShape {
  readonly kind: "pcap";
  readonly littleEndian: boolean;
  readonly nanoseconds: boolean;
}

export interface PcapngShape {
  readonly kind: "pcapng";
  readonly littleEndian: boolean;
  readonly block: "enhanced" | "obsolete";
  /** The byte of if_tsresol; undefined leaves the option out. */
  readonly resolution?: number | undefined;
  /** Seconds of if_tsoffset. */
  readonly timeOffset?: number | undefined;
}

export type Shape = PcapShape | PcapngShape;

export const pcapHeader = (shape: PcapShape, linkType: number): Uint8Array => {
  const { u16, u32 } = numbers(shape.littleEndian);
  const magic = shape.nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4;
  return concat(u32(magic), u16(2), u16(4), u32(0), u32(0), u32(65_535), u32(linkType));
};

const pcapRecord = (shape: PcapShape, packet: Packet): Uint8Array => {
  const { u32 } = numbers(shape.littleEndian);
  const fraction = Number(packet.time % 1_000_000_000n);
  return concat(
    u32(Number(packet.time / 1_000_000_000n)),
    u32(shape.nanoseconds ? fraction : Math.floor(fraction / 1000)),
    u32(packet.bytes.length),
    u32(packet.onWire ?? packet.bytes.length),
    packet.bytes,
  );
};

const padded = (bytes: ArrayLike<number>): Uint8Array => concat(bytes, new Uint8Array((4 - (bytes.length % 4)) % 4));

export const block = (littleEndian: boolean, type: number, body: ArrayLike<number>): Uint8Array => {
  const { u32 } = numbers(littleEndian);
  const whole = padded(body);
  return concat(u32(type), u32(whole.length + 12), whole, u32(whole.length + 12));
};

export const sectionBlock = (littleEndian: boolean): Uint8Array => {
  const { u16, u32 } = numbers(littleEndian);
  const unknownLength = Array<number>(8).fill(0xff);
  const body = concat(u32(0x1a2b3c4d), u16(1), u16(0), unknownLength);
  return block(littleEndian, 0x0a0d0d0a, body);
};

export const interfaceBlock = (shape: PcapngShape, linkType: number, snapLength = 0): Uint8Array => {
  const { u16, u32 } = numbers(shape.littleEndian);
  const name = concat(u16(2), u16(3), [0x6c, 0x6f, 0x30, 0]);
  const resolution = shape.resolution === undefined ? [] : concat(u16(9), u16(1), [shape.resolution, 0, 0, 0]);
  const low = u32(shape.timeOffset ?? 0);
  const high = u32((shape.timeOffset ?? 0) < 0 ? 0xffffffff : 0);
  const offset =
    shape.timeOffset === undefined ? [] : concat(u16(14), u16(8), ...(shape.littleEndian ? [low, high] : [high, low]));
  const head = concat(u16(linkType), u16(0), u32(snapLength));
  return block(shape.littleEndian, 1, concat(head, name, resolution, offset, u32(0)));
};

/** Ticks since 1970 (less the offset) in the unit of the shape, rounded down. */
const ticks = (shape: PcapngShape, time: bigint): bigint => {
  const since = time - BigInt(shape.timeOffset ?? 0) * 1_000_000_000n;
  const resolution = shape.resolution ?? 6;
  const exponent = BigInt(resolution & 0x7f);
  const perSecond = resolution & 0x80 ? 1n << exponent : 10n ** exponent;
  return (since * perSecond) / 1_000_000_000n;
};

export const packetBlock = (shape: PcapngShape, packet: Packet, from = 0): Uint8Array => {
  const { u16, u32 } = numbers(shape.littleEndian);
  const count = ticks(shape, packet.time);
  const isEnhanced = shape.block === "enhanced";
  const body = concat(
    isEnhanced ? u32(from) : concat(u16(from), u16(0xffff)),
    u32(Number(count >> 32n)),
    u32(Number(count & 0xffffffffn)),
    u32(packet.bytes.length),
    u32(packet.onWire ?? packet.bytes.length),
    padded(packet.bytes),
    isEnhanced ? concat(u16(1), u16(2), [0x68, 0x69, 0, 0], u32(0)) : [],
  );
  return block(shape.littleEndian, isEnhanced ? 6 : 2, body);
};

export const simplePacketBlock = (littleEndian: boolean, packet: Packet): Uint8Array => {
  const { u32 } = numbers(littleEndian);
  const body = concat(u32(packet.onWire ?? packet.bytes.length), packet.bytes);
  return block(littleEndian, 3, body);
};

/** A whole file with one interface. */
export const captureFile = (shape: Shape, linkType: number, packets: readonly Packet[]): Uint8Array => {
  if (shape.kind === "pcap") {
    const records = packets.map((packet) => pcapRecord(shape, packet));
    return concat(pcapHeader(shape, linkType), ...records);
  }
  const statistics = block(shape.littleEndian, 5, new Uint8Array(12));
  const blocks = packets.map((packet) => packetBlock(shape, packet));
  return concat(sectionBlock(shape.littleEndian), interfaceBlock(shape, linkType), statistics, ...blocks);
};
