import { ZgfxDecompressor } from "./compression/zgfx-decompressor.js";
import { zgfxSegmentDecoder } from "./compression/zgfx-segments.js";
import type { DrdynvcPart } from "./drdynvc-machine.js";
import { DynamicChannelAssembler, type DynamicChannelProblem } from "./dynamic-channel.js";
import type { MessageMemory } from "./message-memory.js";
import { SegmentCompression } from "./pdu/segmented-data.js";
import { unsegmentBytes } from "./segmented-data.js";

export interface DrdynvcReceiverOptions {
  /** Bytes of the largest message; 64 MiB unless said otherwise. */
  readonly maximumMessage?: number;
  /** Bytes of all messages that are not whole yet; 128 MiB unless said otherwise. */
  readonly maximumMemory?: number;
}

/** What does not fit in the data of a channel. */
export type DrdynvcDataProblem =
  | DynamicChannelProblem
  /**
   * Compressed data cannot be opened; it is dropped, with the message that it is a part of. How much of the
   * message it was is not known, so what comes next may be taken for the rest of it.
   */
  | { readonly rule: "broken-data" };

/** What a part led to. */
export interface DrdynvcReceived {
  /** A whole message, valid until the next part comes or the memory of the part is used again. */
  readonly message: Uint8Array | undefined;
  readonly problems: readonly DrdynvcDataProblem[];
}

interface Channel {
  readonly assembler: DynamicChannelAssembler;
  decompressor: ZgfxDecompressor | undefined;
}

const noData = new Uint8Array(0);
const mebibyte = 1024 * 1024;
const noLimit: MessageMemory = { take: () => true, give: () => {} };

/**
 * Carries out the `part` outputs of a drdynvc machine: it opens what is compressed, and puts messages
 * together, within one limit for all channels. It never throws.
 */
export class DrdynvcReceiver {
  private readonly channels = new Map<number, Channel>();
  private readonly maximumMessage: number;
  private readonly memory: MessageMemory;

  constructor({ maximumMessage = 64 * mebibyte, maximumMemory = 128 * mebibyte }: DrdynvcReceiverOptions = {}) {
    this.maximumMessage = maximumMessage;
    this.memory = maximumMemory === Number.POSITIVE_INFINITY ? noLimit : limited(maximumMemory);
  }

  part({ channelId, length, compressed, data }: DrdynvcPart): DrdynvcReceived {
    const channel = this.channel(channelId);
    const { assembler } = channel;
    const plain = compressed ? opened(channel, data) : data;
    if (plain === undefined) {
      const problems = length === undefined ? [] : assembler.first(length, noData).problems;
      assembler.drop();
      return { message: undefined, problems: [...problems, { rule: "broken-data" }] };
    }
    return length === undefined ? assembler.data(plain) : assembler.first(length, plain);
  }

  /** The channel is closed: a message that has begun is dropped. */
  forget(channelId: number): void {
    this.channels.get(channelId)?.assembler.drop();
    this.channels.delete(channelId);
  }

  /** The static channel is closed. */
  reset(): void {
    for (const channelId of this.channels.keys()) this.forget(channelId);
  }

  private channel(channelId: number): Channel {
    const known = this.channels.get(channelId);
    if (known !== undefined) return known;
    const made = { assembler: new DynamicChannelAssembler(this.maximumMessage, this.memory), decompressor: undefined };
    this.channels.set(channelId, made);
    return made;
  }
}

/** Each channel has a history of its own, [MS-RDPEDYC] 3.1.5.2.5. */
function opened(channel: Channel, data: Uint8Array): Uint8Array | undefined {
  channel.decompressor ??= new ZgfxDecompressor("lite");
  const { PACKET_COMPR_TYPE_RDP8_LITE: compressionType } = SegmentCompression;
  const decoder = zgfxSegmentDecoder(channel.decompressor);
  const plain = unsegmentBytes(data, { compressionType, decoder });
  if (plain.type === "data") return plain.data;
  // What comes may still be right, where it does not refer to what is lost.
  channel.decompressor = undefined;
  return undefined;
}

function limited(limit: number): MessageMemory {
  let held = 0;
  return {
    take(size) {
      if (held + size > limit) return false;
      held += size;
      return true;
    },
    give(size) {
      held -= size;
    },
  };
}
