import { ConduitError } from "../sockets/conduit-error.js";
import type { Conduit } from "../sockets/conduit.js";
import { listen, type Listener } from "../sockets/listen.js";
import { SinkReader } from "./sink-reader.js";

/** Who plays what PulseAudio plays. */
export interface SinkListener {
  /** PulseAudio has connected. */
  opened?(): void;
  /**
   * Samples: 16 bits, two channels, 44,100 frames a second; whole frames. `timestamp` is when
   * PulseAudio sent the first of their transfer, in microseconds of the system's clock.
   */
  samples(bytes: Uint8Array, timestamp: bigint): void;
  /** How long samples take to be heard, in microseconds. */
  latency(): number;
  /** Playback paused: what was measured so far counts no more. */
  reset?(): void;
  /** PulseAudio is gone and may come again. Undefined: in order. */
  closed?(error: ConduitError | undefined): void;
}

const version = 1;
const u32 = (value: number): Uint8Array => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, Math.min(Math.max(0, Math.round(value) || 0), 0xffff_ffff), true);
  return bytes;
};

/** The socket that WSLg's PulseAudio sink connects to; one PulseAudio at a time. */
export class PulseSink {
  private readonly listener: SinkListener;
  private listening: Listener | undefined;
  private conduit: Conduit | undefined;
  private paused = false;

  private constructor(listener: SinkListener) {
    this.listener = listener;
  }

  /** Waits for PulseAudio at a unix socket, which WSLg names in PULSE_AUDIO_RDP_SINK. Rejects with `ConduitError`. */
  static async listen(path: string, listener: SinkListener): Promise<PulseSink> {
    const sink = new PulseSink(listener);
    sink.listening = await listen({ path }, { maximumConnections: 1, maximumBuffered: 65_536 }, (conduit) =>
      sink.accept(conduit),
    );
    return sink;
  }

  /** Reads no more: PulseAudio waits, and sends no further samples than its socket holds. */
  pause(): void {
    this.paused = true;
    this.conduit?.pause();
  }

  resume(): void {
    this.paused = false;
    this.conduit?.resume();
  }

  /** Waits no longer, and sends PulseAudio away. */
  close(): void {
    this.listening?.close();
    this.conduit?.close();
  }

  private accept(conduit: Conduit): void {
    this.conduit = conduit;
    let timestamp = 0n;
    const reader = new SinkReader({
      command: (message) => {
        if (message.command === "version") conduit.write([u32(version)]);
        if (message.command === "transfer") ({ timestamp } = message);
        if (message.command === "latency") conduit.write([u32(this.listener.latency())]);
        if (message.command === "reset") this.listener.reset?.();
      },
      samples: (bytes) => this.listener.samples(bytes, timestamp),
      problem: (message) => conduit.abort(new ConduitError("system", `the PulseAudio sink sent ${message}`)),
    });
    conduit.on("closed", (error) => {
      this.conduit = undefined;
      this.listener.closed?.(error);
    });
    this.listener.opened?.();
    if (this.paused) conduit.pause();
    conduit.on("received", (bytes) => reader.push(bytes));
  }
}
