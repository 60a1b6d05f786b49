import {
  Close,
  CreateRequest,
  Data,
  DataCompressed,
  DataFirst,
  DataFirstCompressed,
  dynamicChannelPdus,
  segmentedData,
} from "@railvail/transport";
import type { Pdu, Source } from "@railvail/wire";
import { dynamicKinds } from "./channel-kinds.js";
import type { ChannelReader } from "./channel-reader.js";
import type { ConnectionMemory } from "./connection-memory.js";
import { DataAssembly } from "./data-assembly.js";
import { dynamicFits, guessDynamicChannel } from "./dynamic-guess.js";
import type { Emitter } from "./emitter.js";
import { decodedWhole, type Fits } from "./fitting.js";
import { Header } from "./header.js";
import { partOf } from "./part.js";
import { placesOf, senderOf, type Place, type Places } from "./place.js";
import type { Direction } from "./record.js";
import type { SegmentHistories, SegmentHistory } from "./segment-history.js";

/** The most dynamic channels that are kept track of; one more makes the oldest be forgotten. */
const channelLimit = 1024;
/** The largest message of a channel that is known to have no reader, in bytes. */
const unreadLimit = 1024 * 1024;
/** Messages in which the name of a channel is looked for. */
const guessLimit = 256;
/** Characters of a channel's name that are shown in paths. */
const nameLimit = 128;

interface OpenChannel {
  readonly id: number;
  /** Undefined for a channel whose creation was not seen. */
  readonly name: string | undefined;
  readonly places: Places;
  readonly reader: ChannelReader | undefined;
  readonly fits: Fits | undefined;
  readonly assemblies: Readonly<Record<Direction, DataAssembly>>;
  /** What compressed data of the channel refers to. */
  readonly histories: Readonly<Record<Direction, SegmentHistory>>;
  /** The losses after which it was seen where a message begins. */
  readonly sureSince: Record<Direction, number>;
  /** How often its name was looked for. */
  guesses: number;
}

/** Data of a channel, whatever carried it. */
type ChannelData = Pick<Data, "channelId" | "data">;
type FirstData = Pick<DataFirst, "channelId" | "data" | "length">;

/** Reads the static channel `drdynvc` and the dynamic channels in it. */
export class DynamicChannels implements ChannelReader {
  private readonly emit: Emitter;
  private readonly path: string;
  private readonly histories: SegmentHistories;
  private readonly memory: ConnectionMemory;
  private readonly segments: Places;
  private readonly header = new Header(Data, "data");
  private readonly channels = new Map<number, OpenChannel>();
  /** How often bytes were lost. */
  private readonly losses: Record<Direction, number> = { c2s: 0, s2c: 0 };
  /** Channels in whose data a message may have begun, or a reader may wait for more. */
  private readonly active: Readonly<Record<Direction, Set<OpenChannel>>> = { c2s: new Set(), s2c: new Set() };

  /** `path` is its own. */
  constructor(emit: Emitter, path: string, histories: SegmentHistories) {
    this.emit = emit;
    this.path = path;
    this.histories = histories;
    this.memory = histories.memory;
    this.segments = placesOf("segments", path);
  }

  lost(direction: Direction): void {
    this.losses[direction]++;
    for (const { assemblies, histories, reader } of this.active[direction]) {
      assemblies[direction].lost();
      histories[direction].lost();
      reader?.lost?.(direction);
    }
    this.active[direction].clear();
  }

  read(place: Place, source: Source, offset: number, end: number): void {
    const { emit } = this;
    const { direction } = place;
    const pdu = dynamicChannelPdus.match(source, offset, end, senderOf(direction));
    switch (pdu) {
      case undefined:
        return emit.trouble("unknown", unknownCommand(source, offset, end), place, source, offset, end);
      case CreateRequest: {
        const request = emit.message(CreateRequest, place, source, offset, end);
        if (request !== undefined) this.open(request.channelId, request.channelName);
        return;
      }
      case DataFirst: {
        const first = emit.envelope(DataFirst, place, source, offset, end);
        if (first !== undefined) this.first(direction, source, first);
        return;
      }
      case Data: {
        const { header } = this;
        if (!emit.header(header, place, source, offset, end)) return;
        return this.whole(direction, header.fields.channelId, source, header.start, header.end);
      }
      case DataFirstCompressed:
      case DataCompressed:
        return this.compressed(pdu, place, source, offset, end);
      case Close: {
        const close = emit.message(Close, place, source, offset, end);
        if (close !== undefined) this.close(close.channelId);
        return;
      }
      default:
        return emit.leaf(pdu, place, source, offset, end);
    }
  }

  private first(direction: Direction, source: Source, { channelId, length, data }: FirstData): void {
    const channel = this.used(direction, channelId);
    channel.sureSince[direction] = this.losses[direction];
    this.message(channel, direction, source, channel.assemblies[direction].first(source, length, data));
  }

  /** Data that in most cases is a whole message: then there is nothing to put together. */
  private whole(direction: Direction, channelId: number, source: Source, start: number, end: number): void {
    const channel = this.used(direction, channelId);
    const sure = channel.sureSince[direction] === this.losses[direction];
    if (sure && start < end && !channel.assemblies[direction].unfinished) {
      return this.deliver(channel, direction, source, start, end);
    }
    this.data(direction, source, { channelId, data: source.bytes.subarray(start, end) });
  }

  private data(direction: Direction, source: Source, { channelId, data }: ChannelData): void {
    const channel = this.used(direction, channelId);
    if (channel.sureSince[direction] !== this.losses[direction] && !this.resumes(channel, direction, source, data)) {
      const { offset, end } = partOf(source, data);
      const detail =
        "bytes before this are missing, and it does not look like the beginning of a message; the next one is read";
      return this.emit.trouble("incomplete", detail, channel.places[direction], source, offset, end);
    }
    this.message(channel, direction, source, channel.assemblies[direction].data(source, data));
  }

  private compressed(pdu: Pdu, place: Place, source: Source, offset: number, end: number): void {
    const { emit } = this;
    const { direction } = place;
    const value = decodedWhole(pdu as Pdu<ChannelData | FirstData>, source, offset, end);
    if (value === undefined) return emit.leaf(pdu, place, source, offset, end);
    const channel = this.used(direction, value.channelId);
    const part = partOf(source, value.data);
    const opened = channel.histories[direction].open(part.source, part.offset, part.end);
    if (!(opened instanceof Uint8Array)) {
      emit.trouble(opened.trouble === "limit" ? "limit" : "compressed", opened.detail, place, source, offset, end, pdu);
      return this.unopened(channel, direction, "length" in value);
    }
    emit.wrapping(pdu, place, source, offset, end);
    const segments = segmentedData.match(part.source, part.offset, part.end, senderOf(direction));
    if (segments !== undefined) {
      emit.wrapping(segments, this.segments[direction], part.source, part.offset, part.end);
    }
    if ("length" in value) this.first(direction, source, { ...value, data: opened });
    else this.data(direction, source, { ...value, data: opened });
  }

  /** Compressed data is lost, and the message that it is a part of; more parts may follow. */
  private unopened(channel: OpenChannel, direction: Direction, first: boolean): void {
    if (first || channel.assemblies[direction].unfinished) channel.sureSince[direction] = -1;
    channel.assemblies[direction].lost();
    channel.reader?.lost?.(direction);
  }

  /** Whether data after a loss is a whole message, and not a further part of a lost one. */
  private resumes(channel: OpenChannel, direction: Direction, source: Source, data: Uint8Array): boolean {
    const { offset, end } = partOf(source, data);
    if (channel.fits !== undefined && !channel.fits(direction, source, offset, end)) return false;
    channel.sureSince[direction] = this.losses[direction];
    return true;
  }

  private message(channel: OpenChannel, direction: Direction, source: Source, message: Uint8Array | undefined): void {
    if (message === undefined || message.length === 0) return;
    const whole = partOf(source, message);
    this.deliver(channel, direction, whole.source, whole.offset, whole.end);
  }

  private deliver(channel: OpenChannel, direction: Direction, source: Source, offset: number, end: number): void {
    const { id, name, reader } = channel;
    const place = channel.places[direction];
    if (reader !== undefined) return reader.read(place, source, offset, end);
    if (name !== undefined) {
      const detail = `the channel ${place.channel} is not one that is known here; its messages stay bytes`;
      return this.emit.trouble("unknown", detail, place, source, offset, end);
    }
    const guess = channel.guesses++ < guessLimit ? guessDynamicChannel(direction, source, offset, end) : undefined;
    if (guess === undefined) {
      const detail =
        "the creation of this channel was not captured, and no message yet told its name; a capture from the start would";
      return this.emit.trouble("unknown", detail, place, source, offset, end);
    }
    this.rename(channel, guess);
    this.deliver(this.used(direction, id), direction, source, offset, end);
  }

  /** The channel of this id, which something is sent on; one whose creation was not seen has no name. */
  private used(direction: Direction, id: number): OpenChannel {
    const channel = this.channels.get(id) ?? this.open(id, undefined);
    this.active[direction].add(channel);
    return channel;
  }

  private open(id: number, name: string | undefined): OpenChannel {
    this.close(id);
    const oldest = this.channels.keys().next();
    if (this.channels.size >= channelLimit && oldest.done !== true) this.close(oldest.value);
    const opened = this.make(id, name);
    this.channels.set(id, opened);
    return opened;
  }

  /** A message may have begun on the channel before its name was known. */
  private rename(channel: OpenChannel, name: string): void {
    const named = this.make(channel.id, name, channel);
    for (const direction of ["c2s", "s2c"] as const) {
      named.assemblies[direction].place = named.places[direction];
      this.active[direction].delete(channel);
      this.active[direction].add(named);
    }
    this.channels.set(channel.id, named);
  }

  private make(id: number, name: string | undefined, before?: OpenChannel): OpenChannel {
    const kind = name === undefined ? undefined : dynamicKinds.get(name);
    const shown = name === undefined ? `dynamic-${id}` : shortened(name);
    const places = placesOf(kind?.channel ?? shown, this.path);
    const limit = name !== undefined && kind === undefined ? unreadLimit : undefined;
    const { emit } = this;
    return {
      id,
      name: name === undefined ? undefined : shown,
      places,
      reader: kind?.open(emit, this.path, this.histories),
      fits: name === undefined ? undefined : dynamicFits.get(name),
      assemblies: before?.assemblies ?? {
        c2s: new DataAssembly(emit, places.c2s, limit, this.memory),
        s2c: new DataAssembly(emit, places.s2c, limit, this.memory),
      },
      histories: before?.histories ?? { c2s: this.histories.make("lite"), s2c: this.histories.make("lite") },
      sureSince: before?.sureSince ?? { ...this.losses },
      guesses: 0,
    };
  }

  /** Forgets a channel; a message that has begun on it will not end. */
  private close(id: number): void {
    const channel = this.channels.get(id);
    if (channel === undefined) return;
    this.channels.delete(id);
    for (const direction of ["c2s", "s2c"] as const) {
      channel.assemblies[direction].lost();
      channel.histories[direction].lost();
      this.active[direction].delete(channel);
    }
  }
}

/** A name as it is kept and shown. A slice would keep the whole text, which can be as long as a message. */
function shortened(name: string): string {
  if (name.length <= nameLimit) return name;
  return String.fromCharCode(...Array.from({ length: nameLimit }, (_, at) => name.charCodeAt(at)));
}

/** Why a drdynvc message cannot be read that has no declaration. */
function unknownCommand({ view }: Source, offset: number, end: number): string {
  if (offset === end) return "an empty drdynvc message, which has no command";
  return `no drdynvc message that is known here has the command ${view.getUint8(offset) >> 4}; its bytes are kept`;
}
