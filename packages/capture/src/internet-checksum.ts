/** The checksum of RFC 1071 over the bytes from `start` to `end`; `sum` is of what came before. */
export function internetChecksum(view: DataView, start: number, end: number, sum = 0): number {
  let total = sum;
  let at = start;
  // 2^16 additions of 16 bits each stay far below 2^53.
  for (; end - at >= 2; at += 2) total += view.getUint16(at);
  if (at < end) total += view.getUint8(at) << 8;
  while (total > 0xffff) total = (total % 0x10000) + Math.floor(total / 0x10000);
  return ~total & 0xffff;
}
