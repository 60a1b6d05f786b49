import { isIPv4, isIPv6 } from "node:net";

/** The bytes of an IPv4 (4) or IPv6 (16) address in text form, without a zone; undefined if it is none. */
export function parseAddress(text: string): Uint8Array | undefined {
  if (isIPv4(text)) return Uint8Array.from(text.split("."), Number);
  if (!isIPv6(text) || text.includes("%")) return undefined;
  const [front = "", back] = text.split("::");
  const head = groupBytes(front);
  const tail = back === undefined ? [] : groupBytes(back);
  const bytes = new Uint8Array(16);
  bytes.set(head);
  bytes.set(tail, 16 - tail.length);
  return bytes;
}

/** Groups of hex digits; the last may be an IPv4 address. */
const groupBytes = (text: string): number[] =>
  text === ""
    ? []
    : text.split(":").flatMap((group) => {
        if (group.includes(".")) return group.split(".").map(Number);
        const value = Number.parseInt(group, 16);
        return [value >>> 8, value & 0xff];
      });
