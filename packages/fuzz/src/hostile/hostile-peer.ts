import {
  segmentedEnd,
  type ChannelEnd,
  type ClientConnectionOutput,
  type SendMessage,
  type ServerConnectionOutput,
} from "@railvail/session";
import { channelNames, channels, type ChannelName } from "../generators/channels.js";
import type { Packet, Side } from "../packet.js";

/** What a hostile peer wants done: bytes to write, TLS to begin, the end. */
export type HostileOutput =
  | { readonly type: "bytes"; readonly segments: readonly Uint8Array[] }
  | { readonly type: "startTls"; readonly rest: Uint8Array }
  | { readonly type: "close" };

export type ConnectionOutput = ClientConnectionOutput | ServerConnectionOutput;

/** An end of a channel that says nothing of its own and hears nothing. */
class MuteEnd implements ChannelEnd {
  send: SendMessage | undefined;
  readonly wakeAt = undefined;

  opened(send: SendMessage): void {
    this.send = send;
  }

  received(): void {
    // Whatever the other side says, the packets are said.
  }

  closed(): void {
    this.send = undefined;
  }

  tick(): void {
    // It waits for nothing.
  }
}

/**
 * A peer that logs on as it should, and then says the packets it is given on the channels that they are for,
 * whatever the other side answers. It does no I/O: `receive` and `next` give what is to be done.
 */
export abstract class HostilePeer {
  private readonly packets: Packet[];
  private readonly ends = new Map<string, MuteEnd>();
  protected readonly outputs: HostileOutput[] = [];

  constructor(input: readonly Packet[], side: Side) {
    this.packets = input.filter(({ from }) => from === side);
  }

  /** Whether all packets were said. */
  get isDone(): boolean {
    return this.packets.length === 0;
  }

  /** The channels that are open: before the logon is over none, and dynamic ones when the server asks for them. */
  get openChannels(): readonly string[] {
    return [...this.ends].flatMap(([name, { send }]) => (send === undefined ? [] : [name]));
  }

  abstract receive(bytes: Uint8Array, now: number): readonly HostileOutput[];

  /** Says the next packet, if its channel is open; a packet for a channel that is not open is passed over. */
  next(now: number): readonly HostileOutput[] {
    const packet = this.packets.shift();
    if (packet !== undefined) this.say(packet, now);
    return this.flush();
  }

  protected abstract say(packet: Packet, now: number): void;

  protected sayOnChannel({ channel, bytes }: Packet): void {
    this.ends.get(channel)?.send?.(bytes);
  }

  /** The ends of all channels of a kind, each under its name on the wire. */
  protected endsOf(carrier: "static" | "dynamic"): [wireName: string, end: ChannelEnd][] {
    return channelNames
      .filter((name) => channels[name].carrier === carrier)
      .map((name) => [channels[name].wireName, this.end(name)]);
  }

  protected flush(): readonly HostileOutput[] {
    return this.outputs.splice(0);
  }

  /** What its own connection wants done; the rest is handed on. */
  protected perform(output: ConnectionOutput): void {
    if (output.type === "bytes" || output.type === "startTls") this.outputs.push(output);
    else if (output.type === "close") this.outputs.push({ type: "close" });
  }

  protected abstract wraps(channel: ChannelName): boolean;

  private end(name: ChannelName): ChannelEnd {
    const end = new MuteEnd();
    this.ends.set(name, end);
    return this.wraps(name) ? segmentedEnd(end, { side: "server" }) : end;
  }
}
