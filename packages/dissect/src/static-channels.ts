import { ChannelPdu, StaticChannelAssembler } from "@railvail/transport";
import { sourceOf, type Source } from "@railvail/wire";
import { framedChannels, type ChannelReader } from "./channel-reader.js";
import { ClipboardReader } from "./clipboard-reader.js";
import { DynamicChannels } from "./dynamic-channels.js";
import { offsetIn, type Emitter, type Place } from "./emitter.js";
import type { Direction } from "./record.js";
import { SoundReader } from "./sound-reader.js";

const openers: ReadonlyMap<string, (emit: Emitter) => ChannelReader> = new Map<string, (emit: Emitter) => ChannelReader>([
  ["rail", framedChannels.rail],
  ["cliprdr", (emit) => new ClipboardReader(emit)],
  ["rdpsnd", (emit) => new SoundReader(emit)],
  ["drdynvc", (emit) => new DynamicChannels(emit)],
]);

interface StaticChannel {
  readonly name: string;
  readonly reader: ChannelReader | undefined;
  readonly assemblers: Record<Direction, StaticChannelAssembler>;
}

/** Reads the static channels: puts their chunks together and hands on whole messages. */
export class StaticChannels {
  private readonly emit: Emitter;
  private readonly channels = new Map<number, StaticChannel>();

  constructor(emit: Emitter) {
    this.emit = emit;
  }

  /** Bytes are missing in this direction: messages that were being put together are lost. */
  gap(direction: Direction): void {
    for (const { assemblers } of this.channels.values()) assemblers[direction] = new StaticChannelAssembler();
  }

  /** One chunk on the channel of this id; `name` is what the session calls it. */
  read(place: Place, id: number, name: string | undefined, source: Source, offset: number, end: number): void {
    const channel = this.channel(id, name);
    const path = `${place.path}/${channel.name}`;
    const chunk = this.emit.envelope(ChannelPdu, { ...place, path: `${place.path}/chunk` }, source, offset, end);
    if (chunk === undefined) return;
    const here = { ...place, path };
    const { message, problems } = channel.assemblers[place.direction].accept(chunk);
    const at = offsetIn(source, chunk.data);
    for (const { rule } of problems) {
      const lost = message === undefined ? chunk.data.length : 0;
      if (rule === "compressed") this.emit.trouble("compressed", "bulk compressed; this version does not decompress", here, source, at, at + lost);
      else this.emit.trouble("incomplete", `the chunks of a message do not fit: ${rule}`, here, source, at, at + lost);
    }
    if (message === undefined || message.data.length === 0) return;
    const { data } = message;
    const view = data.buffer === source.bytes.buffer;
    const start = view ? offsetIn(source, data) : 0;
    const whole = view ? source : sourceOf(data);
    if (channel.reader !== undefined) channel.reader.read(here, whole, start, start + data.length);
    else this.emit.trouble("unknown", `the channel ${channel.name} is not one that is known here`, here, whole, start, start + data.length);
  }

  private channel(id: number, name: string | undefined): StaticChannel {
    const known = this.channels.get(id);
    const called = name ?? `static-${id}`;
    if (known !== undefined && (known.name === called || name === undefined)) return known;
    const opened: StaticChannel = {
      name: called,
      reader: openers.get(called)?.(this.emit),
      assemblers: { c2s: new StaticChannelAssembler(), s2c: new StaticChannelAssembler() },
    };
    this.channels.set(id, opened);
    return opened;
  }
}
