import { readSinkHeader, sinkHeaderSize, type SinkCommand } from "./sink-header.js";

/** A frame: two channels of 16 bits. */
const frameSize = 4;

/** What the reader finds. */
export interface SinkReading {
  command(command: SinkCommand): void;
  /** Whole frames of the transfer that began last; `bytes` are a view of what was given, or a copy. */
  samples(bytes: Uint8Array): void;
  /** The stream cannot be read any more; one lower-case sentence. */
  problem(message: string): void;
}

/** Cuts the stream of a sink into commands and samples; what is held back is less than a header. */
export class SinkReader {
  private readonly reading: SinkReading;
  private readonly held = new Uint8Array(sinkHeaderSize);
  private heldLength = 0;
  /** Bytes of samples that are still to come. */
  private left = 0;
  private broken = false;

  constructor(reading: SinkReading) {
    this.reading = reading;
  }

  /** Takes the next bytes, in any split. */
  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length && !this.broken;) {
      at += this.left > 0 ? this.takeSamples(bytes.subarray(at)) : this.takeHeader(bytes.subarray(at));
    }
  }

  private takeHeader(bytes: Uint8Array): number {
    const taken = this.hold(bytes, sinkHeaderSize);
    if (this.heldLength < sinkHeaderSize) return taken;
    this.heldLength = 0;
    const command = readSinkHeader(this.held);
    if (command === undefined) return this.giveUp("a command that is not known", taken);
    if (command.command === "transfer" && command.size % frameSize !== 0) {
      return this.giveUp(`a transfer of ${command.size} bytes, which are no whole frames`, taken);
    }
    if (command.command === "transfer") this.left = command.size;
    this.reading.command(command);
    return taken;
  }

  private takeSamples(bytes: Uint8Array): number {
    if (this.heldLength > 0) {
      const taken = this.hold(bytes, frameSize);
      if (this.heldLength === frameSize) this.tell(this.held.slice(0, frameSize));
      return taken;
    }
    const there = Math.min(this.left, bytes.length);
    const whole = there - (there % frameSize);
    if (whole > 0) {
      this.tell(bytes.subarray(0, whole));
      return whole;
    }
    return this.hold(bytes, frameSize);
  }

  private tell(samples: Uint8Array): void {
    this.heldLength = 0;
    this.left -= samples.length;
    this.reading.samples(samples);
  }

  private hold(bytes: Uint8Array, until: number): number {
    const taken = Math.min(bytes.length, until - this.heldLength);
    this.held.set(bytes.subarray(0, taken), this.heldLength);
    this.heldLength += taken;
    return taken;
  }

  private giveUp(message: string, taken: number): number {
    this.broken = true;
    this.reading.problem(message);
    return taken;
  }
}
