import type { FuzzInput } from "../packet.js";
import { holds, neverThrows } from "./broken-law.js";

/** What one end of a connection does, told by type; bytes and wakes are looked at. */
export interface EndpointOutput {
  readonly type: string;
  readonly segments?: readonly Uint8Array[];
  readonly at?: number | undefined;
}

/** One end of a connection, without input and output: of this library, or of another one. */
export interface Endpoint {
  receive(bytes: Uint8Array, now: number): readonly EndpointOutput[];
  tick(now: number): readonly EndpointOutput[];
  /** The stream ended. */
  closed(now: number): readonly EndpointOutput[];
}

/** What an end may say for each byte that it hears, and at all. */
export interface EndpointBounds {
  readonly bytesPerByte: number;
  readonly bytes: number;
  readonly outputsPerByte: number;
  readonly outputs: number;
}

export const usualBounds: EndpointBounds = { bytesPerByte: 64, bytes: 2 ** 20, outputsPerByte: 4, outputs: 4096 };

/** Milliseconds between two packets, and at the end. */
const pace = 50;
const later = 200_000;
/** Ticks that an end may ask for after its stream ended. */
const lastTicks = 50;

/**
 * What holds for whatever the peer writes. Laws: `throws`; `output-bound` (what is written and told is in proportion
 * to what came); `wake` (a wish to be woken is a time); `end` (after the stream ended nothing is written, and no tick
 * is wanted for ever). Throws `BrokenLaw`.
 */
export function endpointLaws(endpoint: Endpoint, input: FuzzInput, bounds: EndpointBounds = usualBounds): void {
  const count = new OutputCount(bounds);
  let now = 0;
  for (const { bytes } of input) {
    now += pace;
    const given = bytes.slice();
    count.heard += bytes.length;
    count.take(neverThrows("receiving", () => endpoint.receive(given, now)) ?? []);
    // The memory is the caller's again.
    given.fill(0xaa);
    if (count.wakeAt !== undefined && count.wakeAt <= now)
      count.take(neverThrows("a tick", () => endpoint.tick(now)) ?? []);
  }
  now += later;
  count.take(neverThrows("a late tick", () => endpoint.tick(now)) ?? []);
  const written = count.written;
  count.take(neverThrows("closing", () => endpoint.closed(now)) ?? []);
  for (let ticks = 0; count.wakeAt !== undefined; ticks++) {
    holds(ticks < lastTicks, "end", () => `a tick is still wanted, ${ticks} ticks after the stream ended`);
    now = Math.max(now, count.wakeAt);
    count.wakeAt = undefined;
    count.take(neverThrows("a tick after the end", () => endpoint.tick(now)) ?? []);
  }
  holds(count.written === written, "end", () => `${count.written - written} bytes were written after the stream ended`);
}

class OutputCount {
  heard = 0;
  written = 0;
  wakeAt: number | undefined;
  private outputs = 0;
  private readonly bounds: EndpointBounds;

  constructor(bounds: EndpointBounds) {
    this.bounds = bounds;
  }

  take(outputs: readonly EndpointOutput[]): void {
    for (const { type, segments = [], at } of outputs) {
      this.outputs++;
      if (type === "bytes") for (const { length } of segments) this.written += length;
      if (type !== "wake") continue;
      holds(at === undefined || Number.isFinite(at), "wake", () => `a tick is wanted at ${at}`);
      this.wakeAt = at;
    }
    const { bytesPerByte, bytes, outputsPerByte, outputs: most } = this.bounds;
    const { heard, written, outputs: told } = this;
    holds(written <= bytes + heard * bytesPerByte, "output-bound", () => `${written} bytes written for ${heard}`);
    holds(told <= most + heard * outputsPerByte, "output-bound", () => `${told} outputs for ${heard} bytes`);
  }
}
