import type { HeldBytes, TlsMoment } from "@railvail/capture";
import type { ConnectionReading } from "./connection-reading.js";

/** Connections that wait after their end. */
const mostWaiting = 256;

interface Waiting {
  readonly reading: ConnectionReading;
  readonly moment: TlsMoment;
}

/**
 * Connections that have ended and hold back what they have no key for: secrets can stand after
 * them in the file.
 */
export class WaitingEnds {
  private readonly held: HeldBytes;
  private waiting: Waiting[] = [];

  constructor(held: HeldBytes) {
    this.held = held;
  }

  /** Ends a connection, at once if it waits for nothing. */
  end(reading: ConnectionReading, moment: TlsMoment): void {
    if (!reading.waits) return reading.end(moment);
    this.waiting.push({ reading, moment });
    // Connections that go on need the room.
    const { used, limit } = this.held;
    if (used > limit / 2 || this.waiting.length > mostWaiting) this.flush();
  }

  /** Ends those that wait: there will be no more secrets. */
  flush(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const { reading, moment } of waiting) reading.end(moment);
  }
}
