import { CaptureFile } from "./capture-file.js";
import { resolveLimits, type CaptureOptions } from "./capture-limits.js";
import type { CaptureProblemKind } from "./capture-problem.js";
import { EventLog } from "./event-log.js";
import type { CaptureInterface, PacketSink } from "./packet-sink.js";
import type { Source } from "./record-window.js";

/** A packet as its file has it, whatever it carries. */
export interface RawPacket {
  /** Frame number, counted from 1; packets that the file damages are counted and not given. */
  readonly packet: number;
  /** Nanoseconds since 1970-01-01T00:00Z; 0 where the file gives none. */
  readonly time: bigint;
  /** The registered number of what the packet begins with: 1 is Ethernet. */
  readonly linkType: number;
  /** What was captured: a view of the chunk that was pushed, or of a copy. */
  readonly bytes: Uint8Array;
  /** Bytes on the wire; more than `bytes` if the snap length cut the packet. */
  readonly length: number;
  /** Comments on the packet. */
  readonly comments: readonly string[];
}

/** Keeps the packets of a chunk. */
class Collector implements PacketSink {
  packets: RawPacket[] = [];
  private readonly log: EventLog;

  constructor(log: EventLog) {
    this.log = log;
  }

  packet({ bytes }: Source, start: number, end: number, onWire: number, { linkType }: CaptureInterface): void {
    const { packet, time, comments } = this.log;
    const length = Math.max(onWire, end - start);
    this.packets.push({ packet, time, linkType, bytes: bytes.subarray(start, end), length, comments });
  }

  end(): void {}

  take(): RawPacket[] {
    const { packets } = this;
    this.packets = [];
    // What is wrong with the file is said by who reads what it carries.
    this.log.take();
    return packets;
  }
}

/**
 * Reads an uncompressed pcap or pcapng file that is pushed in chunks of any size, and gives its
 * packets as they are. Frame numbers are those of {@link CaptureReader}. Damage is passed over in
 * silence; {@link CaptureReader} says what there is.
 */
export class PacketFileReader {
  private readonly collector: Collector;
  private readonly file: CaptureFile;

  constructor(options: CaptureOptions = {}) {
    const log = new EventLog();
    this.collector = new Collector(log);
    this.file = new CaptureFile(this.collector, log, resolveLimits(options));
  }

  /** Whether further reading is impossible. */
  get stopped(): boolean {
    return this.file.stopped;
  }

  /** The packets that end in this chunk. Does not throw. */
  push(chunk: Uint8Array): RawPacket[] {
    this.file.push(chunk);
    return this.collector.take();
  }

  fail(kind: CaptureProblemKind, message: string): void {
    this.file.fail(kind, message);
  }

  end(): RawPacket[] {
    this.file.end();
    return this.collector.take();
  }
}
