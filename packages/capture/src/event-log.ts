import type { CaptureProblemKind } from "./capture-problem.js";
import type { StreamEvent } from "./stream-event.js";

/** Where every part of the reader puts its events, and what "now" is while it does. */
export class EventLog {
  events: StreamEvent[] = [];
  /** Of the packet that is being read. */
  time = 0n;
  packet = 0;
  /** Where the record that is being read begins in the file. */
  fileOffset = 0;

  take(): StreamEvent[] {
    const events = this.events;
    this.events = [];
    return events;
  }

  /** A problem of the file. */
  fileProblem(kind: CaptureProblemKind, message: string, stopped: boolean): void {
    this.events.push({
      type: "problem",
      problem: { kind, message, offset: this.fileOffset, stopped },
    });
  }

  /** A problem of the packet that is being read. */
  packetProblem(kind: CaptureProblemKind, message: string): void {
    this.events.push({
      type: "problem",
      problem: { kind, message, offset: this.fileOffset, packet: this.packet, stopped: false },
    });
  }
}
