import {
  ConnectInitial,
  ConnectionConfirm,
  ConnectionRequest,
  ConnectResponse,
  DataTpdu,
  DisconnectRequest,
  EarlyUserAuthorizationResult,
  isFastPath,
  mcsPdus,
  OrderStream,
  SecurityProtocol,
  SendDataIndication,
  SendDataRequest,
  TpduCode,
  TsRequest,
  type SendDataRequest as SendData,
} from "@railvail/transport";
import type { Pdu, Source } from "@railvail/wire";
import { BulkHistory, type BulkHistories } from "./bulk-history.js";
import { guessIoChannel } from "./channel-guess.js";
import { ConnectionMemory, defaultMemoryLimit } from "./connection-memory.js";
import { Emitter } from "./emitter.js";
import { FastPathReader } from "./fast-path-reader.js";
import { RdpFrameRules, type Authentication } from "./frame-rules.js";
import { Header } from "./header.js";
import { IoChannel } from "./io-channel.js";
import { guessMessageChannel } from "./message-channel-guess.js";
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
  /**
   * Bytes that messages of the connection may take together while they are put together, expanded
   * and read, both directions and all channels: 256 MiB unless said otherwise. A single one takes at
   * most 64 MiB. What is larger is `limit` trouble. Beside them there are what a decompressor refers
   * back to (at most 70 MB, and none where nothing is compressed) and the frame that is coming in.
   */
  readonly memoryLimit?: number;
  /**
   * The channels whose envelopes are given to the sink; all of them unless said otherwise. Whoever wants
   * the messages alone leaves out several records for each of them.
   */
  readonly envelopes?: ReadonlySet<string> | undefined;
}

const places = {
  credssp: placesOf("credssp"),
  mcs: placesOf("mcs"),
  stream: placesOf("stream"),
  tls: placesOf("tls"),
  tpkt: placesOf("tpkt"),
  x224: placesOf("x224"),
};

const directions = ["c2s", "s2c"] as const;

const skippedDetail = "no frame begins here: bytes before it are missing or damaged; reading goes on at the next frame";
const cutDetail = "the rest of this frame was not captured; only a capture that has all bytes of the packets shows it";
const tlsDetail = "TLS; to read it, decrypt the connection first with the key log of the session (SSLKEYLOGFILE)";

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
  private readonly memory: ConnectionMemory;
  private readonly bulk: BulkHistories = { c2s: new BulkHistory(), s2c: new BulkHistory() };
  private readonly io: IoChannel;
  private readonly messageChannel: IoChannel;
  private readonly statics: StaticChannels;
  private readonly fastPath: FastPathReader;
  private readonly headers = {
    tpdu: new Header(DataTpdu, "data"),
    request: new Header(SendDataRequest, "userData"),
    indication: new Header(SendDataIndication, "userData"),
  };
  private readonly rules = { c2s: new RdpFrameRules("c2s"), s2c: new RdpFrameRules("s2c") };
  private readonly streams: Readonly<Record<Direction, StreamFrames>>;
  /** TLS was seen. */
  private encrypted = false;

  constructor(options: DissectorOptions) {
    const { connection, sink, startMissing = false, memoryLimit = defaultMemoryLimit, envelopes } = options;
    this.connection = connection;
    this.sink = sink;
    this.emit = new Emitter(connection, sink, envelopes);
    this.memory = new ConnectionMemory(memoryLimit);
    const orders = new OrderStream();
    this.io = new IoChannel(this.emit, this.state, "mcs/io", orders, this.bulk);
    this.messageChannel = new IoChannel(this.emit, this.state, "mcs/message", orders, this.bulk);
    this.statics = new StaticChannels(this.emit, this.state, this.bulk, this.memory);
    this.fastPath = new FastPathReader(this.emit, orders, this.bulk.s2c, this.memory);
    this.streams = { c2s: this.stream("c2s", startMissing), s2c: this.stream("s2c", startMissing) };
    if (startMissing) for (const direction of directions) this.missing(direction);
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
    this.missing(direction);
    const { time, packet } = moment;
    this.sink({ type: "gap", connection: this.connection, direction, length, reason, time, packet });
  }

  /** No more bytes will come: what is held of a frame is given as it is. */
  end(moment: Moment): void {
    this.emit.moment = moment;
    for (const direction of directions) {
      this.streams[direction].end();
      this.lost(direction);
    }
  }

  private stream(direction: Direction, startMissing: boolean): StreamFrames {
    const sink = {
      frame: (source: Source, offset: number, end: number): boolean => {
        const read = this.frame(direction, source, offset, end);
        this.memory.settle();
        return read;
      },
      damaged: (): void => this.lost(direction),
      skipped: (source: Source, offset: number, end: number): void =>
        this.emit.trouble("skipped", skippedDetail, places.stream[direction], source, offset, end),
      cut: (source: Source, offset: number, end: number): void =>
        this.emit.trouble("incomplete", cutDetail, places.stream[direction], source, offset, end),
      opaque: (source: Source, offset: number, end: number): void => {
        this.encrypted = true;
        this.emit.trouble("encrypted", tlsDetail, places.tls[direction], source, offset, end);
      },
    };
    return new StreamFrames(this.rules[direction], sink, startMissing);
  }

  /** Bytes were not captured: also how the client authenticates may have been among them. */
  private missing(direction: Direction): void {
    const rules = this.rules[direction];
    if (!rules.started && rules.authentication === "none") rules.authentication = "unknown";
    this.lost(direction);
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
    if (rules.isAuthorization(source, offset, end)) {
      this.emit.leaf(EarlyUserAuthorizationResult, places.credssp[direction], source, offset, end);
      return true;
    }
    if (!isFastPath(first)) return this.slowPath(direction, source, offset, end);
    if (rules.isTsRequest(source, offset, end)) {
      // What was not negotiated before our eyes can be either form.
      for (const one of directions) {
        if (this.rules[one].authentication === "unknown") this.rules[one].authentication = "credsspEx";
      }
      return this.emit.message(TsRequest, places.credssp[direction], source, offset, end) !== undefined;
    }
    return direction === "c2s" ? this.fastPath.input(source, offset, end) : this.fastPath.output(source, offset, end);
  }

  private slowPath(direction: Direction, source: Source, offset: number, end: number): boolean {
    const x224 = places.x224[direction];
    const code = source.view.getUint8(offset + 5) >> 4;
    switch (code) {
      case TpduCode.data: {
        this.start(direction);
        // A server does not begin before its client.
        if (direction === "s2c") this.start("c2s");
        const { tpdu } = this.headers;
        return (
          this.emit.header(tpdu, places.tpkt[direction], source, offset, end) &&
          this.mcs(direction, source, tpdu.start, end)
        );
      }
      case TpduCode.connectionRequest:
        this.emit.leaf(ConnectionRequest, x224, source, offset, end);
        return true;
      case TpduCode.connectionConfirm: {
        const confirm = this.emit.message(ConnectionConfirm, x224, source, offset, end);
        const authentication = authenticationOf(confirm);
        for (const one of directions) if (!this.rules[one].started) this.rules[one].authentication = authentication;
        return true;
      }
      case TpduCode.disconnectRequest:
        this.emit.leaf(DisconnectRequest, x224, source, offset, end);
        return true;
      default:
        this.emit.trouble("unknown", `no TPDU that RDP uses has the code ${code}`, x224, source, offset, end);
        return false;
    }
  }

  /** An MCS PDU was seen: whatever comes before them is over. */
  private start(direction: Direction): void {
    const rules = this.rules[direction];
    rules.authentication = "none";
    rules.started = true;
  }

  private mcs(direction: Direction, source: Source, offset: number, end: number): boolean {
    const place = places.mcs[direction];
    const pdu: Pdu | undefined = mcsPdus.match(source, offset, end);
    switch (pdu) {
      case undefined:
        this.emit.trouble("unknown", "no MCS PDU that RDP uses starts like this", place, source, offset, end);
        return false;
      case SendDataRequest:
        return this.sendData(this.headers.request, direction, source, offset, end);
      case SendDataIndication:
        return this.sendData(this.headers.indication, direction, source, offset, end);
      case ConnectInitial: {
        const value = this.emit.message(ConnectInitial, place, source, offset, end);
        if (value !== undefined) this.state.connectInitial(value);
        return true;
      }
      case ConnectResponse: {
        const value = this.emit.message(ConnectResponse, place, source, offset, end);
        if (value === undefined) return true;
        this.state.connectResponse(value);
        for (const one of directions) this.rules[one].signed = this.state.encrypted;
        return true;
      }
      default:
        this.emit.leaf(pdu, place, source, offset, end);
        return true;
    }
  }

  private sendData(
    header: Header<SendData>,
    direction: Direction,
    source: Source,
    offset: number,
    end: number,
  ): boolean {
    if (!this.emit.header(header, places.mcs[direction], source, offset, end)) return false;
    this.channelData(direction, header.fields.channelId, source, header.start, header.end);
    return true;
  }

  private channelData(direction: Direction, channelId: number, source: Source, start: number, end: number): void {
    const { state } = this;
    if (!state.idsKnown && channelId !== state.ioChannel && guessIoChannel(direction, source, start, end)) {
      state.ioChannel = channelId;
    }
    if (!state.idsKnown && state.mayBeMessageChannel(channelId) && guessMessageChannel(direction, source, start, end)) {
      state.messageChannel = channelId;
    }
    if (channelId === state.ioChannel) this.io.read(direction, source, start, end);
    else if (channelId === state.messageChannel) this.messageChannel.read(direction, source, start, end);
    else this.statics.read(direction, channelId, source, start, end);
  }
}

/** How a client must authenticate inside TLS, as the server chose. */
function authenticationOf(confirm: ConnectionConfirm | undefined): Authentication {
  const message = confirm?.tpdu.negotiation?.message;
  if (message?.type !== "response") return "none";
  const { selectedProtocol } = message;
  if ((selectedProtocol & SecurityProtocol.PROTOCOL_HYBRID_EX) !== 0) return "credsspEx";
  return (selectedProtocol & SecurityProtocol.PROTOCOL_HYBRID) === 0 ? "none" : "credssp";
}
