import type { CaptureLimits } from "./capture-limits.js";
import type { EventLog } from "./event-log.js";
import type { CaptureInterface, PacketReader } from "./packet-reader.js";
import type { RecordParser, Source } from "./record-window.js";

const recordHeaderLength = 16;

export interface PcapFlavour {
  readonly littleEndian: boolean;
  /** Nanoseconds in a unit of the second timestamp field: 1 or 1,000. */
  readonly fractionUnit: number;
}

/** The records of a pcap file after its file header: draft-ietf-opsawg-pcap, section 5. */
export class PcapRecords implements RecordParser {
  skip = 0;
  stopped = false;
  private readonly flavour: PcapFlavour;
  private readonly source: CaptureInterface;
  private readonly packets: PacketReader;
  private readonly log: EventLog;
  private readonly limits: CaptureLimits;
  private second = 0;
  private secondStart = 0n;

  constructor(
    flavour: PcapFlavour,
    source: CaptureInterface,
    packets: PacketReader,
    log: EventLog,
    limits: CaptureLimits,
  ) {
    this.flavour = flavour;
    this.source = source;
    this.packets = packets;
    this.log = log;
    this.limits = limits;
  }

  record(source: Source, start: number, end: number, fileOffset: number): number {
    if (end - start < recordHeaderLength) return recordHeaderLength;
    const { littleEndian, fractionUnit } = this.flavour;
    const view = source.view;
    const captured = view.getUint32(start + 8, littleEndian);
    if (captured > this.limits.recordBytes) {
      this.log.fileOffset = fileOffset;
      this.log.fileProblem("record-too-large", `record of ${captured} bytes`, true);
      this.stopped = true;
      return recordHeaderLength;
    }
    const length = recordHeaderLength + captured;
    if (end - start < length) return length;
    const second = view.getUint32(start, littleEndian);
    if (second !== this.second) {
      // Packets of one second share the costly half of the conversion.
      this.second = second;
      this.secondStart = BigInt(second) * 1_000_000_000n;
    }
    const fraction = view.getUint32(start + 4, littleEndian);
    const log = this.log;
    log.fileOffset = fileOffset;
    log.time = this.secondStart + BigInt(fraction * fractionUnit);
    log.packet += 1;
    const onWire = view.getUint32(start + 12, littleEndian);
    this.packets.packet(source, start + recordHeaderLength, start + length, onWire, this.source);
    return length;
  }
}
