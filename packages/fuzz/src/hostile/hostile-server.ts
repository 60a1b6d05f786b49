import { ServerChannels, ServerConnection, type ServerConnectionOutput, type ServerSettings } from "@railvail/session";
import { FastPathUpdateCode } from "@railvail/transport";
import type { ChannelName } from "../generators/channels.js";
import { joined } from "../joined.js";
import { streamChannel, type Packet } from "../packet.js";
import { HostilePeer, type HostileOutput } from "./hostile-peer.js";

/** Bytes of the body of an update that every client takes. */
const largestUpdate = 0x3f00;

/** A server that lets a client log on and then says the packets of an input that are from the server. */
export class HostileServer extends HostilePeer {
  private readonly connection: ServerConnection;
  private readonly channels: ServerChannels;
  private readonly dynamic = this.endsOf("dynamic");
  private now = 0;

  constructor(input: readonly Packet[], settings: Partial<ServerSettings> = {}) {
    super(input, "server");
    this.connection = new ServerConnection(settings);
    this.channels = new ServerChannels({
      send: (channel, parts) => this.take(this.connection.sendOnChannel(channel.id, ...parts)),
      violation: () => undefined,
    });
    for (const [name, end] of this.endsOf("static")) this.channels.add(name, end);
  }

  receive(bytes: Uint8Array, now: number): readonly HostileOutput[] {
    this.now = now;
    this.take(this.connection.receive(bytes, now));
    // Before the client answers the first message of drdynvc, nothing can be asked for.
    for (let next = this.dynamic[0]; next !== undefined; next = this.dynamic[0]) {
      if (!this.channels.request(...next, now)) break;
      this.dynamic.shift();
    }
    return this.flush();
  }

  /** TLS is up. */
  tlsStarted(now: number): readonly HostileOutput[] {
    this.take(this.connection.command({ type: "tlsStarted" }, now));
    return this.flush();
  }

  protected say(packet: Packet, now: number): void {
    this.now = now;
    if (packet.channel === streamChannel) this.outputs.push({ type: "bytes", segments: [packet.bytes] });
    else if (packet.channel === "windowing") this.order(packet.bytes);
    else this.sayOnChannel(packet);
  }

  protected wraps(channel: ChannelName): boolean {
    return channel === "egfx";
  }

  /** One order in an update of its own. */
  private order(bytes: Uint8Array): void {
    const body = joined([Uint8Array.of(1, 0), bytes.subarray(0, largestUpdate)]);
    this.take(this.connection.sendUpdate(FastPathUpdateCode.orders, body));
  }

  private take(outputs: readonly ServerConnectionOutput[]): void {
    for (const output of outputs) {
      if (output.type === "channelData") this.channels.received(output, this.now);
      else if (output.type === "active") this.channels.open(this.connection.state.channels, this.now);
      else this.perform(output);
    }
  }
}
