import { ClientChannels, ClientConnection, type ClientConnectionOutput, type ClientSettings } from "@railvail/session";
import { ChannelOption, ClientEarlyCapabilityFlags } from "@railvail/transport";
import { streamChannel, type Packet } from "../packet.js";
import { HostilePeer, type HostileOutput } from "./hostile-peer.js";

const option = ChannelOption;
const usual = (option.CHANNEL_OPTION_INITIALIZED | option.CHANNEL_OPTION_ENCRYPT_RDP) >>> 0;

/** What makes servers open all the channels that they have. */
const eager: Partial<ClientSettings> = {
  security: "rdp",
  rail: true,
  channels: ["rail", "cliprdr", "rdpsnd", "rdpdr", "drdynvc"].map((name) => ({ name, options: usual })),
  core: {
    earlyCapabilityFlags:
      ClientEarlyCapabilityFlags.RNS_UD_CS_SUPPORT_ERRINFO_PDU |
      ClientEarlyCapabilityFlags.RNS_UD_CS_WANT_32BPP_SESSION |
      ClientEarlyCapabilityFlags.RNS_UD_CS_SUPPORT_DYNVC_GFX_PROTOCOL,
  },
};

/** A client that logs on to a server and then says the packets of an input that are from the client. */
export class HostileClient extends HostilePeer {
  private readonly connection: ClientConnection;
  private readonly channels: ClientChannels;
  private now = 0;

  constructor(input: readonly Packet[], settings: Partial<ClientSettings> = {}) {
    super(input, "client");
    this.connection = new ClientConnection({ ...eager, ...settings });
    this.channels = new ClientChannels({
      send: (channel, parts) => this.take(this.connection.sendOnChannel(channel.id, ...parts)),
      violation: () => undefined,
    });
    for (const [name, end] of this.endsOf("static")) this.channels.add(name, end);
    for (const [name, end] of this.endsOf("dynamic")) this.channels.listen(name, () => end);
  }

  /** The transport is connected. */
  connect(now: number): readonly HostileOutput[] {
    this.now = now;
    this.take(this.connection.command({ type: "connect" }, now));
    return this.flush();
  }

  receive(bytes: Uint8Array, now: number): readonly HostileOutput[] {
    this.now = now;
    this.take(this.connection.receive(bytes, now));
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
    else this.sayOnChannel(packet);
  }

  protected wraps(): boolean {
    return false;
  }

  private take(outputs: readonly ClientConnectionOutput[]): void {
    for (const output of outputs) {
      if (output.type === "channelData") this.channels.received(output, this.now);
      else if (output.type === "capabilities") this.channels.open(this.connection.state.channels, this.now);
      else this.perform(output);
    }
  }
}
