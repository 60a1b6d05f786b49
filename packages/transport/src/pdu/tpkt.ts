import { byteLength, literal, reserved, u16be, u8, type Source } from "@railvail/wire";

/** Bytes of a TPKT header: version, reserved, length. */
export const tpktHeaderSize = 4;

/**
 * The fields every TPKT packet starts with ([T123] section 8, RFC 1006). The length counts the
 * whole packet.
 */
export const tpktHeader = {
  version: literal(u8, 3),
  reserved: reserved(u8),
  length: byteLength(u16be),
};

/**
 * The total length in bytes of the TPKT packet that starts at `offset`; undefined if more bytes
 * are needed to tell; -1 if no TPKT packet starts there: the version is not 3, or the length is
 * below the 7 bytes that a header and the shortest TPDU take. The packet itself need not be there.
 *
 * In an RDP stream a first byte other than 3 starts a fast-path message ([MS-RDPBCGR] 2.2.9.1.2).
 */
export function tpktLength(source: Source, offset: number, end: number): number | undefined {
  if (offset >= end) return undefined;
  if (source.view.getUint8(offset) !== 3) return -1;
  if (offset + tpktHeaderSize > end) return undefined;
  const length = source.view.getUint16(offset + 2);
  return length < 7 ? -1 : length;
}
