import type { CaptureLimits } from "./capture-limits.js";
import type { CaptureProblemKind } from "./capture-problem.js";
import type { EventLog } from "./event-log.js";
import type { CaptureInterface, PacketSink } from "./packet-sink.js";
import type { RecordParser, Source } from "./record-window.js";

const recordHeaderLength = 16;
/** Nanoseconds in the fraction of a second that no program writes, not even one that counts wrong. */
const senseless = 2_000_000_000;
/** What is looked for after damage: a record of up to so many bytes, so many seconds from the last. */
const longestFound = 0x40000;
const farthestFound = 86_400;

export interface PcapFlavour {
  readonly littleEndian: boolean;
  /** Nanoseconds in a unit of the second timestamp field: 1 or 1,000. */
  readonly fractionUnit: number;
}

/** The records of a pcap file after its file header: draft-ietf-opsawg-pcap, section 5. */
export class PcapRecords implements RecordParser {
  skip = 0;
  stopped = false;
  ending = false;
  private readonly flavour: PcapFlavour;
  private readonly source: CaptureInterface;
  private readonly packets: PacketSink;
  private readonly log: EventLog;
  private readonly limits: CaptureLimits;
  private second = 0;
  private secondStart = 0n;
  /** The time that records after damage are known by. */
  private believed = 0;
  /** A record was read, so that `second` and `secondStart` belong together. */
  private begun = false;
  /** Damage was met, and it is not known where the next record begins. */
  private searching = false;

  constructor(
    flavour: PcapFlavour,
    source: CaptureInterface,
    packets: PacketSink,
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
    if (this.searching) {
      const passed = this.search(view, start, end);
      if (this.searching || passed !== 0) return passed;
    }
    const captured = view.getUint32(start + 8, littleEndian);
    const second = view.getUint32(start, littleEndian);
    const fraction = view.getUint32(start + 4, littleEndian);
    const onWire = view.getUint32(start + 12, littleEndian);
    const { recordBytes } = this.limits;
    if (captured > recordBytes) {
      return this.lose(`record of ${captured} bytes`, "record-too-large", second, fileOffset);
    }
    const isZero = second === 0 && fraction === 0 && captured === 0 && onWire === 0;
    if (isZero || fraction * fractionUnit >= senseless || onWire > recordBytes) {
      return this.lose("record header that makes no sense", "damaged-record", second, fileOffset);
    }
    const length = recordHeaderLength + captured;
    const isFar = this.begun && second !== this.second && !this.isNear(second);
    if (captured > onWire || isFar) {
      // No packet has more bytes than it had, and few come days after the last: whether the length is wrong shows by
      // what comes next.
      const next = start + length;
      const isNextThere = end - next >= recordHeaderLength;
      if (!isNextThere && !this.ending) return length + recordHeaderLength;
      const isNext = isNextThere && (isFar ? this.seemsHeader(view, next) : this.seemsRecord(view, next));
      const isSooner = isNextThere && captured > onWire && this.seemsRecord(view, start + recordHeaderLength + onWire);
      if (isNextThere ? !isNext || isSooner : this.recordsIn(view, start, end)) {
        const what = `record of ${captured} bytes of a packet of ${onWire}, in second ${second}`;
        return this.lose(what, "damaged-record", second, fileOffset);
      }
    }
    if (end - start < length) {
      return this.ending && this.recordsIn(view, start, end)
        ? this.lose("record that is longer than the file", "damaged-record", second, fileOffset)
        : length;
    }
    if (second !== this.second || !this.begun) {
      // Two that agree are believed: one alone may be what damage made of it.
      if (!this.begun || Math.abs(second - this.second) <= farthestFound) this.believed = second;
      // Packets of one second share the costly half of the conversion.
      this.second = second;
      this.begun = true;
      this.secondStart = BigInt(second) * 1_000_000_000n;
    }
    const log = this.log;
    log.fileOffset = fileOffset;
    log.nextPacket(this.secondStart + BigInt(fraction * fractionUnit));
    this.packets.packet(source, start + recordHeaderLength, start + length, onWire, this.source);
    return length;
  }

  /** Nothing tells where the next record begins. */
  private lose(what: string, kind: CaptureProblemKind, second: number, fileOffset: number): number {
    // Of the first record, its time is all there is to know others by.
    if (!this.begun) this.believed = second;
    this.log.fileOffset = fileOffset;
    this.log.fileProblem(kind, `${what}: reading goes on where the next one seems to begin`, false);
    this.searching = true;
    return 1;
  }

  /** Whether another record seems to begin in the last one, so that it is none. */
  private recordsIn(view: DataView, start: number, end: number): boolean {
    if (!this.begun) this.believed = view.getUint32(start, this.flavour.littleEndian);
    this.searching = true;
    this.search(view, start + 1, end);
    const found = !this.searching;
    this.searching = false;
    return found;
  }

  /**
   * Ends the search where a record seems to begin; returns how many bytes are none, or how many are
   * needed to tell.
   */
  private search(view: DataView, start: number, end: number): number {
    for (let at = start; end - at >= recordHeaderLength; at++) {
      if (!this.seemsRecord(view, at)) continue;
      const next = at + recordHeaderLength + view.getUint32(at + 8, this.flavour.littleEndian);
      const complete = end - next >= recordHeaderLength;
      if (!complete && !this.ending) return at > start ? at - start : next + recordHeaderLength - start;
      if (complete ? !this.seemsRecord(view, next) : next > end) continue;
      this.searching = false;
      return at - start;
    }
    return Math.max(end - start - recordHeaderLength + 1, 1);
  }

  /** Whether the 16 bytes at a place can be the header of a record that comes soon after the last. */
  private seemsRecord(view: DataView, at: number): boolean {
    return this.seemsHeader(view, at) && this.isNear(view.getUint32(at, this.flavour.littleEndian));
  }

  /** Whether the 16 bytes at a place can be the header of a record of any time. */
  private seemsHeader(view: DataView, at: number): boolean {
    const { littleEndian, fractionUnit } = this.flavour;
    const captured = view.getUint32(at + 8, littleEndian);
    const onWire = view.getUint32(at + 12, littleEndian);
    if (captured === 0 || captured > longestFound || onWire < captured || onWire > this.limits.recordBytes)
      return false;
    return view.getUint32(at + 4, littleEndian) * fractionUnit < 1_000_000_000;
  }

  private isNear(second: number): boolean {
    return Math.abs(second - this.believed) <= farthestFound;
  }
}
