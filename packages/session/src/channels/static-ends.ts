import { ChannelFlags } from "@railvail/transport";
import type { StaticChannel } from "../connection/shared-state.js";
import type { ChannelEnd } from "./channel-end.js";
import { earliest, tickDue } from "./wakes.js";

/** Sends a message of a static channel, given in parts that are not copied. Times are milliseconds. */
export type SendOnChannel = (channel: StaticChannel, parts: readonly Uint8Array[], now: number) => void;

/** The `channelData` output of a connection. */
export interface ChannelData {
  readonly channel: StaticChannel;
  readonly data: Uint8Array;
  /** `ChannelFlags` */
  readonly flags: number;
}

const flowControl = ChannelFlags.CHANNEL_FLAG_SUSPEND | ChannelFlags.CHANNEL_FLAG_RESUME;

/** Ends of static channels. Their names are compared as a whole and without regard to case. */
export class StaticEnds {
  private readonly send: SendOnChannel;
  private readonly byName = new Map<string, ChannelEnd>();
  /** By MCS channel id; what is here is open. */
  private readonly byId = new Map<number, ChannelEnd>();
  private now = 0;

  constructor(send: SendOnChannel) {
    this.send = send;
  }

  /** The end of a channel, if there will be one of this name. To be said before channels are open. */
  add(name: string, end: ChannelEnd): void {
    this.byName.set(name.toLowerCase(), end);
  }

  /** Opens the ends of those channels that are joined and not open yet. */
  open(channels: readonly StaticChannel[], now: number): void {
    this.now = now;
    for (const channel of channels) {
      const end = this.byName.get(channel.name.toLowerCase());
      if (end === undefined || !channel.joined || channel.id === 0 || this.byId.has(channel.id)) continue;
      this.byId.set(channel.id, end);
      end.opened((...parts) => this.send(channel, parts, this.now), now);
    }
  }

  /** What has no end is passed over, and so are flow control chunks. */
  received({ channel, data, flags }: ChannelData, now: number): void {
    this.now = now;
    if (data.length === 0 && (flags & flowControl) !== 0) return;
    this.byId.get(channel.id)?.received(data, now);
  }

  closed(now: number): void {
    this.now = now;
    const ends = [...this.byId.values()];
    this.byId.clear();
    for (const end of ends) end.closed(now);
  }

  get wakeAt(): number | undefined {
    return earliest(this.byName.values());
  }

  /** Ticks the ends whose time has come. */
  tick(now: number): void {
    this.now = now;
    tickDue(this.byName.values(), now);
  }

  /** The time, for what is sent from outside. */
  passTo(now: number): void {
    this.now = now;
  }
}
