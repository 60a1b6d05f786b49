import type { Source } from "./record-window.js";

/** What an IP packet turned out to be. */
export const ipKind = { tcp: 0, other: 1, malformed: 2, fragment: 3 } as const;
export type IpKind = (typeof ipKind)[keyof typeof ipKind];

const protocolTcp = 6;
const protocolFragment = 44;
const protocolAuthentication = 51;
/** Extension headers whose length is counted in units of 8 bytes after the first 8. */
const plainExtensions: ReadonlySet<number> = new Set([0, 43, 60, 135, 139, 140]);
const maxExtensions = 16;

/**
 * Reads IPv4 (RFC 791) and IPv6 (RFC 8200) headers down to the TCP segment. One object is reused
 * for all packets: its fields speak of the last one read.
 */
export class IpHeader {
  version = 4;
  /** Where the addresses are in the source. */
  sourceAt = 0;
  destinationAt = 0;
  /** Where the payload begins, and where what was captured of it ends. */
  payloadStart = 0;
  capturedEnd = 0;
  /** Length of the payload on the wire; not less than what was captured. */
  payloadLength = 0;
  /** Of a fragment. The offset is in bytes. */
  fragmentId = 0;
  fragmentOffset = 0;
  moreFragments = false;

  /**
   * `end` is where the captured bytes end and `wireEnd` where they would end if nothing had been
   * cut by the snap length.
   */
  read(source: Source, start: number, end: number, wireEnd: number): IpKind {
    if (start >= end) return ipKind.malformed;
    const version = source.view.getUint8(start) >>> 4;
    if (version === 4) return this.readV4(source.view, start, end, wireEnd);
    if (version === 6) return this.readV6(source.view, start, end, wireEnd);
    return ipKind.malformed;
  }

  private readV4(view: DataView, start: number, end: number, wireEnd: number): IpKind {
    if (end - start < 20) return ipKind.malformed;
    const headerLength = (view.getUint8(start) & 0x0f) * 4;
    // Segmentation offload leaves the total length 0: the frame's own length counts then.
    // No packet is longer than its frame: such a length is damage.
    const totalLength = Math.min(view.getUint16(start + 2) || Infinity, wireEnd - start);
    if (headerLength < 20 || totalLength < headerLength) return ipKind.malformed;
    if (view.getUint8(start + 9) !== protocolTcp) return ipKind.other;
    if (end - start < headerLength) return ipKind.malformed;
    this.version = 4;
    this.sourceAt = start + 12;
    this.destinationAt = start + 16;
    this.payloadStart = start + headerLength;
    this.payloadLength = totalLength - headerLength;
    this.capturedEnd = Math.min(end, start + totalLength);
    const fragment = view.getUint16(start + 6);
    this.moreFragments = (fragment & 0x2000) !== 0;
    this.fragmentOffset = (fragment & 0x1fff) * 8;
    if (!this.moreFragments && this.fragmentOffset === 0) return ipKind.tcp;
    this.fragmentId = view.getUint16(start + 4);
    return ipKind.fragment;
  }

  private readV6(view: DataView, start: number, end: number, wireEnd: number): IpKind {
    if (end - start < 40) return ipKind.malformed;
    // 0 stands for a jumbogram (RFC 2675), which segmentation offload makes too.
    const announced = view.getUint16(start + 4);
    const packetEnd = announced === 0 ? wireEnd : Math.min(start + 40 + announced, wireEnd);
    const capturedEnd = Math.min(end, packetEnd);
    this.version = 6;
    this.sourceAt = start + 8;
    this.destinationAt = start + 24;
    this.capturedEnd = capturedEnd;
    let next = view.getUint8(start + 6);
    let at = start + 40;
    for (let walked = 0; walked < maxExtensions; walked += 1) {
      if (next === protocolTcp) {
        this.payloadStart = at;
        this.payloadLength = packetEnd - at;
        return ipKind.tcp;
      }
      const isExtension = plainExtensions.has(next) || next === protocolAuthentication;
      if (!isExtension && next !== protocolFragment) return ipKind.other;
      if (capturedEnd - at < 8) return ipKind.malformed;
      const following = view.getUint8(at);
      const units = view.getUint8(at + 1);
      if (next === protocolFragment) {
        const fragment = view.getUint16(at + 2);
        this.moreFragments = (fragment & 1) !== 0;
        this.fragmentOffset = fragment & 0xfff8;
        this.fragmentId = view.getUint32(at + 4);
        at += 8;
        if (this.moreFragments || this.fragmentOffset > 0) {
          this.payloadStart = at;
          this.payloadLength = packetEnd - at;
          return following === protocolTcp ? ipKind.fragment : ipKind.other;
        }
      } else {
        at += next === protocolAuthentication ? (units + 2) * 4 : (units + 1) * 8;
        if (at > capturedEnd) return ipKind.malformed;
      }
      next = following;
    }
    return ipKind.malformed;
  }
}
