import type { CaptureLimits } from "./capture-limits.js";
import type { CaptureProblemKind } from "./capture-problem.js";
import type { EventLog } from "./event-log.js";
import { FormatParser } from "./format-parser.js";
import type { PacketSink } from "./packet-sink.js";
import { RecordWindow } from "./record-window.js";

/** A pcap or pcapng file that is pushed in chunks: cuts it into packets for a sink. */
export class CaptureFile {
  private readonly log: EventLog;
  private readonly packets: PacketSink;
  private readonly format: FormatParser;
  private readonly window: RecordWindow;

  constructor(packets: PacketSink, log: EventLog, limits: CaptureLimits) {
    this.log = log;
    this.packets = packets;
    this.format = new FormatParser(packets, log, limits);
    this.window = new RecordWindow(this.format);
  }

  /** Whether a problem made further reading impossible; what is pushed then is ignored. */
  get stopped(): boolean {
    return this.format.stopped;
  }

  push(chunk: Uint8Array): void {
    this.window.push(chunk);
  }

  /** Reports a problem of where the bytes come from, at the place reached. */
  fail(kind: CaptureProblemKind, message: string): void {
    this.log.fileOffset = this.window.recordOffset;
    this.log.fileProblem(kind, message, true);
    this.format.stopped = true;
  }

  /** The file has ended. */
  end(): void {
    if (!this.format.stopped) this.window.end();
    if (!this.format.stopped) {
      this.log.fileOffset = this.window.recordOffset;
      if (!this.format.recognised) {
        this.log.fileProblem("unknown-format", "file is too short to be a capture", true);
      } else if (this.window.midRecord) {
        this.log.fileProblem("truncated", "file ends inside a record", true);
      }
    }
    this.packets.end();
  }
}
