import type { Source } from "./record-window.js";

/** Link types of the registry in draft-ietf-opsawg-pcaplinktype. */
export const linkType = {
  null: 0,
  ethernet: 1,
  rawBsdOs: 12,
  rawOpenBsd: 14,
  raw: 101,
  loop: 108,
  linuxCooked: 113,
  ipv4: 228,
  ipv6: 229,
  exportedPdu: 252,
  linuxCooked2: 276,
} as const;

/** Those in front of IP; an exported PDU has none. */
const supported: ReadonlySet<number> = new Set(Object.values(linkType).filter((type) => type !== linkType.exportedPdu));

export const isSupportedLinkType = (type: number): boolean => supported.has(type);

/** The packet is complete but carries no IP. */
export const notIp = -1;
/** The packet ends inside the link-layer header. */
export const cutShort = -2;

const etherType = { ipv4: 0x0800, ipv6: 0x86dd, vlan: 0x8100, providerBridge: 0x88a8 } as const;
const vlanTagLength = 4;
const maxVlanTags = 4;

/** Address family numbers of IPv4 and, by operating system, of IPv6. */
const families: ReadonlySet<number> = new Set([2, 10, 24, 28, 30]);

/** From an EtherType at `at` over VLAN tags to the IP header. */
const afterEtherType = (view: DataView, type: number, at: number, end: number): number => {
  for (let tags = 0; tags <= maxVlanTags; tags += 1) {
    if (type === etherType.ipv4 || type === etherType.ipv6) return at;
    if (type !== etherType.vlan && type !== etherType.providerBridge) return notIp;
    if (end - at < vlanTagLength) return cutShort;
    type = view.getUint16(at + 2);
    at += vlanTagLength;
  }
  return notIp;
};

const afterFamily = (view: DataView, start: number): number => {
  // Link type 0 has the byte order of the machine that captured, which may be any.
  const known = families.has(view.getUint32(start)) || families.has(view.getUint32(start, true));
  return known ? start + 4 : notIp;
};

/**
 * Where the IP header of a packet begins; {@link notIp} or {@link cutShort}. `type` must be a
 * supported one.
 */
export const findIp = (type: number, source: Source, start: number, end: number): number => {
  const view = source.view;
  const length = end - start;
  switch (type) {
    case linkType.ethernet:
      if (length < 14) return cutShort;
      return afterEtherType(view, view.getUint16(start + 12), start + 14, end);
    case linkType.linuxCooked:
      if (length < 16) return cutShort;
      return afterEtherType(view, view.getUint16(start + 14), start + 16, end);
    case linkType.linuxCooked2:
      if (length < 20) return cutShort;
      return afterEtherType(view, view.getUint16(start), start + 20, end);
    case linkType.null:
    case linkType.loop:
      return length < 4 ? cutShort : afterFamily(view, start);
    default:
      return start;
  }
};
