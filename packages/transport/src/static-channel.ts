import type { Arena } from "@railvail/wire";
import { GatheredBytes } from "./gathered-bytes.js";
import type { MessageMemory } from "./message-memory.js";
import { PartReader } from "./part-reader.js";
import { ChannelFlags, ChannelPdu, defaultChannelChunkSize } from "./pdu/channel-pdu.js";

/** What does not fit in the chunks of a static channel. Sizes are in bytes. */
export type StaticChannelProblem =
  /** A chunk that continues a message, and there is none; it was dropped. */
  | { readonly rule: "not-first"; readonly dropped: number }
  /** A new message began before the last chunk of the one before, which was dropped. */
  | { readonly rule: "unfinished"; readonly declared: number; readonly received: number }
  /** A later chunk states another total than the first one, which counts. */
  | { readonly rule: "total-changed"; readonly declared: number; readonly stated: number }
  /** The message is complete by its flags, and not of the size it stated; it is handed on. */
  | { readonly rule: "length-differs"; readonly declared: number; readonly received: number }
  /** The message is larger than allowed; its chunks are dropped. */
  | { readonly rule: "limit-exceeded"; readonly size: number; readonly limit: number }
  /** There is no memory for the message; its chunks are dropped. */
  | { readonly rule: "memory-exceeded"; readonly size: number }
  /** The chunk is still compressed, so its message cannot be put together; it is dropped. */
  | { readonly rule: "compressed"; readonly dropped: number };

/** A whole message of a static channel. */
export interface StaticChannelMessage {
  /**
   * A view of the chunk if the message came in one chunk, valid as long as that; memory of its
   * own if it came in several.
   */
  readonly data: Uint8Array;
  /** The `ChannelFlags` of all its chunks together. */
  readonly flags: number;
}

/** What one chunk led to. */
export interface StaticChannelResult {
  readonly message: StaticChannelMessage | undefined;
  readonly problems: readonly StaticChannelProblem[];
}

/** One chunk, as `ChannelPdu` decodes it. */
export interface StaticChannelChunk {
  readonly length: number;
  readonly flags: number;
  readonly data: Uint8Array;
}

const nothing: StaticChannelResult = { message: undefined, problems: [] };
const complete = (
  data: Uint8Array,
  flags: number,
  problems: readonly StaticChannelProblem[] = [],
): StaticChannelResult => ({ message: { data, flags }, problems });

const { CHANNEL_FLAG_FIRST: first, CHANNEL_FLAG_LAST: last, CHANNEL_PACKET_COMPRESSED: compressed } = ChannelFlags;
const flowControl = ChannelFlags.CHANNEL_FLAG_SUSPEND | ChannelFlags.CHANNEL_FLAG_RESUME;

/**
 * Puts the chunks of one direction of one static channel together ([MS-RDPBCGR] 3.1.5.2.2).
 * It never throws; after a problem it goes on with the next message.
 *
 * Compressed chunks are decompressed before, with CHANNEL_PACKET_COMPRESSED taken out of `flags`.
 */
export class StaticChannelAssembler {
  private readonly limit: number;
  private readonly gathered: GatheredBytes;
  private state: "idle" | "open" | "dropping" = "idle";
  private declared = 0;
  private flags = 0;

  /**
   * `maximumSize` bounds a message in bytes; 64 MiB unless said otherwise. `memory` is asked for
   * what messages take that come in several chunks; without one it is not limited.
   */
  constructor(maximumSize = 64 * 1024 * 1024, memory?: MessageMemory) {
    this.limit = maximumSize;
    this.gathered = new GatheredBytes(memory);
  }

  /** Takes the next chunk. Its bytes are copied, or handed out in the result. */
  accept(chunk: StaticChannelChunk): StaticChannelResult {
    const { data, flags } = chunk;
    if ((flags & flowControl) !== 0 && data.length === 0) return complete(data, flags);
    if (this.continues(chunk) && this.gathered.append(data, this.declared)) {
      this.flags |= flags;
      return nothing;
    }
    const problems: StaticChannelProblem[] = [];
    const result = (): StaticChannelResult => (problems.length === 0 ? nothing : { message: undefined, problems });
    if ((flags & first) !== 0) this.begin(chunk, problems);
    else if (this.state === "open" && chunk.length !== this.declared) {
      problems.push({ rule: "total-changed", declared: this.declared, stated: chunk.length });
    } else if (this.state === "idle") {
      problems.push({ rule: "not-first", dropped: data.length });
      return result();
    }
    if (this.state === "open") this.take(chunk, problems);
    if ((flags & last) === 0) return result();
    const finished = this.state === "open";
    this.state = "idle";
    if (!finished) return result();
    const all = (flags & first) !== 0 ? data : this.gathered.take();
    if (all.length !== this.declared) {
      problems.push({ rule: "length-differs", declared: this.declared, received: all.length });
    }
    return complete(all, this.flags, problems);
  }

  /** Gives up the open message, if there is one: the rest of its chunks is dropped. */
  drop(): void {
    if (this.state !== "open") return;
    this.gathered.take();
    this.state = "dropping";
  }

  /** A middle chunk in good order, as most chunks of large messages are. */
  private continues({ length, flags, data }: StaticChannelChunk): boolean {
    return (
      this.state === "open" &&
      (flags & (first | last | compressed)) === 0 &&
      length === this.declared &&
      this.gathered.length + data.length <= this.limit
    );
  }

  private begin(chunk: StaticChannelChunk, problems: StaticChannelProblem[]): void {
    if (this.state === "open") {
      const received = this.gathered.take().length;
      problems.push({ rule: "unfinished", declared: this.declared, received });
    }
    this.state = "open";
    this.declared = chunk.length;
    this.flags = 0;
  }

  /** Adds a chunk to the open message; one that is both first and last stays where it lies. */
  private take(chunk: StaticChannelChunk, problems: StaticChannelProblem[]): void {
    const { data, flags } = chunk;
    const size = Math.max(this.declared, this.gathered.length + data.length);
    if ((flags & compressed) !== 0) problems.push({ rule: "compressed", dropped: data.length });
    else if (size > this.limit) problems.push({ rule: "limit-exceeded", size, limit: this.limit });
    else if ((flags & (first | last)) !== (first | last) && !this.gathered.append(data, this.declared)) {
      problems.push({ rule: "memory-exceeded", size });
    } else {
      this.flags |= flags;
      return;
    }
    this.drop();
  }
}

const noData = new Uint8Array(0);

/** How a message is cut for a static channel. */
export interface StaticChunkOptions {
  /** The most bytes of data in a chunk; 1600 unless both sides agreed on another size. */
  readonly chunkSize?: number;
  /** `ChannelFlags` for every chunk, such as CHANNEL_FLAG_SHOW_PROTOCOL. */
  readonly flags?: number;
}

/**
 * Cuts a message into chunks: for each its header, made in `arena`, and views of the message.
 * An empty message is one chunk.
 */
export function chunkStaticMessage(
  message: readonly Uint8Array[],
  arena: Arena,
  { chunkSize = defaultChannelChunkSize, flags = 0 }: StaticChunkOptions = {},
): Uint8Array[][] {
  const reader = new PartReader(message);
  const length = reader.remaining;
  const chunks: Uint8Array[][] = [];
  let place: number = first;
  do {
    const parts = reader.take(Math.max(1, chunkSize));
    if (reader.remaining === 0) place |= last;
    const head = { length, flags: (flags | place) >>> 0, data: noData };
    chunks.push([...ChannelPdu.segments(head, arena), ...parts]);
    place = 0;
  } while (reader.remaining > 0);
  return chunks;
}
