import {
  compressMessage,
  segmentMessage,
  unsegmentBytes,
  ZgfxCompressor,
  ZgfxDecompressor,
  zgfxSegmentDecoder,
  type SegmentDecoder,
  type SegmentedDataProblem,
  type ZgfxCompressorOptions,
} from "@railvail/transport";
import { Arena, type Violation } from "@railvail/wire";
import type { ChannelEnd, SendMessage } from "./channel-end.js";

/** A message in segments that cannot be unwrapped; it is passed over. */
export interface SegmentsViolation extends Violation<"broken-segments"> {
  readonly by: "peer";
  readonly problem: SegmentedDataProblem["rule"] | "compressed";
}

export type SegmentedEndOptions =
  | {
      /** What it sends goes in segments; what it receives is bare. */
      readonly side: "server";
      /** Compresses, with these options; without them segments are not compressed, and nothing is copied. */
      readonly compress?: ZgfxCompressorOptions | undefined;
    }
  | {
      /** What it receives is in segments; what it sends is bare. */
      readonly side: "client";
      readonly violation?: (violation: SegmentsViolation) => void;
      /** Bytes of the largest message; 64 MiB unless said otherwise. */
      readonly maximumMessage?: number;
    };

/**
 * An end whose channel has RDP_SEGMENTED_DATA from server to client, [MS-RDPEGFX] 2.2.5.1, as the graphics
 * pipeline has: `inner` sees plain messages.
 */
export const segmentedEnd = (inner: ChannelEnd, options: SegmentedEndOptions): ChannelEnd =>
  options.side === "server"
    ? new SegmentingEnd(inner, options.compress)
    : new UnsegmentingEnd(inner, options.violation, options.maximumMessage);

/** What both sides hand on as it is. */
abstract class WrappedEnd implements ChannelEnd {
  protected readonly inner: ChannelEnd;

  constructor(inner: ChannelEnd) {
    this.inner = inner;
  }

  get wakeAt(): number | undefined {
    return this.inner.wakeAt;
  }

  abstract opened(send: SendMessage, now: number): void;
  abstract received(message: Uint8Array, now: number): void;

  closed(now: number): void {
    this.inner.closed(now);
  }

  tick(now: number): void {
    this.inner.tick(now);
  }
}

/** Descriptor and counts; a segment has 5 more. */
const headSize = 64;
const bytesPerHead = 8192;

class SegmentingEnd extends WrappedEnd {
  private readonly compress: ZgfxCompressorOptions | undefined;

  constructor(inner: ChannelEnd, compress: ZgfxCompressorOptions | undefined) {
    super(inner);
    this.compress = compress;
  }

  opened(send: SendMessage, now: number): void {
    // The history begins with the channel, and takes memory only once something is sent.
    let compressor: ZgfxCompressor | undefined;
    const { compress } = this;
    this.inner.opened((...parts) => {
      const size = parts.reduce((sum, { length }) => sum + length, 0);
      if (compress === undefined) send(...segmentMessage(parts, new Arena(headSize + Math.ceil(size / bytesPerHead))));
      else {
        compressor ??= new ZgfxCompressor(compress);
        send(...compressMessage(parts, compressor, new Arena(headSize + size)));
      }
    }, now);
  }

  received(message: Uint8Array, now: number): void {
    this.inner.received(message, now);
  }
}

class UnsegmentingEnd extends WrappedEnd {
  private readonly violation: ((violation: SegmentsViolation) => void) | undefined;
  private readonly maximumSize: number | undefined;
  private decoder: SegmentDecoder | undefined;

  constructor(
    inner: ChannelEnd,
    violation: ((violation: SegmentsViolation) => void) | undefined,
    maximumSize: number | undefined,
  ) {
    super(inner);
    this.violation = violation;
    this.maximumSize = maximumSize;
  }

  opened(send: SendMessage, now: number): void {
    this.decoder = undefined;
    this.inner.opened(send, now);
  }

  received(message: Uint8Array, now: number): void {
    const { maximumSize } = this;
    const decoder = (this.decoder ??= zgfxSegmentDecoder(new ZgfxDecompressor("full")));
    const plain = unsegmentBytes(message, { decoder, ...(maximumSize === undefined ? {} : { maximumSize }) });
    if (plain.type === "data") {
      if (plain.problem !== undefined) this.report(plain.problem.rule);
      this.inner.received(plain.data, now);
      return;
    }
    // What comes may still be right, where it does not refer to what is lost.
    this.decoder = undefined;
    this.report(plain.type === "problem" ? plain.problem.rule : "compressed");
  }

  private report(problem: SegmentsViolation["problem"]): void {
    const message = `segmented data is broken: ${problem}`;
    this.violation?.({ type: "violation", by: "peer", rule: "broken-segments", message, problem });
  }
}
