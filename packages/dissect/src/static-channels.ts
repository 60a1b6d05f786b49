import { ChannelFlags, ChannelPdu, NonFipsSecurityHeader, SecurityFlags, SecurityHeader } from "@railvail/transport";
import type { Source } from "@railvail/wire";
import type { BulkHistories } from "./bulk-history.js";
import { guessStaticChannel } from "./channel-guess.js";
import { staticKinds } from "./channel-kinds.js";
import type { ChannelReader } from "./channel-reader.js";
import { ChunkAssembly } from "./chunk-assembly.js";
import type { ConnectionMemory } from "./connection-memory.js";
import { DynamicChannels } from "./dynamic-channels.js";
import type { Emitter } from "./emitter.js";
import { Header } from "./header.js";
import { partOf } from "./part.js";
import { placesOf, type Place } from "./place.js";
import type { Direction } from "./record.js";
import { SegmentHistories } from "./segment-history.js";
import { encryptedDetail, type SessionState } from "./session-state.js";

/** The most channels that are kept track of; RDP has 31. One more makes the oldest be forgotten. */
const channelLimit = 64;
/** The largest message of a channel that is known to have no reader, in bytes. */
const unreadLimit = 1024 * 1024;
/** Messages in which the name of a channel is looked for. */
const guessLimit = 256;
const securityHeaderSize = 4;
/** Where the flags of compression stand in those of a chunk. */
const compressionShift = 16;
/** The flags of a message in one chunk, and those that it may not have beside them. */
const single = ChannelFlags.CHANNEL_FLAG_FIRST | ChannelFlags.CHANNEL_FLAG_LAST;
const notWhole = single | (0xff << compressionShift);

const outer = "mcs";
const chunks = placesOf("chunk", outer);

interface StaticChannel {
  readonly id: number;
  /** Undefined for a channel of which only the id is known. */
  readonly name: string | undefined;
  readonly reader: ChannelReader | undefined;
  readonly assemblies: Readonly<Record<Direction, ChunkAssembly>>;
  /** How often its name was looked for. */
  guesses: number;
}

/** Reads the static channels: puts their chunks together and hands on whole messages. */
export class StaticChannels {
  private readonly emit: Emitter;
  private readonly state: SessionState;
  private readonly bulk: BulkHistories;
  private readonly memory: ConnectionMemory;
  private readonly histories: SegmentHistories;
  private readonly header = new Header(ChannelPdu, "data");
  private readonly channels = new Map<number, StaticChannel>();
  /** A connection has one, whatever its settings say. */
  private dynamic: DynamicChannels | undefined;

  constructor(emit: Emitter, state: SessionState, bulk: BulkHistories, memory: ConnectionMemory) {
    this.emit = emit;
    this.state = state;
    this.bulk = bulk;
    this.memory = memory;
    this.histories = new SegmentHistories(memory);
  }

  /** Bytes of this direction are missing, or it ends: what was being put together is lost. */
  lost(direction: Direction): void {
    for (const { assemblies, reader } of this.channels.values()) {
      assemblies[direction].lost();
      reader?.lost?.(direction);
    }
  }

  /** What was sent on the channel of this id. */
  read(direction: Direction, id: number, source: Source, offset: number, end: number): void {
    const channel = this.channel(id);
    if (!this.state.encrypted) return this.chunk(channel, direction, source, offset, end);
    const { place } = channel.assemblies[direction];
    const flags = end - offset < securityHeaderSize ? 0 : source.view.getUint16(offset, true);
    if ((flags & SecurityFlags.SEC_ENCRYPT) !== 0) {
      return this.emit.trouble("encrypted", encryptedDetail, place, source, offset, end, NonFipsSecurityHeader);
    }
    // At the low encryption level what the server sends has a header and is not encrypted.
    if (this.emit.envelope(SecurityHeader, place, source, offset, end) === undefined) return;
    this.chunk(channel, direction, source, offset + securityHeaderSize, end);
  }

  private chunk(channel: StaticChannel, direction: Direction, source: Source, offset: number, end: number): void {
    const { header } = this;
    if (!this.emit.header(header, chunks[direction], source, offset, end)) return;
    const assembly = channel.assemblies[direction];
    const { start, end: stop } = header;
    const { length, flags } = header.fields;
    // Most messages come in one chunk: there is nothing to put together.
    if ((flags & notWhole) === single && length === stop - start && length > 0 && assembly.idle) {
      return this.message(channel, assembly.place, source, start, stop);
    }
    const chunk = { length, flags, data: source.bytes.subarray(start, stop) };
    const opened = this.bulk[direction].open(chunk.data, (flags >>> compressionShift) & 0xff);
    const message =
      typeof opened === "string"
        ? assembly.accept(source, chunk, opened)
        : assembly.accept(source, { length, flags: flags & ~ChannelFlags.CHANNEL_PACKET_COMPRESSED, data: opened });
    if (message === "lost") channel.reader?.lost?.(direction);
    else if (message !== undefined && message.length > 0) {
      const whole = partOf(source, message);
      this.message(channel, assembly.place, whole.source, whole.offset, whole.end);
    }
  }

  private message(channel: StaticChannel, place: Place, source: Source, offset: number, end: number): void {
    const { id, name, reader } = channel;
    if (reader !== undefined) return reader.read(place, source, offset, end);
    if (name !== undefined) {
      const detail = `the channel ${name} is not one that is known here; its messages stay bytes`;
      return this.emit.trouble("unknown", detail, place, source, offset, end);
    }
    const guess = channel.guesses++ < guessLimit ? guessStaticChannel(place.direction, source, offset, end) : undefined;
    if (guess === undefined) {
      const detail =
        "the name of this channel was not captured, and no message yet told it; a capture from the start would";
      return this.emit.trouble("unknown", detail, place, source, offset, end);
    }
    this.state.guess(id, guess);
    const named = this.channel(id);
    this.message(named, named.assemblies[place.direction].place, source, offset, end);
  }

  /** The channel of this id, under the name that the session has for it. */
  private channel(id: number): StaticChannel {
    const name = this.state.staticChannels.get(id);
    const known = this.channels.get(id);
    if (known !== undefined && known.name === name) return known;
    const oldest = this.channels.entries().next();
    if (known === undefined && this.channels.size >= channelLimit && oldest.done !== true) {
      const [oldestId, { assemblies }] = oldest.value;
      for (const direction of ["c2s", "s2c"] as const) assemblies[direction].lost();
      this.channels.delete(oldestId);
    }
    const opened = this.open(id, name, known);
    this.channels.set(id, opened);
    return opened;
  }

  /** `before` is what the channel was until its name was learned: a message may have begun. */
  private open(id: number, name: string | undefined, before: StaticChannel | undefined): StaticChannel {
    const places = placesOf(name ?? `static-${id}`, outer);
    const reader = this.reader(name, places.c2s.path);
    const limit = name !== undefined && reader === undefined ? unreadLimit : undefined;
    const assembly = ({ direction }: Place): ChunkAssembly => {
      const place = places[direction];
      if (before === undefined) return new ChunkAssembly(this.emit, place, limit, this.memory);
      before.assemblies[direction].place = place;
      return before.assemblies[direction];
    };
    const assemblies = { c2s: assembly(places.c2s), s2c: assembly(places.s2c) };
    return { id, name, reader, assemblies, guesses: 0 };
  }

  private reader(name: string | undefined, path: string): ChannelReader | undefined {
    if (name === "drdynvc") return (this.dynamic ??= new DynamicChannels(this.emit, path, this.histories));
    return name === undefined ? undefined : staticKinds.get(name)?.open(this.emit, outer, this.histories);
  }
}
