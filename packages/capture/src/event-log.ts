import type { CaptureProblemKind } from "./capture-problem.js";
import type { StreamEvent } from "./stream-event.js";

const noComments: readonly string[] = [];

/** Where every part of the reader puts its events, and what "now" is while it does. */
export class EventLog {
  events: StreamEvent[] = [];
  /** Of the packet that is being read. */
  time = 0n;
  packet = 0;
  /** Comments on it in the file. */
  comments: readonly string[] = noComments;
  /** Of a packet that completes a fragmented IP datagram: the frame numbers of the others. */
  earlier: readonly number[] | undefined;
  /** Where the record that is being read begins in the file. */
  fileOffset = 0;

  take(): StreamEvent[] {
    const events = this.events;
    this.events = [];
    return events;
  }

  /** The next packet of the file; its comments come before what it carries. */
  nextPacket(time: bigint, comments = noComments): void {
    this.packet += 1;
    this.time = time;
    this.comments = comments;
    for (const text of comments) {
      this.events.push({ type: "comment", about: "packet", text, time, packet: this.packet });
    }
  }

  /** Comments on a section or an interface. */
  fileComments(about: "section" | "interface", comments: readonly string[]): void {
    for (const text of comments) this.events.push({ type: "comment", about, text });
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
