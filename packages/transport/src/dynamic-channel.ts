import type { Arena } from "@railvail/wire";
import { GatheredBytes } from "./gathered-bytes.js";
import type { MessageMemory } from "./message-memory.js";
import { PartReader } from "./part-reader.js";
import { Data, DataFirst } from "./pdu/drdynvc-data.js";

/** What does not fit in the data of a dynamic channel. Sizes are in bytes. */
export type DynamicChannelProblem =
  /** A new message began before the one before was complete, which was dropped. */
  | { readonly rule: "unfinished"; readonly declared: number; readonly received: number }
  /** More came than the first part stated; the message was dropped. */
  | { readonly rule: "too-much-data"; readonly declared: number; readonly received: number }
  /** The message is larger than allowed; its parts are dropped. */
  | { readonly rule: "limit-exceeded"; readonly size: number; readonly limit: number }
  /** There is no memory for the message; its parts are dropped. */
  | { readonly rule: "memory-exceeded"; readonly size: number };

/** What one data PDU led to. */
export interface DynamicChannelResult {
  /**
   * A whole message: a view of the PDU's data if it came in one PDU, valid as long as that;
   * memory of its own if it came in several.
   */
  readonly message: Uint8Array | undefined;
  readonly problems: readonly DynamicChannelProblem[];
}

const nothing: DynamicChannelResult = { message: undefined, problems: [] };

/**
 * Puts the data of one direction of one dynamic channel together ([MS-RDPEDYC] 3.1.5.2.3). A
 * message is complete when as many bytes have come as its first part stated, also when that part
 * holds them all. It never throws; after a problem it goes on with the next message. Compressed
 * data is decompressed before.
 */
export class DynamicChannelAssembler {
  private readonly limit: number;
  private readonly gathered: GatheredBytes;
  /** The stated size of the open message; undefined if none is open. */
  private declared: number | undefined;
  /** Bytes to come of a message that is dropped. */
  private dropping = 0;

  /**
   * `maximumSize` bounds a message in bytes; 64 MiB unless said otherwise. `memory` is asked for
   * what messages take that come in several parts; without one it is not limited.
   */
  constructor(maximumSize = 64 * 1024 * 1024, memory?: MessageMemory) {
    this.limit = maximumSize;
    this.gathered = new GatheredBytes(memory);
  }

  /** Bytes to come of a message that is given up; they are dropped. */
  get dropped(): number {
    return this.dropping;
  }

  /** Takes the first part of a message of `length` bytes (`DataFirst`). */
  first(length: number, data: Uint8Array): DynamicChannelResult {
    const problems: DynamicChannelProblem[] = [];
    if (this.declared !== undefined) {
      const received = this.gathered.take().length;
      problems.push({ rule: "unfinished", declared: this.declared, received });
      this.declared = undefined;
    }
    this.dropping = 0;
    if (data.length > length) {
      problems.push({ rule: "too-much-data", declared: length, received: data.length });
    } else if (length > this.limit) {
      problems.push({ rule: "limit-exceeded", size: length, limit: this.limit });
      this.dropping = length - data.length;
    } else if (data.length === length) return { message: data, problems };
    else {
      this.declared = length;
      if (!this.gathered.append(data, length)) problems.push(this.withoutMemory(data));
    }
    return problems.length === 0 ? nothing : { message: undefined, problems };
  }

  /** Takes a whole message or a further part of the open one (`Data`). */
  data(data: Uint8Array): DynamicChannelResult {
    if (this.dropping > 0) {
      this.dropping -= data.length;
      return nothing;
    }
    const { declared } = this;
    if (declared === undefined) {
      if (data.length <= this.limit) return { message: data, problems: [] };
      const { limit } = this;
      return {
        message: undefined,
        problems: [{ rule: "limit-exceeded", size: data.length, limit }],
      };
    }
    const received = this.gathered.length + data.length;
    if (received > declared) {
      this.declared = undefined;
      this.gathered.take();
      return { message: undefined, problems: [{ rule: "too-much-data", declared, received }] };
    }
    if (!this.gathered.append(data, declared)) return { message: undefined, problems: [this.withoutMemory(data)] };
    if (received < declared) return nothing;
    this.declared = undefined;
    return { message: this.gathered.take(), problems: [] };
  }

  /** Gives up the open message, if there is one: the parts that are missing of it are dropped. */
  drop(): void {
    if (this.declared === undefined) return;
    this.dropping = this.declared - this.gathered.length;
    this.declared = undefined;
    this.gathered.take();
  }

  private withoutMemory(data: Uint8Array): DynamicChannelProblem {
    const size = this.gathered.length + data.length;
    this.drop();
    this.dropping -= data.length;
    return { rule: "memory-exceeded", size };
  }
}

const noData = new Uint8Array(0);

/**
 * Cuts a message into DYNVC_DATA_FIRST and DYNVC_DATA, or one DYNVC_DATA if it fits: for each PDU
 * its header, made in `arena`, and views of the message. A PDU has at most `maximumSize` bytes
 * with its header: 1600, so that it fits one chunk of the static channel.
 */
export function fragmentDynamicMessage(
  channelId: number,
  message: readonly Uint8Array[],
  arena: Arena,
  maximumSize = 1600,
): Uint8Array[][] {
  const reader = new PartReader(message);
  const length = reader.remaining;
  const following = { sp: 0, channelId, data: noData };
  const room = Math.max(1, maximumSize - Data.size(following));
  const pdus: Uint8Array[][] = [];
  if (length > room) {
    const first = { channelId, length, data: noData };
    const part = reader.take(Math.max(1, maximumSize - DataFirst.size(first)));
    pdus.push([...DataFirst.segments(first, arena), ...part]);
  }
  while (reader.remaining > 0 || pdus.length === 0) {
    const part = reader.take(room);
    pdus.push([...Data.segments(following, arena), ...part]);
  }
  return pdus;
}
