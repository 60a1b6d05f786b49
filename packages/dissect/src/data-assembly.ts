import { DynamicChannelAssembler, type DynamicChannelResult } from "@railvail/transport";
import type { Source } from "@railvail/wire";
import type { Emitter } from "./emitter.js";
import { partOf } from "./part.js";
import type { Place } from "./place.js";

/**
 * Puts the data of one direction of a dynamic channel together, and says what does not fit. Each
 * byte ends up in a message or in a record of trouble.
 */
export class DataAssembly {
  /** Where its messages stand; the name of a channel may be learned late. */
  place: Place;
  private readonly emit: Emitter;
  private readonly limit: number | undefined;
  private assembler: DynamicChannelAssembler;
  /** A message has begun and not ended. */
  private open = false;
  /** Bytes to come of a message that is given up. */
  private dropping = 0;

  /** `limit` bounds a message in bytes. */
  constructor(emit: Emitter, place: Place, limit: number | undefined) {
    this.emit = emit;
    this.place = place;
    this.limit = limit;
    this.assembler = new DynamicChannelAssembler(limit);
  }

  /** Whether a message has begun and not ended, so that data continues it. */
  get unfinished(): boolean {
    return this.open || this.dropping > 0;
  }

  /** Takes the first part of a message of `length` bytes; gives the message if that is all. */
  first(source: Source, length: number, data: Uint8Array): Uint8Array | undefined {
    this.dropping = 0;
    const result = this.assembler.first(length, data);
    this.open = result.message === undefined && data.length < length;
    return this.result(source, data, result, length - data.length);
  }

  /** Takes a whole message or a further part; gives the message if there is one. */
  data(source: Source, data: Uint8Array): Uint8Array | undefined {
    if (this.dropping > 0) {
      this.report("limit-exceeded", source, data, true);
      this.dropping -= data.length;
      this.assembler.data(data);
      return undefined;
    }
    const result = this.assembler.data(data);
    this.open &&= result.message === undefined && result.problems.length === 0;
    return this.result(source, data, result, 0);
  }

  /** Bytes are missing, or no more will come: a message that has begun will not end. */
  lost(): void {
    if (this.unfinished) {
      if (this.open) this.emit.unfinished(this.place);
      this.assembler = new DynamicChannelAssembler(this.limit);
    }
    this.open = false;
    this.dropping = 0;
  }

  private result(source: Source, data: Uint8Array, result: DynamicChannelResult, left: number): Uint8Array | undefined {
    const { message, problems } = result;
    for (const { rule } of problems) {
      this.report(rule, source, data, rule !== "unfinished");
      if (rule === "limit-exceeded" && left > 0) {
        this.dropping = left;
        this.open = false;
      }
    }
    return message;
  }

  private report(rule: string, source: Source, data: Uint8Array, drops: boolean): void {
    // What was compressed does not stand in the source of the message.
    const part = partOf(source, data);
    const detail = `the parts of a message do not fit: ${rule}`;
    this.emit.trouble("incomplete", detail, this.place, part.source, part.offset, drops ? part.end : part.offset);
  }
}
