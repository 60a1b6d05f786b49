import {
  SegmentCompression,
  unsegment,
  ZgfxDecompressor,
  zgfxSegmentDecoder,
  type CompressionError,
  type ZgfxVariant,
} from "@railvail/transport";
import type { Source } from "@railvail/wire";
import type { ConnectionMemory } from "./connection-memory.js";
import type { KnownTrouble } from "./lazy-message.js";

/** Histories that are kept of a connection: 5 MB at most for each full one, 80 kB for a lite one. */
const kept: Readonly<Record<ZgfxVariant, number>> = { full: 8, lite: 256 };

const types: Readonly<Record<ZgfxVariant, number>> = {
  full: SegmentCompression.PACKET_COMPR_TYPE_RDP8,
  lite: SegmentCompression.PACKET_COMPR_TYPE_RDP8_LITE,
};

/** The most that a segment holds, in bytes. */
const segmentSize: Readonly<Record<ZgfxVariant, number>> = { full: 65_535, lite: 8_192 };
/** Segments are kept until all are opened, and then put together. */
const copies = 2;

const consequence =
  "it is damaged, or refers to data that was not captured; later segments can be opened where they do not refer to what is missing";
const goesOn = "later segments can be opened where they do not refer to what is missing";

const expandsTooFar = "segmented data holds more than 64 MiB, which nothing here needs";

/** The histories of a connection. If there are too many, the one that was used longest ago goes. */
export class SegmentHistories {
  readonly memory: ConnectionMemory;
  private readonly used: Readonly<Record<ZgfxVariant, Set<SegmentHistory>>> = { full: new Set(), lite: new Set() };

  constructor(memory: ConnectionMemory) {
    this.memory = memory;
  }

  /** A history for one dynamic channel and direction. It takes no memory until it is used. */
  make(variant: ZgfxVariant): SegmentHistory {
    return new SegmentHistory(variant, this);
  }

  /** A history is used, or is empty again. */
  note(history: SegmentHistory, used: boolean): void {
    const all = this.used[history.variant];
    all.delete(history);
    if (!used) return;
    all.add(history);
    const oldest = all.keys().next();
    if (all.size > kept[history.variant] && oldest.done !== true) oldest.value.lost();
  }
}

/**
 * Opens the segmented data of one direction of a dynamic channel. References go back by a distance,
 * so that after a loss it can start with an empty history: what refers to bytes before the loss is
 * refused, and all else is right.
 */
export class SegmentHistory {
  readonly variant: ZgfxVariant;
  private readonly histories: SegmentHistories;
  private decompressor: ZgfxDecompressor | undefined;
  /** The history is not empty. */
  private written = false;

  constructor(variant: ZgfxVariant, histories: SegmentHistories) {
    this.variant = variant;
    this.histories = histories;
  }

  /** The history is not what it should be. */
  lost(): void {
    this.decompressor = undefined;
    this.written = false;
    this.histories.note(this, false);
  }

  /** The bytes in segmented data, valid until the next call; or what is wrong with it. */
  open(source: Source, offset: number, end: number): Uint8Array | KnownTrouble {
    const { memory } = this.histories;
    this.histories.note(this, true);
    let fault: CompressionError | undefined;
    let full = false;
    const decode = zgfxSegmentDecoder((this.decompressor ??= new ZgfxDecompressor(this.variant)), (error) => {
      fault = error;
    });
    const unwrapped = unsegment(source, offset, end, {
      compressionType: types[this.variant],
      memoryFor: (size) => memory.scratch(size),
      decoder: (data, compressed) => {
        const most = copies * segmentSize[this.variant];
        full = !memory.lend(most);
        if (full) return undefined;
        const plain = decode(data, compressed);
        memory.unlend(most - copies * (plain?.length ?? 0));
        if (plain !== undefined) this.written = true;
        return plain;
      },
    });
    if (unwrapped.type === "data") return unwrapped.data;
    // A new one is large: while it is empty, the old one is as good.
    if (this.written) this.lost();
    if (full) return { trouble: "limit", detail: `${memory.detail}; ${goesOn}` };
    if (fault !== undefined) return { trouble: "compressed", detail: `${fault.message}; ${consequence}` };
    const rule = unwrapped.type === "problem" ? unwrapped.problem.rule : unwrapped.type;
    if (rule === "limit-exceeded") return { trouble: "limit", detail: `${expandsTooFar}; ${goesOn}` };
    return { trouble: "unknown", detail: `segmented data cannot be unwrapped (${rule}); ${goesOn}` };
  }
}
