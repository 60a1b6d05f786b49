import type { ConduitError } from "../sockets/conduit-error.js";
import type { Conduit } from "../sockets/conduit.js";
import { listen, type Listener } from "../sockets/listen.js";

/** Who records for PulseAudio. */
export interface SourceListener {
  /** A program records: samples are wanted. */
  opened(): void;
  /** Nobody records any more. Undefined: in order. */
  closed(error: ConduitError | undefined): void;
}

/** Samples that wait for PulseAudio before further ones are left out: 0.4 s. */
const heldBytes = 32_768;

/** The socket that WSLg's PulseAudio source connects to while somebody records. */
export class PulseSource {
  private listening: Listener | undefined;
  private conduit: Conduit | undefined;

  private constructor() {}

  /** Waits for PulseAudio at a unix socket, which WSLg names in PULSE_AUDIO_RDP_SOURCE. Rejects with `ConduitError`. */
  static async listen(path: string, listener: SourceListener): Promise<PulseSource> {
    const source = new PulseSource();
    const limits = { maximumConnections: 1, congestedAt: heldBytes };
    source.listening = await listen({ path }, limits, (conduit) => {
      source.conduit = conduit;
      conduit.on("closed", (error) => {
        source.conduit = undefined;
        listener.closed(error);
      });
      // Nothing comes from there, but the end does.
      conduit.on("received", () => undefined);
      listener.opened();
    });
    return source;
  }

  /**
   * Sends samples: 16 bits, one channel, 44,100 a second. False: nobody records, or PulseAudio is
   * too slow, and they were left out.
   */
  write(samples: Uint8Array): boolean {
    if (this.conduit === undefined || this.conduit.congested || this.conduit.state !== "open") return false;
    this.conduit.write([samples]);
    return true;
  }

  /** Waits no longer. WSLg's source ends PulseAudio when its stream ends: close it only at the end of a session. */
  close(): void {
    this.listening?.close();
    this.conduit?.close();
  }
}
