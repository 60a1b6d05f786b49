import type { Source } from "./record-window.js";

/** Where packets of a file come from. */
export interface CaptureInterface {
  readonly linkType: number;
  /** Whether it was said that the link type is unknown. */
  reported: boolean;
}

/** Takes the packets of a file one after the other; the event log has their number and time. */
export interface PacketSink {
  /** `onWire` is the length before the snap length cut it. */
  packet(source: Source, start: number, end: number, onWire: number, from: CaptureInterface): void;
  /** No more packets come. */
  end(): void;
}
