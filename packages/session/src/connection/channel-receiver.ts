import { ChannelPdu, StaticChannelAssembler, type MessageMemory } from "@railvail/transport";
import { DecodeError, type Source } from "@railvail/wire";
import type { ConnectionRule } from "./rules.js";
import { channelsOpen, type SharedState, type StaticChannel } from "./shared-state.js";

/** How much a connection holds. */
export interface ConnectionLimits {
  /** Bytes of the largest message of a static channel; 64 MiB unless said otherwise. */
  readonly channelMessage?: number;
  /** Bytes of all messages of static channels that are not whole yet; 128 MiB unless said otherwise. */
  readonly channelMemory?: number;
}

/** What came of chunks. */
export interface ChannelSink {
  message(channel: StaticChannel, data: Uint8Array, flags: number): void;
  problem(rule: ConnectionRule, detail: string): void;
}

const mebibyte = 1024 * 1024;

/** Puts the messages of all static channels together, within one limit. */
export class ChannelReceiver {
  private readonly assemblers = new Map<number, StaticChannelAssembler>();
  private readonly limits: ConnectionLimits;
  private readonly sink: ChannelSink;
  private readonly memory: MessageMemory;

  constructor(limits: ConnectionLimits, sink: ChannelSink) {
    const { channelMemory = 128 * mebibyte } = limits;
    let held = 0;
    this.limits = limits;
    this.sink = sink;
    this.memory = {
      take(size) {
        if (held + size > channelMemory) return false;
        held += size;
        return true;
      },
      give(size) {
        held -= size;
      },
    };
  }

  /** Data on an MCS channel. A channel that is not known costs nothing. */
  accept({ channels, phase }: SharedState, id: number, source: Source, offset: number, end: number): void {
    const channel = id === 0 ? undefined : channels.find((one) => one.id === id);
    if (channel === undefined) {
      this.sink.problem("unknown-channel", `channel ${id}`);
      return;
    }
    if (!channel.joined) this.sink.problem("not-joined", channel.name);
    if (!channelsOpen(phase)) this.sink.problem("channel-early", `${channel.name} during ${phase}`);
    try {
      const chunk = ChannelPdu.read(source, offset, end);
      const { message, problems } = this.assembler(id).accept(chunk);
      for (const { rule } of problems) this.sink.problem("channel-chunk", `${channel.name}: ${rule}`);
      if (message !== undefined) this.sink.message(channel, message.data, message.flags);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      this.sink.problem("malformed", error.message);
    }
  }

  private assembler(id: number): StaticChannelAssembler {
    let assembler = this.assemblers.get(id);
    if (assembler === undefined) {
      assembler = new StaticChannelAssembler(this.limits.channelMessage ?? 64 * mebibyte, this.memory);
      this.assemblers.set(id, assembler);
    }
    return assembler;
  }
}
