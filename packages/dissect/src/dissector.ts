import {
  ConnectInitial,
  ConnectionConfirm,
  ConnectionRequest,
  ConnectResponse,
  DataTpdu,
  DisconnectRequest,
  isFastPath,
  mcsPdus,
  OrderStream,
  SecurityProtocol,
  SendDataIndication,
  SendDataRequest,
  TpduCode,
  type SendDataRequest as SendData,
} from "@railvail/transport";
import type { Pdu, Source } from "@railvail/wire";
import { BulkHistory, type BulkHistories } from "./bulk-history.js";
import { guessIoChannel } from "./channel-guess.js";
import { derSequence } from "./der-length.js";
import { Emitter } from "./emitter.js";
import { FastPathReader } from "./fast-path-reader.js";
import { RdpFrameRules } from "./frame-rules.js";
import { IoChannel } from "./io-channel.js";
import { offsetIn } from "./part.js";
import { placesOf } from "./place.js";
import type { Direction, Gap, Moment, Sink } from "./record.js";
import { SessionState } from "./session-state.js";
import { StaticChannels } from "./static-channels.js";
import { StreamFrames } from "./stream-frames.js";

export interface DissectorOptions {
  /** A number that all records of this connection carry. */
  readonly connection: number;
  /** Takes the records, synchronously. */
  readonly sink: Sink;
  /** The beginning was not captured: the first bytes may be the middle of a frame. */
  readonly startMissing?: boolean;
}

const places = {
  credssp: placesOf("credssp"),
  mcs: placesOf("mcs"),
  stream: placesOf("stream"),
  tls: placesOf("tls"),
  tpkt: placesOf("tpkt"),
  x224: placesOf("x224"),
};

const tlsDetail = "TLS; to read it, decrypt the connection first with the key log of the session (SSLKEYLOGFILE)";
const credsspDetail = "CredSSP authentication, which is not read here";

/**
 * Watches one connection: both byte streams in, records out, in the order in which they are
 * completed. It learns channels and their ids as they are negotiated; where that is missing, it
 * tells channels by what is sent on them. Nothing the bytes say can make it throw; what cannot be
 * read becomes a record that says why.
 */
export class Dissector {
  private readonly connection: number;
  private readonly sink: Sink;
  private readonly emit: Emitter;
  private readonly state = new SessionState();
  private readonly bulk: BulkHistories = { c2s: new BulkHistory(), s2c: new BulkHistory() };
  private readonly io: IoChannel;
  private readonly messageChannel: IoChannel;
  private readonly statics: StaticChannels;
  private readonly fastPath: FastPathReader;
  private readonly rules = { c2s: new RdpFrameRules("c2s"), s2c: new RdpFrameRules("s2c") };
  private readonly streams: Readonly<Record<Direction, StreamFrames>>;
  /** TLS was seen. */
  private encrypted = false;

  constructor({ connection, sink, startMissing = false }: DissectorOptions) {
    this.connection = connection;
    this.sink = sink;
    this.emit = new Emitter(connection, sink);
    const orders = new OrderStream();
    this.io = new IoChannel(this.emit, this.state, "mcs/io", orders, this.bulk);
    this.messageChannel = new IoChannel(this.emit, this.state, "mcs/message", orders, this.bulk);
    this.statics = new StaticChannels(this.emit, this.state, this.bulk);
    this.fastPath = new FastPathReader(this.emit, orders, this.bulk.s2c);
    this.streams = { c2s: this.stream("c2s", startMissing), s2c: this.stream("s2c", startMissing) };
    if (startMissing) for (const direction of ["c2s", "s2c"] as const) this.lost(direction);
  }

  /** The next bytes of a direction. Records that look into them are valid until the sink returns. */
  data(direction: Direction, bytes: Uint8Array, moment: Moment): void {
    this.emit.moment = moment;
    const stream = this.streams[direction];
    // The other direction is TLS; there is no other use in looking for frames in this one.
    if (this.encrypted && stream.searching) stream.stop();
    stream.data(bytes);
  }

  /** Bytes of a direction that were not captured; `length` is their number. */
  gap(direction: Direction, length: number, reason: Gap["reason"], moment: Moment): void {
    this.emit.moment = moment;
    this.streams[direction].gap();
    this.lost(direction);
    const { time, packet } = moment;
    this.sink({ type: "gap", connection: this.connection, direction, length, reason, time, packet });
  }

  /** No more bytes will come: what is held of a frame is given as it is. */
  end(moment: Moment): void {
    this.emit.moment = moment;
    for (const direction of ["c2s", "s2c"] as const) {
      this.streams[direction].end();
      this.lost(direction);
    }
  }

  private stream(direction: Direction, startMissing: boolean): StreamFrames {
    const sink = {
      frame: (source: Source, offset: number, end: number): boolean => this.frame(direction, source, offset, end),
      damaged: (): void => this.lost(direction),
      skipped: (source: Source, offset: number, end: number): void =>
        this.emit.trouble("skipped", "no frame begins here", places.stream[direction], source, offset, end),
      cut: (source: Source, offset: number, end: number): void =>
        this.emit.trouble(
          "incomplete",
          "the rest of this frame is missing",
          places.stream[direction],
          source,
          offset,
          end,
        ),
      opaque: (source: Source, offset: number, end: number): void => {
        this.encrypted = true;
        this.emit.trouble("encrypted", tlsDetail, places.tls[direction], source, offset, end);
      },
    };
    return new StreamFrames(this.rules[direction], sink, startMissing);
  }

  /** Bytes are missing in this direction: messages that were being put together are lost. */
  private lost(direction: Direction): void {
    this.bulk[direction].lost();
    this.statics.lost(direction);
    if (direction === "s2c") this.fastPath.lost();
  }

  /** One frame; false if it holds what no frame should hold. */
  private frame(direction: Direction, source: Source, offset: number, end: number): boolean {
    const first = source.view.getUint8(offset);
    const rules = this.rules[direction];
    if (!isFastPath(first)) return this.slowPath(direction, rules, source, offset, end);
    if (first === derSequence && rules.credssp) {
      this.emit.trouble("unknown", credsspDetail, places.credssp[direction], source, offset, end);
      return true;
    }
    return direction === "c2s" ? this.fastPath.input(source, offset, end) : this.fastPath.output(source, offset, end);
  }

  private slowPath(direction: Direction, rules: RdpFrameRules, source: Source, offset: number, end: number): boolean {
    const x224 = places.x224[direction];
    const code = source.view.getUint8(offset + 5) >> 4;
    switch (code) {
      case TpduCode.data: {
        rules.credssp = false;
        const tpdu = this.emit.envelope(DataTpdu, places.tpkt[direction], source, offset, end);
        return tpdu !== undefined && this.mcs(direction, source, offsetIn(source, tpdu.data), end);
      }
      case TpduCode.connectionRequest:
        this.emit.leaf(ConnectionRequest, x224, source, offset, end);
        return true;
      case TpduCode.connectionConfirm: {
        const confirm = this.emit.message(ConnectionConfirm, x224, source, offset, end);
        const credssp = choosesCredssp(confirm);
        for (const one of [this.rules.c2s, this.rules.s2c]) one.credssp = credssp;
        return true;
      }
      case TpduCode.disconnectRequest:
        this.emit.leaf(DisconnectRequest, x224, source, offset, end);
        return true;
      default:
        this.emit.trouble("unknown", `no TPDU has the code ${code}`, x224, source, offset, end);
        return false;
    }
  }

  private mcs(direction: Direction, source: Source, offset: number, end: number): boolean {
    const place = places.mcs[direction];
    const pdu: Pdu | undefined = mcsPdus.match(source, offset, end);
    switch (pdu) {
      case undefined:
        this.emit.trouble("unknown", "no MCS PDU starts like this", place, source, offset, end);
        return false;
      case SendDataRequest:
      case SendDataIndication: {
        const data = this.emit.envelope(pdu as Pdu<SendData>, place, source, offset, end);
        if (data !== undefined) this.channelData(direction, data, source);
        return data !== undefined;
      }
      case ConnectInitial: {
        const value = this.emit.message(ConnectInitial, place, source, offset, end);
        if (value !== undefined) this.state.connectInitial(value);
        return true;
      }
      case ConnectResponse: {
        const value = this.emit.message(ConnectResponse, place, source, offset, end);
        if (value === undefined) return true;
        this.state.connectResponse(value);
        for (const one of [this.rules.c2s, this.rules.s2c]) one.signed = this.state.encrypted;
        return true;
      }
      default:
        this.emit.leaf(pdu, place, source, offset, end);
        return true;
    }
  }

  private channelData(direction: Direction, { channelId, userData }: SendData, source: Source): void {
    const start = offsetIn(source, userData);
    const end = start + userData.length;
    const { state } = this;
    if (!state.idsKnown && channelId !== state.ioChannel && guessIoChannel(direction, source, start, end)) {
      state.ioChannel = channelId;
    }
    if (channelId === state.ioChannel) this.io.read(direction, source, start, end);
    else if (channelId === state.messageChannel) this.messageChannel.read(direction, source, start, end);
    else this.statics.read(direction, channelId, source, start, end);
  }
}

/** Whether the server chose a protocol that authenticates with CredSSP inside TLS. */
function choosesCredssp(confirm: ConnectionConfirm | undefined): boolean {
  const message = confirm?.tpdu.negotiation?.message;
  const hybrid = SecurityProtocol.PROTOCOL_HYBRID | SecurityProtocol.PROTOCOL_HYBRID_EX;
  return message?.type === "response" && (message.selectedProtocol & hybrid) !== 0;
}
