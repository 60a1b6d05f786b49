import type { ChannelEnd, SendMessage } from "../src/channels/channel-end.js";
import type { ChannelsHost } from "../src/channels/channels.js";
/** Channels of a server and of a client without a connection: their messages wait until they are delivered. */
import { ClientChannels } from "../src/channels/client-channels.js";
import type { ClientDynamicOptions } from "../src/channels/client-dynamic-ends.js";
import { ServerChannels } from "../src/channels/server-channels.js";
import type { ServerDynamicOptions } from "../src/channels/server-dynamic-ends.js";
import type { StaticChannel } from "../src/connection/shared-state.js";

export type Side = "client" | "server";
export const other = (side: Side): Side => (side === "client" ? "server" : "client");

export const staticChannel = (name: string, id: number, joined = true): StaticChannel => ({
  name,
  id,
  options: 0,
  joined,
});

/** An end that writes down what happens to it. */
export class NotingEnd implements ChannelEnd {
  readonly messages: Uint8Array[] = [];
  /** `opened` and `closed`, in turn. */
  readonly life: string[] = [];
  readonly ticks: number[] = [];
  send: SendMessage = () => {
    throw new Error("the end was never open");
  };
  wakeAt: number | undefined;

  opened(send: SendMessage): void {
    this.life.push("opened");
    this.send = send;
  }

  /** A copy, because the memory may be used again. */
  received(message: Uint8Array): void {
    this.messages.push(message.slice());
  }

  closed(): void {
    this.life.push("closed");
  }

  tick(now: number): void {
    this.ticks.push(now);
    this.wakeAt = undefined;
  }

  get isOpen(): boolean {
    return this.life.at(-1) === "opened";
  }
}

interface OnItsWay {
  readonly channel: StaticChannel;
  readonly parts: readonly Uint8Array[];
}

export class ChannelLoop {
  readonly server: ServerChannels;
  readonly client: ClientChannels;
  readonly violations: string[] = [];
  readonly wire: Record<Side, OnItsWay[]> = { client: [], server: [] };
  readonly channels: readonly StaticChannel[];
  now = 0;

  constructor(
    server: ServerDynamicOptions = {},
    client: ClientDynamicOptions = {},
    channels: readonly StaticChannel[] = [staticChannel("drdynvc", 1004)],
  ) {
    this.channels = channels;
    this.server = new ServerChannels(this.host("server"), server);
    this.client = new ClientChannels(this.host("client"), client);
  }

  open(): void {
    this.client.open(this.channels, this.now);
    this.server.open(this.channels, this.now);
  }

  /** The connection is gone, with all that is on its way. */
  cut(): void {
    this.wire.client.length = 0;
    this.wire.server.length = 0;
    this.client.closed(this.now);
    this.server.closed(this.now);
  }

  deliver(to: Side, count = Infinity): void {
    const queue = this.wire[to];
    for (const { channel, parts } of queue.splice(0, Math.min(count, queue.length))) {
      const [only] = parts;
      const data = parts.length === 1 && only !== undefined ? only : new Uint8Array(Buffer.concat(parts));
      this[to].received({ channel, data, flags: 3 }, this.now);
      // The memory is used for something else.
      if (data !== only) data.fill(0xee);
    }
  }

  settle(): void {
    while (this.wire.client.length + this.wire.server.length > 0) {
      this.deliver("client");
      this.deliver("server");
    }
  }

  private host(side: Side): ChannelsHost {
    return {
      send: (channel, parts) => this.wire[other(side)].push({ channel, parts }),
      violation: ({ by, rule, channel }) => this.violations.push(`${side}: ${by} ${rule} ${channel}`),
    };
  }
}

/** Bytes that do not repeat soon. */
export const bytes = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, at) => (at * 7) ^ (at >> 9));

/** A dynamic channel `one` whose ends are open. */
export function openPair(...options: ConstructorParameters<typeof ChannelLoop>) {
  const loop = new ChannelLoop(...options);
  const [client, server] = [new NotingEnd(), new NotingEnd()];
  loop.client.listen("one", () => client);
  loop.open();
  loop.server.request("one", server, 0);
  loop.settle();
  if (!client.isOpen || !server.isOpen) throw new Error("the channel is not open");
  return { loop, ends: { client, server } };
}
