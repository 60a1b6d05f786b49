/** Bytes at the begin of a unit that surely say how long it is. */
export const unitHeader = 5;

const tpktVersion = 3;
const tlsMajor = 3;
const couldBeTls = (first: number): boolean => first >= 0x14 && first <= 0x17;

/**
 * How long the unit is that begins with these bytes: a TPKT (RFC 1006), a TLS record, or a
 * fast-path PDU ([MS-RDPBCGR] 2.2.8.1.2, 2.2.9.1.2). At least 1; undefined if more bytes are needed
 * to tell.
 */
export function unitLength(bytes: ArrayLike<number>): number | undefined {
  const at = (index: number): number => bytes[index] ?? 0;
  const first = at(0);
  if (bytes.length < 2) return undefined;
  if (first === tpktVersion) return bytes.length < 4 ? undefined : Math.max(at(2) * 256 + at(3), 1);
  if (couldBeTls(first) && at(1) === tlsMajor) {
    return bytes.length < unitHeader ? undefined : unitHeader + at(3) * 256 + at(4);
  }
  if (at(1) < 0x80) return Math.max(at(1), 1);
  return bytes.length < 3 ? undefined : Math.max((at(1) & 0x7f) * 256 + at(2), 1);
}
