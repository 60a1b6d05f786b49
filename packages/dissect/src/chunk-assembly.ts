import {
  ChannelFlags,
  StaticChannelAssembler,
  type StaticChannelChunk,
  type StaticChannelProblem,
} from "@railvail/transport";
import type { Source } from "@railvail/wire";
import type { Emitter } from "./emitter.js";
import { partOf } from "./part.js";
import type { Place } from "./place.js";

/** Problems after which bytes of the channel are missing. */
const losing: ReadonlySet<StaticChannelProblem["rule"]> = new Set([
  "not-first",
  "unfinished",
  "limit-exceeded",
  "compressed",
]);
/** Problems after which the bytes of the chunk itself are given up. */
const dropping: ReadonlySet<StaticChannelProblem["rule"]> = new Set(["not-first", "limit-exceeded", "compressed"]);

const { CHANNEL_FLAG_FIRST: first, CHANNEL_FLAG_LAST: last } = ChannelFlags;

/**
 * Puts the chunks of one direction of a static channel together, and says what does not fit. Each
 * byte ends up in a message or in a record of trouble.
 */
export class ChunkAssembly {
  /** Where its messages stand; the name of a channel may be learned late. */
  place: Place;
  private readonly emit: Emitter;
  private readonly limit: number | undefined;
  private assembler: StaticChannelAssembler;
  /** A message has begun and not ended. */
  private open = false;
  /** Why the message that has begun is given up. */
  private dropped: StaticChannelProblem["rule"] | undefined;
  /** Why the chunk that was compressed last could not be opened. */
  private unopened = "";

  /** `limit` bounds a message in bytes. */
  constructor(emit: Emitter, place: Place, limit: number | undefined) {
    this.emit = emit;
    this.place = place;
    this.limit = limit;
    this.assembler = new StaticChannelAssembler(limit);
  }

  /**
   * Takes a chunk; gives a whole message, or `lost` if bytes of the channel are missing here.
   * `unopened` says why a chunk is still compressed.
   */
  accept(source: Source, chunk: StaticChannelChunk, unopened?: string): Uint8Array | "lost" | undefined {
    if (unopened !== undefined) this.unopened = unopened;
    if (this.dropped !== undefined && (chunk.flags & first) === 0) {
      this.drop(this.dropped, source, chunk);
      return undefined;
    }
    this.dropped = undefined;
    const { message, problems } = this.assembler.accept(chunk);
    const begun = this.open && (chunk.flags & first) === 0;
    this.open = message === undefined && (chunk.flags & last) === 0;
    let lost = false;
    for (const { rule } of problems) {
      const drops = dropping.has(rule);
      this.report(rule, source, chunk.data, drops);
      if (drops && rule !== "not-first") {
        if (begun) this.emit.unfinished(this.place);
        if (this.open) this.dropped = rule;
      }
      lost ||= losing.has(rule);
    }
    if (message === undefined) return lost ? "lost" : undefined;
    return message.data;
  }

  /** Bytes are missing, or no more will come: a message that has begun will not end. */
  lost(): void {
    if (this.open) {
      if (this.dropped === undefined) this.emit.unfinished(this.place);
      this.assembler = new StaticChannelAssembler(this.limit);
    }
    this.open = false;
    this.dropped = undefined;
  }

  private drop(rule: StaticChannelProblem["rule"], source: Source, chunk: StaticChannelChunk): void {
    this.report(rule, source, chunk.data, true);
    this.assembler.accept(chunk);
    if ((chunk.flags & last) === 0) return;
    this.open = false;
    this.dropped = undefined;
  }

  private report(rule: StaticChannelProblem["rule"], source: Source, data: Uint8Array, drops: boolean): void {
    // What was compressed does not stand in the source of the chunk.
    const part = partOf(source, data);
    const end = drops ? part.end : part.offset;
    const trouble = rule === "compressed" ? "compressed" : "incomplete";
    const detail = rule === "compressed" ? this.unopened : `the chunks of a message do not fit: ${rule}`;
    this.emit.trouble(trouble, detail, this.place, part.source, part.offset, end);
  }
}
