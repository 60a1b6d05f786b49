import { internetChecksum } from "./internet-checksum.js";

/** One end of a connection, as packets have it. */
export interface PacketEnd {
  /** 4 or 16 bytes. */
  readonly address: Uint8Array;
  readonly port: number;
  /** Last byte of the Ethernet address, which is of the kind that anybody may use (02:00:...). */
  readonly host: number;
}

export interface PacketContents {
  readonly from: PacketEnd;
  readonly to: PacketEnd;
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly flags: number;
  /** A multiple of 4 bytes. */
  readonly options: Uint8Array;
  readonly payload: Uint8Array;
}

const etherHeader = 14;
const ipv4Header = 20;
const ipv6Header = 40;
const tcpHeader = 20;
const protocolTcp = 6;
const hopLimit = 64;
/** The largest that the field can say; the recorder scales it. */
const window = 0xffff;
const locallyAdministered = 0x02;

/** An Ethernet frame with an IP packet with a TCP segment; checksums are right. */
export function tcpPacket(contents: PacketContents): Uint8Array {
  const { from, to, options, payload } = contents;
  const isV4 = from.address.length === 4;
  const segmentLength = tcpHeader + options.length + payload.length;
  const ipLength = isV4 ? ipv4Header : ipv6Header;
  const frame = new Uint8Array(etherHeader + ipLength + segmentLength);
  const view = new DataView(frame.buffer);
  frame[0] = frame[6] = locallyAdministered;
  frame[5] = to.host;
  frame[11] = from.host;
  view.setUint16(12, isV4 ? 0x0800 : 0x86dd);
  const addressesAt = isV4
    ? writeIpv4(view, frame, contents, segmentLength)
    : writeIpv6(view, frame, contents, segmentLength);
  const at = etherHeader + ipLength;
  writeTcp(view, frame, at, contents);
  // The pseudo-header: both addresses, the protocol, the length of the segment.
  const addresses = ~internetChecksum(view, addressesAt, addressesAt + 2 * from.address.length) & 0xffff;
  const pseudo = addresses + protocolTcp + segmentLength;
  view.setUint16(at + 16, internetChecksum(view, at, frame.length, pseudo));
  return frame;
}

/** RFC 791, section 3.1, with the flag that forbids fragments. Returns where the addresses are. */
function writeIpv4(view: DataView, frame: Uint8Array, { from, to }: PacketContents, length: number): number {
  const at = etherHeader;
  view.setUint8(at, 0x45);
  view.setUint16(at + 2, ipv4Header + length);
  view.setUint16(at + 6, 0x4000);
  view.setUint8(at + 8, hopLimit);
  view.setUint8(at + 9, protocolTcp);
  frame.set(from.address, at + 12);
  frame.set(to.address, at + 16);
  view.setUint16(at + 10, internetChecksum(view, at, at + ipv4Header));
  return at + 12;
}

/** RFC 8200, section 3. Returns where the addresses are. */
function writeIpv6(view: DataView, frame: Uint8Array, { from, to }: PacketContents, length: number): number {
  const at = etherHeader;
  view.setUint8(at, 0x60);
  view.setUint16(at + 4, length);
  view.setUint8(at + 6, protocolTcp);
  view.setUint8(at + 7, hopLimit);
  frame.set(from.address, at + 8);
  frame.set(to.address, at + 24);
  return at + 8;
}

/** RFC 9293, section 3.1, without the checksum. */
function writeTcp(view: DataView, frame: Uint8Array, at: number, contents: PacketContents): void {
  const { from, to, sequence, acknowledgement, flags, options, payload } = contents;
  view.setUint16(at, from.port);
  view.setUint16(at + 2, to.port);
  view.setUint32(at + 4, sequence);
  view.setUint32(at + 8, acknowledgement);
  view.setUint8(at + 12, ((tcpHeader + options.length) / 4) << 4);
  view.setUint8(at + 13, flags);
  view.setUint16(at + 14, window);
  frame.set(options, at + tcpHeader);
  frame.set(payload, at + tcpHeader + options.length);
}
