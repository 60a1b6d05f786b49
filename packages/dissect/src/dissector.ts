import {
  ConnectInitial, ConnectResponse, ConnectionConfirm, ConnectionRequest, DataTpdu, DisconnectRequest, fastPathLength,
  isFastPath, mcsPdus, SendDataIndication, SendDataRequest, tpktLength, TpduCode, type SendDataRequest as SendData,
} from "@railvail/transport";
import { sourceOf, type Pdu, type Source } from "@railvail/wire";
import { Emitter, offsetIn, type Place } from "./emitter.js";
import { FastPathReader } from "./fast-path-reader.js";
import { IoChannel } from "./io-channel.js";
import { OrdersReader } from "./orders-reader.js";
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

/** Bytes from which the length of a fast-path packet can be told. */
const fastPathPrefix = 3;

/** The frame at `offset`, slow path or fast path: its length, 0 if more bytes are needed, -1 if there is none. */
function frameLength(source: Source, offset: number, end: number): number {
  if (!isFastPath(source.view.getUint8(offset))) return tpktLength(source, offset, end) ?? 0;
  return fastPathLength(source, offset, end) ?? (end - offset < fastPathPrefix ? 0 : -1);
}

/**
 * Watches one connection: both byte streams in, records out, in the order in which they are
 * completed. It learns channels and their ids as they are negotiated. Nothing the bytes say can
 * make it throw; what cannot be read becomes a record that says why.
 */
export class Dissector {
  private readonly connection: number;
  private readonly sink: Sink;
  private readonly emit: Emitter;
  private readonly state = new SessionState();
  private readonly io: IoChannel;
  private readonly statics: StaticChannels;
  private readonly fastPath: FastPathReader;
  private readonly streams: Readonly<Record<Direction, StreamFrames>>;
  private moment: Moment = { time: 0n, packet: 0 };
  /** TLS took over: nothing after the negotiation can be read. */
  private encrypted = false;

  constructor({ connection, sink, startMissing = false }: DissectorOptions) {
    this.connection = connection;
    this.sink = sink;
    this.emit = new Emitter(connection, sink);
    const orders = new OrdersReader(this.emit);
    this.io = new IoChannel(this.emit, this.state, orders);
    this.statics = new StaticChannels(this.emit);
    this.fastPath = new FastPathReader(this.emit, orders);
    this.streams = { c2s: this.stream("c2s", startMissing), s2c: this.stream("s2c", startMissing) };
  }

  /** The next bytes of a direction. Records that look into them are valid until the sink returns. */
  data(direction: Direction, bytes: Uint8Array, moment: Moment): void {
    this.moment = moment;
    if (!this.encrypted) return this.streams[direction].data(bytes);
    const detail = "TLS; give the keys of the session to read it";
    this.emit.trouble("encrypted", detail, this.place(direction, "tls"), sourceOf(bytes), 0, bytes.length);
  }

  /** Bytes of a direction that were not captured. */
  gap(direction: Direction, length: number, reason: Gap["reason"], moment: Moment): void {
    this.moment = moment;
    this.streams[direction].gap();
    this.statics.gap(direction);
    if (direction === "s2c") this.fastPath.gap();
    this.sink({ type: "gap", connection: this.connection, direction, length, reason, ...moment });
  }

  /** No more bytes will come: what is held of a frame is given as it is. */
  end(moment: Moment): void {
    this.moment = moment;
    this.streams.c2s.flush();
    this.streams.s2c.flush();
  }

  private place(direction: Direction, path: string): Place {
    return { ...this.moment, direction, path };
  }

  private stream(direction: Direction, damaged: boolean): StreamFrames {
    const frame = (source: Source, offset: number, end: number): void => {
      if (!isFastPath(source.view.getUint8(offset))) this.slowPath(direction, source, offset, end);
      else if (direction === "c2s") this.fastPath.input(this.place(direction, ""), source, offset, end);
      else this.fastPath.output(this.place(direction, ""), source, offset, end);
    };
    const skipped = (source: Source, offset: number, end: number): void => {
      if (this.encrypted) this.data(direction, source.bytes.subarray(offset, end), this.moment);
      else this.emit.trouble("skipped", "no frame begins here", this.place(direction, "stream"), source, offset, end);
    };
    return new StreamFrames(frameLength, { frame, skipped }, damaged);
  }

  private slowPath(direction: Direction, source: Source, offset: number, end: number): void {
    const code = source.view.getUint8(offset + 5) >> 4;
    const x224 = this.place(direction, "x224");
    switch (code) {
      case TpduCode.data: {
        const tpdu = this.emit.envelope(DataTpdu, this.place(direction, "tpkt"), source, offset, end);
        if (tpdu !== undefined) this.mcs(this.place(direction, "mcs"), source, offsetIn(source, tpdu.data), end);
        return;
      }
      case TpduCode.connectionRequest:
        return this.emit.leaf(ConnectionRequest, x224, source, offset, end);
      case TpduCode.connectionConfirm: {
        const confirm = this.emit.message(ConnectionConfirm, x224, source, offset, end);
        this.encrypted = choosesTls(confirm);
        return;
      }
      case TpduCode.disconnectRequest:
        return this.emit.leaf(DisconnectRequest, x224, source, offset, end);
      default:
        return this.emit.trouble("unknown", `no TPDU has the code ${code}`, x224, source, offset, end);
    }
  }

  private mcs(place: Place, source: Source, offset: number, end: number): void {
    const pdu: Pdu | undefined = mcsPdus.match(source, offset, end);
    switch (pdu) {
      case undefined:
        return this.emit.trouble("unknown", "no MCS PDU starts like this", place, source, offset, end);
      case SendDataRequest:
      case SendDataIndication: {
        const data = this.emit.envelope(pdu as Pdu<SendData>, place, source, offset, end);
        if (data !== undefined) this.channelData(place, data, source);
        return;
      }
      case ConnectInitial: {
        const value = this.emit.message(ConnectInitial, place, source, offset, end);
        if (value !== undefined) this.state.connectInitial(value);
        return;
      }
      case ConnectResponse: {
        const value = this.emit.message(ConnectResponse, place, source, offset, end);
        if (value !== undefined) this.state.connectResponse(value);
        return;
      }
      default:
        return this.emit.leaf(pdu, place, source, offset, end);
    }
  }

  private channelData(place: Place, { channelId, userData }: SendData, source: Source): void {
    const start = offsetIn(source, userData);
    const end = start + userData.length;
    const { state } = this;
    if (channelId === state.ioChannel) this.io.read({ ...place, path: "mcs/io" }, source, start, end);
    else if (channelId === state.messageChannel) this.io.read({ ...place, path: "mcs/message" }, source, start, end);
    else this.statics.read(place, channelId, state.staticChannels.get(channelId), source, start, end);
  }
}

/** Whether the server chose a protocol that TLS carries. */
function choosesTls(confirm: ConnectionConfirm | undefined): boolean {
  const message = confirm?.tpdu.negotiation?.message;
  return message?.type === "response" && message.selectedProtocol !== 0;
}
