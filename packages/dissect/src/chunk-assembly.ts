import {
  ChannelFlags,
  StaticChannelAssembler,
  type StaticChannelChunk,
  type StaticChannelProblem,
} from "@railvail/transport";
import type { Source } from "@railvail/wire";
import type { ConnectionMemory, MemoryShare } from "./connection-memory.js";
import type { Emitter } from "./emitter.js";
import { partOf } from "./part.js";
import type { Place } from "./place.js";

type Rule = StaticChannelProblem["rule"];

/** Problems after which bytes of the channel are missing. */
const losing: ReadonlySet<Rule> = new Set([
  "not-first",
  "unfinished",
  "limit-exceeded",
  "memory-exceeded",
  "compressed",
]);
/** Problems after which the bytes of the chunk itself are given up. */
const dropping: ReadonlySet<Rule> = new Set(["not-first", "limit-exceeded", "memory-exceeded", "compressed"]);

const sentences: Readonly<Record<Exclude<Rule, "limit-exceeded" | "memory-exceeded" | "compressed">, string>> = {
  "not-first": "it continues a message whose first chunk is missing, so it cannot be read (not-first)",
  unfinished: "a new message begins before the last chunk of the one before, which is given up (unfinished)",
  "total-changed": "it states another total than the first chunk of the message, which counts (total-changed)",
  "length-differs": "the message is not of the size that it states, and read as it is (length-differs)",
};

const { CHANNEL_FLAG_FIRST: first, CHANNEL_FLAG_LAST: last } = ChannelFlags;
const single = first | last;

/**
 * Puts the chunks of one direction of a static channel together, and says what does not fit. Each
 * byte ends up in a message or in a record of trouble.
 */
export class ChunkAssembly {
  /** Where its messages stand; the name of a channel may be learned late. */
  place: Place;
  private readonly emit: Emitter;
  private readonly limit: number | undefined;
  private readonly memory: ConnectionMemory;
  private readonly share: MemoryShare;
  private assembler: StaticChannelAssembler;
  /** A message has begun and not ended. */
  private open = false;
  /** Why the message that has begun is given up. */
  private dropped: Rule | undefined;
  /** Why the chunk that was compressed last could not be opened. */
  private unopened = "";

  /** `limit` bounds a message in bytes. */
  constructor(emit: Emitter, place: Place, limit: number | undefined, memory: ConnectionMemory) {
    this.emit = emit;
    this.place = place;
    this.limit = limit;
    this.memory = memory;
    this.share = memory.share(() => this.giveUp());
    this.assembler = new StaticChannelAssembler(limit, this.share);
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
    for (const problem of problems) {
      const { rule } = problem;
      const drops = dropping.has(rule);
      if (drops && begun && rule !== "not-first") {
        if (rule === "memory-exceeded") this.emit.abandoned("limit", this.memory.detail, this.place);
        else this.emit.unfinished(this.place);
      }
      this.report(rule, source, chunk.data, drops);
      if (drops && rule !== "not-first" && this.open) this.dropped = rule;
      lost ||= losing.has(rule);
    }
    if (message === undefined) return lost ? "lost" : undefined;
    // The assembler has just given back what it put together, so there is room while it is read.
    if ((chunk.flags & single) !== single) this.memory.lendWhole(message.data);
    return message.data;
  }

  /** No message has begun, and none is given up. */
  get idle(): boolean {
    return !this.open && this.dropped === undefined;
  }

  /** Bytes are missing, or no more will come: a message that has begun will not end. */
  lost(): void {
    if (this.open) {
      if (this.dropped === undefined) this.emit.unfinished(this.place);
      this.assembler.drop();
      this.assembler = new StaticChannelAssembler(this.limit, this.share);
    }
    this.open = false;
    this.dropped = undefined;
  }

  /** Others need the memory that the unfinished message takes. */
  private giveUp(): void {
    this.assembler.drop();
    this.dropped = "memory-exceeded";
    this.emit.abandoned("limit", this.memory.detail, this.place);
  }

  private drop(rule: Rule, source: Source, chunk: StaticChannelChunk): void {
    this.report(rule, source, chunk.data, true);
    this.assembler.accept(chunk);
    if ((chunk.flags & last) === 0) return;
    this.open = false;
    this.dropped = undefined;
  }

  private report(rule: Rule, source: Source, data: Uint8Array, drops: boolean): void {
    // What was compressed does not stand in the source of the chunk.
    const { source: own, offset, end } = partOf(source, data);
    const stop = drops ? end : offset;
    switch (rule) {
      case "compressed":
        return this.emit.trouble("compressed", this.unopened, this.place, own, offset, stop);
      case "limit-exceeded":
        return this.emit.trouble("limit", tooLarge(this.limit), this.place, own, offset, stop);
      case "memory-exceeded":
        return this.emit.trouble("limit", this.memory.detail, this.place, own, offset, stop);
      default:
        return this.emit.trouble("incomplete", sentences[rule], this.place, own, offset, stop);
    }
  }
}

/** Why a message is not put together; `limit` is undefined if it is the usual one. */
export const tooLarge = (limit: number | undefined): string =>
  limit === undefined
    ? "its message would be larger than 64 MiB, which nothing here needs, and is not put together"
    : `its message would be larger than ${limit} bytes, and no reader of the channel is there to need it`;
