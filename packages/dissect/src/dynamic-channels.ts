import { applistChannel } from "@railvail/applist";
import { egfxChannel } from "@railvail/egfx";
import { gfxredirChannel } from "@railvail/gfxredir";
import {
  Close, CreateRequest, Data, DataCompressed, DataFirst, DataFirstCompressed, DynamicChannelAssembler, dynamicChannelPdus,
  type DynamicChannelResult,
} from "@railvail/transport";
import { sourceOf, type Source } from "@railvail/wire";
import { framedChannels, type ChannelReader } from "./channel-reader.js";
import { offsetIn, senderOf, type Emitter, type Place } from "./emitter.js";
import { GraphicsReader } from "./graphics-reader.js";
import type { Direction } from "./record.js";
import { SoundReader } from "./sound-reader.js";

/** Known channels: the last part of the path of their messages, and what reads them. */
const known: ReadonlyMap<string, { readonly channel: string; readonly open: (emit: Emitter) => ChannelReader }> = new Map([
  [egfxChannel, { channel: "egfx", open: (emit: Emitter) => new GraphicsReader(emit, framedChannels.egfx(emit)) }],
  [gfxredirChannel, { channel: "gfxredir", open: framedChannels.gfxredir }],
  [applistChannel, { channel: "rdpapplist", open: framedChannels.applist }],
  ["Microsoft::Windows::RDS::DisplayControl", { channel: "disp", open: framedChannels.display }],
  ["AUDIO_PLAYBACK_DVC", { channel: "rdpsnd-dvc", open: (emit: Emitter) => new SoundReader(emit) }],
  ["AUDIO_PLAYBACK_LOSSY_DVC", { channel: "rdpsnd-dvc", open: (emit: Emitter) => new SoundReader(emit) }],
  ["AUDIO_INPUT", { channel: "audin", open: framedChannels.audioInput }],
]);

/** The most dynamic channels that are kept track of; a server that opens more loses the oldest. */
const channelLimit = 1024;

interface OpenChannel {
  readonly name: string;
  readonly channel: string;
  readonly reader: ChannelReader | undefined;
  readonly assemblers: Readonly<Record<Direction, DynamicChannelAssembler>>;
}

/** Reads the static channel `drdynvc` and the dynamic channels in it. */
export class DynamicChannels implements ChannelReader {
  private readonly emit: Emitter;
  private readonly channels = new Map<number, OpenChannel>();

  constructor(emit: Emitter) {
    this.emit = emit;
  }

  read(place: Place, source: Source, offset: number, end: number): void {
    const pdu = dynamicChannelPdus.match(source, offset, end, senderOf(place.direction));
    switch (pdu) {
      case undefined:
        return this.emit.trouble("unknown", "no drdynvc message has this command", place, source, offset, end);
      case CreateRequest: {
        const request = this.emit.message(CreateRequest, place, source, offset, end);
        if (request !== undefined) this.open(request.channelId, request.channelName);
        return;
      }
      case DataFirst: {
        const first = this.emit.envelope(DataFirst, place, source, offset, end);
        if (first === undefined) return;
        const channel = this.channel(first.channelId);
        return this.deliver(place, source, channel, first.data, channel.assemblers[place.direction].first(first.length, first.data));
      }
      case Data: {
        const data = this.emit.envelope(Data, place, source, offset, end);
        if (data === undefined) return;
        const channel = this.channel(data.channelId);
        return this.deliver(place, source, channel, data.data, channel.assemblers[place.direction].data(data.data));
      }
      case DataFirstCompressed:
      case DataCompressed:
        return this.emit.trouble("compressed", "compressed dynamic channel data; this version does not decompress", place, source, offset, end, pdu);
      case Close: {
        const close = this.emit.message(Close, place, source, offset, end);
        if (close !== undefined) this.channels.delete(close.channelId);
        return;
      }
      default:
        return this.emit.leaf(pdu, place, source, offset, end);
    }
  }

  private open(id: number, name: string): OpenChannel {
    const kind = known.get(name);
    const opened: OpenChannel = {
      name,
      channel: kind?.channel ?? name,
      reader: kind?.open(this.emit),
      assemblers: { c2s: new DynamicChannelAssembler(), s2c: new DynamicChannelAssembler() },
    };
    const oldest = this.channels.keys().next();
    if (this.channels.size >= channelLimit && oldest.done !== true) this.channels.delete(oldest.value);
    this.channels.set(id, opened);
    return opened;
  }

  /** The channel of this id; one whose creation was not seen has no name. */
  private channel(id: number): OpenChannel {
    return this.channels.get(id) ?? this.open(id, `dynamic-${id}`);
  }

  private deliver(place: Place, source: Source, channel: OpenChannel, part: Uint8Array, result: DynamicChannelResult): void {
    const here = { ...place, path: `${place.path}/${channel.channel}` };
    for (const problem of result.problems) {
      const at = offsetIn(source, part);
      const lost = result.message === undefined ? part.length : 0;
      this.emit.trouble("incomplete", `the parts of a message do not fit: ${problem.rule}`, here, source, at, at + lost);
    }
    const { message } = result;
    if (message === undefined) return;
    const view = message.buffer === source.bytes.buffer;
    const start = view ? offsetIn(source, message) : 0;
    const whole = view ? source : sourceOf(message);
    if (channel.reader !== undefined) channel.reader.read(here, whole, start, start + message.length);
    else this.emit.trouble("unknown", `the channel ${channel.name} is not one that is known here`, here, whole, start, start + message.length);
  }
}
