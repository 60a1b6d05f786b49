import type { DataEvent, SentRange } from "@railvail/capture";
import type { Direction, Message } from "@railvail/dissect";
import {
  ChannelFlags,
  ChannelPdu,
  Data,
  DataCompressed,
  DataFirst,
  DataFirstCompressed,
  FastPathUpdate,
  Fragmentation,
  SendDataIndication,
  SendDataRequest,
} from "@railvail/transport";
import type { ReadRecord } from "./connection-reading.js";
import { SentPackets } from "./sent-packets.js";

/** Messages that are being put together at a time; one more makes the oldest be forgotten. */
const mostAssemblies = 2048;
/** Packets of a message that is being put together. */
const longestAssembly = 1 << 18;

/** Layers below which nothing is cut into frames; all others with a path of one part are frames. */
const insideFrames: ReadonlySet<string> = new Set(["mcs", "fastpath-in", "fastpath-out"]);

/** One direction: where its reading is. */
class Lane {
  readonly sent = new SentPackets();
  /** Packets of the frame that is being read, and of the message in it. */
  frame: readonly number[] = [];
  message: readonly number[] = [];
  /** The static channel of the frame. */
  channel = 0;
  /** Packets of messages that have begun, by what puts them together. */
  readonly assemblies = new Map<string, number[]>();
  /** The dynamic channel whose data was read last, until something comes out of it. */
  dynamic: { readonly key: string; readonly inside: string } | undefined;
}

/**
 * Which packets carried the messages of a connection: all those that carried a frame (TPKT,
 * fast-path PDU) in which a part of the message came. It has to see each record, in order.
 */
export class MessagePackets {
  private readonly lanes: Readonly<Record<Direction, Lane>> = { c2s: new Lane(), s2c: new Lane() };
  /** A message was so long that its first packets were forgotten. */
  forgotten = false;

  /** A packet brought bytes. */
  data(event: DataEvent): void {
    this.lanes[event.direction].sent.add(event);
  }

  /** The next bytes that are dissected; `sent` is where they stood as sent. */
  plain(direction: Direction, length: number, sent: SentRange): void {
    this.lanes[direction].sent.addPlain(length, sent);
  }

  gap(direction: Direction, length: number): void {
    this.lanes[direction].sent.addGap(length);
  }

  /** The packets with the handshake of TLS in both directions. */
  opening(): number[] {
    return [...this.lanes.c2s.sent.opening(), ...this.lanes.s2c.sent.opening()];
  }

  /** The packets of a record, some perhaps twice, valid until the next record; a gap has none. */
  of(record: ReadRecord): readonly number[] {
    const lane = this.lanes[record.direction];
    if (record.type === "gap") {
      lane.sent.take(record.length);
      return [];
    }
    if (!record.path.includes("/") && !insideFrames.has(record.path)) {
      lane.dynamic = undefined;
      lane.frame = lane.message = lane.sent.take(record.end - record.offset);
      return lane.frame;
    }
    if (lane.dynamic !== undefined && record.path.startsWith(lane.dynamic.inside)) {
      // The message is complete: what comes next on its channel is another.
      lane.assemblies.delete(lane.dynamic.key);
      lane.dynamic = undefined;
    }
    if (record.envelope) this.follow(lane, record);
    return lane.message;
  }

  private follow(lane: Lane, { pdu, path, value }: Message): void {
    switch (pdu) {
      case SendDataRequest:
      case SendDataIndication:
        lane.channel = (value as SendDataRequest).channelId;
        lane.message = lane.frame;
        return;
      case ChannelPdu: {
        const { flags } = value as ChannelPdu;
        const begins = (flags & ChannelFlags.CHANNEL_FLAG_FIRST) !== 0;
        return this.assemble(lane, `s${lane.channel}`, begins, (flags & ChannelFlags.CHANNEL_FLAG_LAST) !== 0);
      }
      case FastPathUpdate: {
        const { fragmentation } = value as FastPathUpdate;
        const begins = fragmentation === Fragmentation.single || fragmentation === Fragmentation.first;
        const ends = fragmentation === Fragmentation.single || fragmentation === Fragmentation.last;
        lane.message = lane.frame;
        return this.assemble(lane, "f", begins, ends);
      }
      case DataFirst:
      case DataFirstCompressed:
      case Data:
      case DataCompressed: {
        const key = `d${lane.channel}.${(value as Data).channelId}`;
        this.assemble(lane, key, pdu === DataFirst || pdu === DataFirstCompressed, false);
        lane.dynamic = { key, inside: `${path}/` };
        return;
      }
      default:
    }
  }

  /** The message at hand is a part of one that is put together. */
  private assemble(lane: Lane, key: string, begins: boolean, ends: boolean): void {
    const { assemblies } = lane;
    const packets = (begins ? undefined : assemblies.get(key)) ?? [];
    for (const packet of lane.message) if (packet !== packets.at(-1)) packets.push(packet);
    if (packets.length > longestAssembly) {
      this.forgotten = true;
      packets.splice(0, longestAssembly / 2);
    }
    assemblies.delete(key);
    if (!ends) assemblies.set(key, packets);
    const oldest = assemblies.keys().next();
    if (assemblies.size > mostAssemblies && oldest.done !== true) assemblies.delete(oldest.value);
    lane.message = packets;
  }
}
