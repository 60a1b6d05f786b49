import { resolveLimits, type CaptureLimits, type CaptureOptions } from "./capture-limits.js";
import { ConnectionTable } from "./connection-table.js";
import { EventLog } from "./event-log.js";
import { pcapFileHeader } from "./file-headers.js";
import { PacketReader } from "./packet-reader.js";
import { PcapRecords, type PcapFlavour } from "./pcap-records.js";
import { PcapngBlocks } from "./pcapng-blocks.js";
import { RecordWindow, type RecordParser, type Source } from "./record-window.js";
import type { CaptureProblemKind } from "./capture-problem.js";
import type { StreamEvent } from "./stream-event.js";

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

/**
 * Reads an uncompressed pcap or pcapng file that is pushed in chunks of any size, and gives the
 * byte streams of its TCP connections. Synchronous; {@link readCapture} wraps it for
 * asynchronous sources and opens gzip.
 */
export class CaptureReader {
  private readonly log = new EventLog();
  private readonly limits: CaptureLimits;
  private readonly table: ConnectionTable;
  private readonly packets: PacketReader;
  private readonly format: FormatParser;
  private readonly window: RecordWindow;

  constructor(options: CaptureOptions = {}) {
    this.limits = resolveLimits(options);
    this.table = new ConnectionTable(this.log, this.limits);
    this.packets = new PacketReader(this.log, this.limits, this.table);
    this.format = new FormatParser(this.packets, this.log, this.limits);
    this.window = new RecordWindow(this.format);
  }

  /** Whether a problem made further reading impossible; what is pushed then is ignored. */
  get stopped(): boolean {
    return this.format.stopped;
  }

  /** The events of the packets that end in this chunk. Does not throw. */
  push(chunk: Uint8Array): StreamEvent[] {
    this.window.push(chunk);
    return this.log.take();
  }

  /** Reports a problem of where the bytes come from, at the place reached. */
  fail(kind: CaptureProblemKind, message: string): void {
    this.log.fileOffset = this.window.recordOffset;
    this.log.fileProblem(kind, message, true);
    this.format.stopped = true;
  }

  /** The file has ended: the last events, which close every connection. */
  end(): StreamEvent[] {
    if (!this.format.stopped) {
      this.log.fileOffset = this.window.recordOffset;
      if (!this.format.recognised) {
        this.log.fileProblem("unknown-format", "file is too short to be a capture", true);
      } else if (this.window.midRecord) {
        this.log.fileProblem("truncated", "file ends inside a record", true);
      }
    }
    this.packets.end();
    this.table.end();
    return this.log.take();
  }
}

/** Finds out the format by its magic number, then stands in front of that format's parser. */
class FormatParser implements RecordParser {
  private readonly packets: PacketReader;
  private readonly log: EventLog;
  private readonly limits: CaptureLimits;
  private inner: RecordParser | undefined;
  private failed = false;

  constructor(packets: PacketReader, log: EventLog, limits: CaptureLimits) {
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
