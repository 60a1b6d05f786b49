import { Parser } from "binary-parser";

// The headers that a file has once, or once for each interface. Those that every packet has are
// read by DataView instead (pcap-records.ts, pcapng-blocks.ts, ip-header.ts, tcp-segment.ts):
// with binary-parser the record, Ethernet, IPv4 and TCP headers of one packet took 2,175 ns, with
// DataView 23 ns (Node 20, 2 cores). The tests describe those with binary-parser a second time.

/** Reads a fixed header, or gives undefined where the bytes do not suffice. */
type HeaderReader<Fields> = (bytes: Uint8Array, start: number, end: number) => Fields | undefined;

// The length check is ours: binary-parser reads past the end without a word.
const reader = <Fields>(parser: Parser<Fields>): HeaderReader<Fields> => {
  const size = parser.sizeOf();
  return (bytes, start, end) => (end - start < size ? undefined : parser.parse(bytes.subarray(start, start + size)));
};

export type ByteOrder = "little" | "big";
type InBothOrders<Fields> = Readonly<Record<ByteOrder, HeaderReader<Fields>>>;

const bothOrders = <Fields>(describe: (start: Parser) => Parser<Fields>): InBothOrders<Fields> => ({
  little: reader(describe(new Parser().endianness("little"))),
  big: reader(describe(new Parser().endianness("big"))),
});

export interface PcapFileHeader {
  readonly versionMajor: number;
  readonly versionMinor: number;
  readonly snapLength: number;
  /** Low 16 bits: the link type; the rest speaks of frame check sequences. */
  readonly linkType: number;
}

/** draft-ietf-opsawg-pcap, section 4. */
export const pcapFileHeader: InBothOrders<PcapFileHeader> = bothOrders((start) =>
  start
    .uint32("magic")
    .uint16("versionMajor")
    .uint16("versionMinor")
    .uint32("reserved1")
    .uint32("reserved2")
    .uint32("snapLength")
    .uint32("linkType"),
);

export interface SectionHeader {
  readonly versionMajor: number;
  readonly versionMinor: number;
}

/** Body of a section header block: draft-ietf-opsawg-pcapng, section 4.1. */
export const sectionHeader: InBothOrders<SectionHeader> = bothOrders((start) =>
  start
    .uint32("byteOrderMagic")
    .uint16("versionMajor")
    .uint16("versionMinor")
    .uint32("sectionLengthA")
    .uint32("sectionLengthB"),
);

export interface InterfaceDescription {
  readonly linkType: number;
  readonly snapLength: number;
}

/** Body of an interface description block: section 4.2. */
export const interfaceDescription: InBothOrders<InterfaceDescription> = bothOrders((start) =>
  start.uint16("linkType").uint16("reserved").uint32("snapLength"),
);

export interface SecretsHeader {
  readonly secretsType: number;
  readonly secretsLength: number;
}

/** Body of a decryption secrets block: section 4.7. */
export const secretsHeader: InBothOrders<SecretsHeader> = bothOrders((start) =>
  start.uint32("secretsType").uint32("secretsLength"),
);
