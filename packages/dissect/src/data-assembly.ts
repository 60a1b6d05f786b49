import { DynamicChannelAssembler, type DynamicChannelProblem, type DynamicChannelResult } from "@railvail/transport";
import type { Source } from "@railvail/wire";
import { tooLarge } from "./chunk-assembly.js";
import type { ConnectionMemory, MemoryShare } from "./connection-memory.js";
import type { Emitter } from "./emitter.js";
import { partOf } from "./part.js";
import type { Place } from "./place.js";

type Rule = DynamicChannelProblem["rule"];

const sentences: Readonly<Record<Exclude<Rule, "limit-exceeded" | "memory-exceeded">, string>> = {
  unfinished: "a new message begins before the last part of the one before, which is given up (unfinished)",
  "too-much-data": "more comes than the first part of the message states, so it is given up (too-much-data)",
};

/**
 * Puts the data of one direction of a dynamic channel together, and says what does not fit. Each
 * byte ends up in a message or in a record of trouble.
 */
export class DataAssembly {
  /** Where its messages stand; the name of a channel may be learned late. */
  place: Place;
  private readonly emit: Emitter;
  private readonly limit: number | undefined;
  private readonly memory: ConnectionMemory;
  private readonly share: MemoryShare;
  private assembler: DynamicChannelAssembler;
  /** A message has begun and not ended. */
  private open = false;
  /** Why the parts that come are dropped, if they are. */
  private dropped: Rule = "limit-exceeded";

  /** `limit` bounds a message in bytes. */
  constructor(emit: Emitter, place: Place, limit: number | undefined, memory: ConnectionMemory) {
    this.emit = emit;
    this.place = place;
    this.limit = limit;
    this.memory = memory;
    this.share = memory.share(() => this.giveUp());
    this.assembler = new DynamicChannelAssembler(limit, this.share);
  }

  /** Whether a message has begun and not ended, so that data continues it. */
  get unfinished(): boolean {
    return this.open || this.assembler.dropped > 0;
  }

  /** Takes the first part of a message of `length` bytes; gives the message if that is all. */
  first(source: Source, length: number, data: Uint8Array): Uint8Array | undefined {
    const result = this.assembler.first(length, data);
    this.open = result.problems.every(({ rule }) => rule === "unfinished") && data.length < length;
    return this.result(source, data, result);
  }

  /** Takes a whole message or a further part; gives the message if there is one. */
  data(source: Source, data: Uint8Array): Uint8Array | undefined {
    if (this.assembler.dropped > 0) {
      this.report(this.dropped, source, data, true);
      this.assembler.data(data);
      return undefined;
    }
    const result = this.assembler.data(data);
    const begun = this.open;
    this.open &&= result.message === undefined && result.problems.length === 0;
    if (begun && result.problems.some(({ rule }) => rule === "memory-exceeded")) {
      this.emit.abandoned("limit", this.memory.detail, this.place);
    }
    // The assembler has just given back what it put together, so there is room while it is read.
    if (begun && result.message !== undefined) this.memory.lendWhole(result.message);
    return this.result(source, data, result);
  }

  /** Bytes are missing, or no more will come: a message that has begun will not end. */
  lost(): void {
    if (this.unfinished) {
      if (this.open) this.emit.unfinished(this.place);
      this.assembler.drop();
      this.assembler = new DynamicChannelAssembler(this.limit, this.share);
    }
    this.open = false;
  }

  /** Others need the memory that the unfinished message takes. */
  private giveUp(): void {
    this.assembler.drop();
    this.open = false;
    this.dropped = "memory-exceeded";
    this.emit.abandoned("limit", this.memory.detail, this.place);
  }

  private result(
    source: Source,
    data: Uint8Array,
    { message, problems }: DynamicChannelResult,
  ): Uint8Array | undefined {
    for (const { rule } of problems) {
      this.report(rule, source, data, rule !== "unfinished");
      this.dropped = rule;
    }
    return message;
  }

  private report(rule: Rule, source: Source, data: Uint8Array, drops: boolean): void {
    // What was compressed does not stand in the source of the message.
    const { source: own, offset, end } = partOf(source, data);
    const stop = drops ? end : offset;
    switch (rule) {
      case "limit-exceeded":
        return this.emit.trouble("limit", tooLarge(this.limit), this.place, own, offset, stop);
      case "memory-exceeded":
        return this.emit.trouble("limit", this.memory.detail, this.place, own, offset, stop);
      default:
        return this.emit.trouble("incomplete", sentences[rule], this.place, own, offset, stop);
    }
  }
}
