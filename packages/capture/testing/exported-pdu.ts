/** PDUs as Wireshark exports them (link type 252), byte for byte after its list of tags. */
import type { Packet } from "./capture-file.js";
import { be16, be32, concat } from "./packet.js";

export interface ExportedShape {
  readonly fromClient: boolean;
  readonly payload: Uint8Array;
  readonly ipVersion?: 4 | 6;
  /** Of the dissector; the tag can be another one. */
  readonly name?: string;
  readonly nameTag?: 12 | 13 | 14;
  /** Number of the first byte. */
  readonly sequence?: number;
  readonly clientPort?: number;
  readonly serverPort?: number;
  /** 2 is TCP. */
  readonly portType?: number;
  readonly placed?: boolean;
}

export const exportedLinkType = 252;

const value = (tag: number, bytes: ArrayLike<number>): Uint8Array =>
  concat(be16(tag), be16((bytes.length + 3) & ~3), bytes, new Uint8Array(-bytes.length & 3));

const address = (isV4: boolean, host: number): number[] =>
  isV4 ? [10, 0, 0, host] : [0x20, 0x01, 0x0d, 0xb8, ...Array<number>(11).fill(0), host];

/** What follows the tags is the payload. */
export const exportedPdu = (shape: ExportedShape): Uint8Array => {
  const { fromClient, payload, ipVersion = 4, name = "tpkt", nameTag = 12, sequence, portType = 2 } = shape;
  const { clientPort = 50_000, serverPort = 3389, placed = true } = shape;
  const isV4 = ipVersion === 4;
  const [from, to] = fromClient ? [clientPort, serverPort] : [serverPort, clientPort];
  const placing = concat(
    value(isV4 ? 20 : 22, address(isV4, fromClient ? 1 : 2)),
    value(isV4 ? 21 : 23, address(isV4, fromClient ? 2 : 1)),
    value(24, be32(portType)),
    value(25, be32(from)),
    value(26, be32(to)),
  );
  const next = (sequence ?? 0) + payload.length;
  const info = concat(be16(1), be32(sequence ?? 0), be32(next), be32(0), [0], be16(0x18), be16(0));
  return concat(
    value(nameTag, new TextEncoder().encode(name)),
    nameTag === 14 ? value(32, be32(3389)) : [],
    placed ? placing : value(24, be32(portType)),
    value(30, be32(77)),
    sequence === undefined ? [] : value(34, info),
    value(0, []),
    payload,
  );
};

/** One packet each millisecond. */
export const packetsOf = (pdus: readonly Uint8Array[]): Packet[] =>
  pdus.map((bytes, index) => ({ time: 1_700_000_000_000_000_000n + BigInt(index) * 1_000_000n, bytes }));
