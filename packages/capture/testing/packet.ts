/** Builds frames for tests, by concatenation and independently of how they are read. */

export const fin = 0x01;
export const syn = 0x02;
export const rst = 0x04;
export const push = 0x08;
export const ack = 0x10;

export const be16 = (value: number): number[] => [(value >>> 8) & 0xff, value & 0xff];
export const be32 = (value: number): number[] => [...be16((value >>> 16) & 0xffff), ...be16(value & 0xffff)];

export const concat = (...parts: readonly ArrayLike<number>[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

export interface Segment {
  readonly fromClient: boolean;
  readonly seq: number;
  readonly ack?: number;
  readonly flags: number;
  readonly payload?: Uint8Array;
}

export interface Path {
  readonly ipVersion: 4 | 6;
  readonly clientPort: number;
  readonly serverPort: number;
  /** Last byte of the addresses 10.0.0.x and 2001:db8::x. */
  readonly clientHost: number;
  readonly serverHost: number;
}

export const defaultPath: Path = {
  ipVersion: 4,
  clientPort: 50_000,
  serverPort: 3389,
  clientHost: 1,
  serverHost: 2,
};

/** A TCP header with options, to show that the data offset counts. */
export const tcp = (path: Path, segment: Segment): Uint8Array => {
  const ports = segment.fromClient
    ? [...be16(path.clientPort), ...be16(path.serverPort)]
    : [...be16(path.serverPort), ...be16(path.clientPort)];
  const options = [1, 1, 1, 0];
  return concat(
    ports,
    be32(segment.seq >>> 0),
    be32((segment.ack ?? 0) >>> 0),
    [((20 + options.length) / 4) << 4, segment.flags],
    [...be16(65_535), 0, 0, 0, 0],
    options,
    segment.payload ?? [],
  );
};

const v6 = (host: number): number[] => [0x20, 0x01, 0x0d, 0xb8, ...Array<number>(11).fill(0), host];

export interface Ipv4Options {
  readonly id?: number;
  /** Offset in units of 8 bytes, with 0x2000 for more fragments. */
  readonly fragment?: number;
  readonly totalLength?: number;
  readonly protocol?: number;
}

export const ipv4 = (from: number, to: number, payload: Uint8Array, options: Ipv4Options = {}): Uint8Array =>
  concat(
    [0x46, 0],
    be16(options.totalLength ?? 24 + payload.length),
    be16(options.id ?? 0),
    be16(options.fragment ?? 0),
    [64, options.protocol ?? 6, 0, 0],
    [10, 0, 0, from],
    [10, 0, 0, to],
    [1, 1, 1, 0],
    payload,
  );

/** With a hop-by-hop header of 8 and a destination options header of 16 bytes in front. */
export const ipv6 = (from: number, to: number, payload: Uint8Array, payloadLength?: number): Uint8Array =>
  concat(
    [0x60, 0, 0, 0],
    be16(payloadLength ?? 24 + payload.length),
    [0, 64],
    v6(from),
    v6(to),
    [60, 0, 1, 4, 0, 0, 0, 0],
    [6, 1, 1, 12, ...Array<number>(12).fill(0)],
    payload,
  );

export const ip = (path: Path, segment: Segment): Uint8Array => {
  const { clientHost, serverHost } = path;
  const from = segment.fromClient ? clientHost : serverHost;
  const to = segment.fromClient ? serverHost : clientHost;
  const payload = tcp(path, segment);
  return path.ipVersion === 4 ? ipv4(from, to, payload) : ipv6(from, to, payload);
};

export type LinkName =
  | "ethernet"
  | "vlan"
  | "double vlan"
  | "cooked"
  | "cooked 2"
  | "null little"
  | "null big"
  | "loop"
  | "raw"
  | "raw 12"
  | "ip";

export const linkNames: readonly LinkName[] = [
  "ethernet",
  "vlan",
  "double vlan",
  "cooked",
  "cooked 2",
  "null little",
  "null big",
  "loop",
  "raw",
  "raw 12",
  "ip",
];

export interface Frame {
  readonly linkType: number;
  readonly bytes: Uint8Array;
}

/** Puts a link-layer header in front of an IP packet, and padding behind where it may be. */
export const frame = (link: LinkName, packet: Uint8Array): Frame => {
  const isV4 = (packet[0] ?? 0) >>> 4 === 4;
  const type = isV4 ? [0x08, 0x00] : [0x86, 0xdd];
  const family = isV4 ? 2 : 30;
  const macs = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
  const padding = Array<number>(Math.max(0, 60 - 14 - packet.length)).fill(0xee);
  const tag = [0x81, 0x00, 0x00, 0x05];
  switch (link) {
    case "ethernet":
      return { linkType: 1, bytes: concat(macs, type, packet, padding) };
    case "vlan":
      return { linkType: 1, bytes: concat(macs, tag, type, packet, padding) };
    case "double vlan":
      return { linkType: 1, bytes: concat(macs, [0x88, 0xa8, 0, 7], tag, type, packet) };
    case "cooked":
      return {
        linkType: 113,
        bytes: concat([0, 0, 0, 1, 0, 6, ...macs.slice(0, 8)], type, packet),
      };
    case "cooked 2":
      return {
        linkType: 276,
        bytes: concat(type, [0, 0, 0, 0, 0, 3, 0, 1, 0, 6, ...macs.slice(0, 8)], packet),
      };
    case "null little":
      return { linkType: 0, bytes: concat([family, 0, 0, 0], packet) };
    case "null big":
      return { linkType: 0, bytes: concat([0, 0, 0, family], packet) };
    case "loop":
      return { linkType: 108, bytes: concat([0, 0, 0, family], packet) };
    case "raw":
      return { linkType: 101, bytes: packet };
    case "raw 12":
      return { linkType: 12, bytes: packet };
    case "ip":
      return { linkType: isV4 ? 228 : 229, bytes: packet };
  }
};
