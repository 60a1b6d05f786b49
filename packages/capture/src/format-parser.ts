import type { CaptureLimits } from "./capture-limits.js";
import type { EventLog } from "./event-log.js";
import { pcapFileHeader } from "./file-headers.js";
import type { PacketSink } from "./packet-sink.js";
import { PcapRecords, type PcapFlavour } from "./pcap-records.js";
import { PcapngBlocks } from "./pcapng-blocks.js";
import type { RecordParser, Source } from "./record-window.js";

/** The first four bytes of each kind of pcap file, read as a big-endian number. */
const flavours: ReadonlyMap<number, PcapFlavour> = new Map([
  [0xa1b2c3d4, { littleEndian: false, fractionUnit: 1000 }],
  [0xd4c3b2a1, { littleEndian: true, fractionUnit: 1000 }],
  [0xa1b23c4d, { littleEndian: false, fractionUnit: 1 }],
  [0x4d3cb2a1, { littleEndian: true, fractionUnit: 1 }],
]);
const pcapngMagic = 0x0a0d0d0a;
const magicLength = 4;
const pcapHeaderLength = 24;

/** Formats that are recognised to say what they are. */
const unsupported: ReadonlyMap<number, string> = new Map([
  [0xa1b2cd34, "pcap with modified records"],
  [0x34cdb2a1, "pcap with modified records"],
  [0x28b52ffd, "compressed with zstd: decompress it first"],
  [0x04224d18, "compressed with lz4: decompress it first"],
  [0xfd377a58, "compressed with xz: decompress it first"],
]);

/** Finds out the format by its magic number, then stands in front of that format's parser. */
export class FormatParser implements RecordParser {
  private readonly packets: PacketSink;
  private readonly log: EventLog;
  private readonly limits: CaptureLimits;
  private inner: RecordParser | undefined;
  private failed = false;
  private isEnding = false;

  constructor(packets: PacketSink, log: EventLog, limits: CaptureLimits) {
    this.packets = packets;
    this.log = log;
    this.limits = limits;
  }

  get recognised(): boolean {
    return this.inner !== undefined;
  }

  get skip(): number {
    return this.inner?.skip ?? 0;
  }

  set skip(bytes: number) {
    if (this.inner !== undefined) this.inner.skip = bytes;
  }

  get stopped(): boolean {
    return this.failed || this.inner?.stopped === true;
  }

  set stopped(stopped: boolean) {
    this.failed = stopped;
  }

  get ending(): boolean {
    return this.isEnding;
  }

  set ending(ending: boolean) {
    this.isEnding = ending;
    if (this.inner !== undefined) this.inner.ending = ending;
  }

  record(source: Source, start: number, end: number, fileOffset: number): number {
    if (this.inner !== undefined) return this.inner.record(source, start, end, fileOffset);
    if (end - start < magicLength) return magicLength;
    const magic = source.view.getUint32(start);
    if (magic === pcapngMagic) {
      this.inner = new PcapngBlocks(this.packets, this.log, this.limits);
      return this.inner.record(source, start, end, fileOffset);
    }
    const flavour = flavours.get(magic);
    if (flavour === undefined) return this.unknown(magic);
    const order = flavour.littleEndian ? "little" : "big";
    const header = pcapFileHeader[order](source.bytes, start, end);
    if (header === undefined) return pcapHeaderLength;
    const from = { linkType: header.linkType & 0xffff, reported: false };
    this.inner = new PcapRecords(flavour, from, this.packets, this.log, this.limits);
    return pcapHeaderLength;
  }

  private unknown(magic: number): number {
    const hex = magic.toString(16).padStart(8, "0");
    const what = unsupported.get(magic) ?? `file begins with ${hex}, not as pcap or pcapng`;
    this.log.fileProblem("unknown-format", what, true);
    this.failed = true;
    return magicLength;
  }
}
