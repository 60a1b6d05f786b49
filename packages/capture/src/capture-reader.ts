import { CaptureFile } from "./capture-file.js";
import { resolveLimits, type CaptureOptions } from "./capture-limits.js";
import type { CaptureProblemKind } from "./capture-problem.js";
import { ConnectionTable } from "./connection-table.js";
import { EventLog } from "./event-log.js";
import { PacketReader } from "./packet-reader.js";
import type { StreamEvent } from "./stream-event.js";

/**
 * Reads an uncompressed pcap or pcapng file that is pushed in chunks of any size, and gives the
 * byte streams of its TCP connections. Synchronous; {@link readCapture} wraps it for
 * asynchronous sources and opens gzip.
 */
export class CaptureReader {
  private readonly log = new EventLog();
  private readonly table: ConnectionTable;
  private readonly file: CaptureFile;

  constructor(options: CaptureOptions = {}) {
    const limits = resolveLimits(options);
    this.table = new ConnectionTable(this.log, limits);
    this.file = new CaptureFile(new PacketReader(this.log, limits, this.table), this.log, limits);
  }

  /** Whether a problem made further reading impossible; what is pushed then is ignored. */
  get stopped(): boolean {
    return this.file.stopped;
  }

  /** The events of the packets that end in this chunk. Does not throw. */
  push(chunk: Uint8Array): StreamEvent[] {
    this.file.push(chunk);
    return this.log.take();
  }

  /** Reports a problem of where the bytes come from, at the place reached. */
  fail(kind: CaptureProblemKind, message: string): void {
    this.file.fail(kind, message);
  }

  /** The file has ended: the last events, which close every connection. */
  end(): StreamEvent[] {
    this.file.end();
    this.table.end();
    return this.log.take();
  }
}
