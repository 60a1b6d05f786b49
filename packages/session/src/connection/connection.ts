import type { FastPathInput, FastPathOutput } from "@railvail/transport";
import { Arena, type Pdu } from "@railvail/wire";
import type { ByteOutput, Role, Told } from "./byte-output.js";
import { ChannelReceiver, type ConnectionLimits } from "./channel-receiver.js";
import type { SequenceInput } from "./common-output.js";
import { FrameSplitter } from "./frame-splitter.js";
import { readFastPath, readFrame, type FrameSink } from "./read-frame.js";
import { violation, type ConnectionRule } from "./rules.js";
import { shareValue, type ShareBody, type ShareDataHeader } from "./share-values.js";
import { channelsOpen, serverChannelId, type SharedState } from "./shared-state.js";
import { messageOf, type ConnectionSend } from "./vocabulary.js";
import { channelSegments, maximumUserData, noHead, writeData, writeMessage } from "./write-message.js";

/** Headers of what is sent are made in pieces of memory of about this size. */
const pieceSize = 8192;

/**
 * One end of a connection over bytes: it cuts the stream into frames, drives the sequence, and
 * carries static channels. It does no I/O and knows no time but what it is told. Nothing that
 * comes from the peer throws.
 */
export abstract class Connection<
  State extends SharedState,
  Command extends { readonly type: string },
  Output extends { readonly type: string },
> {
  private readonly role: Role<State, Command, Output>;
  private readonly splitter = new FrameSplitter();
  private readonly channels: ChannelReceiver;
  private readonly sink: FrameSink;
  private current: State;
  private arena = new Arena(pieceSize);
  private readonly head = noHead();
  private outputs: Told<Output>[] = [];
  private now = 0;
  /** Bytes of all frames so far. */
  private received = 0;

  constructor(role: Role<State, Command, Output>, state: State, limits: ConnectionLimits) {
    this.role = role;
    this.current = state;
    this.channels = new ChannelReceiver(limits, {
      message: (channel, data, flags) => this.tell({ type: "channelData", channel, data, flags }),
      problem: (rule, detail) => this.blame(rule, detail),
    });
    this.sink = {
      pdu: (pdu, value) => this.took(pdu, value),
      channelData: (id, source, offset, end) => this.channels.accept(this.current, id, source, offset, end),
      problem: (rule, detail) => this.blame(rule, detail),
    };
  }

  /** What is known now; immutable. */
  get state(): State {
    return this.current;
  }

  /** Takes the next bytes of the peer, in any split. `now` is the caller's clock in milliseconds. */
  receive(bytes: Uint8Array, now: number): Told<Output>[] {
    this.now = now;
    if (this.current.phase === "closed") return [];
    if (this.current.phase === "tls") {
      this.tell(violation("local", "not-now", "bytes of TLS are not for the connection"));
      return this.flush();
    }
    const good = this.splitter.accept(bytes, (source, offset, end, fastPath) => {
      this.received += end - offset;
      if (fastPath) readFastPath(this.peer, source, offset, end, this.sink);
      else readFrame(this.current, this.peer, source, offset, end, this.sink);
      return this.readsOn();
    });
    if (!this.readsOn()) this.giveUpRest();
    else if (!good) this.lost();
    return this.flush();
  }

  /** Carries out a command of the application. Throws `EncodeError` for values that cannot be sent. */
  command(command: Command, now: number): Told<Output>[] {
    this.now = now;
    this.step({ ...command, now });
    return this.flush();
  }

  /** The time has come that the last `wake` named. */
  tick(now: number): Told<Output>[] {
    this.now = now;
    this.step({ type: "tick", now });
    return this.flush();
  }

  /** Sends a message, given in parts, on a static channel. The parts are not copied. */
  sendOnChannel(channelId: number, ...message: readonly Uint8Array[]): Told<Output>[] {
    const channel = this.current.channels.find(({ id }) => id === channelId);
    if (channel === undefined) this.tell(violation("local", "unknown-channel", `channel ${channelId}`));
    else if (this.ready("a channel message")) {
      if (this.arena.length > pieceSize / 2) this.arena = new Arena(pieceSize);
      this.write(channelSegments(this.current, this.role.sender, channel, message, this.arena, this.head));
    }
    return this.flush();
  }

  /**
   * Sends a Data PDU beside the sequence: slow-path updates and input, Save Session Info and so
   * on. Its header is filled in. Throws `EncodeError`.
   */
  sendShareData<T extends ShareDataHeader>(pdu: Pdu<T>, body: ShareBody<T>): Told<Output>[] {
    if (this.ready(pdu.name)) this.writeShareData(pdu, body);
    return this.flush();
  }

  /**
   * Sends a message of the message channel: a heartbeat, a measurement. Throws `EncodeError`.
   */
  sendOnMessageChannel<T>(pdu: Pdu<T>, value: T): Told<Output>[] {
    const { messageChannelId } = this.current;
    if (!this.ready(pdu.name)) return this.flush();
    if (messageChannelId === undefined) this.tell(violation("local", "not-supported", "there is no message channel"));
    else this.write([writeData(this.current, this.role.sender, messageChannelId, pdu.encode(value))]);
    return this.flush();
  }

  /** Tells what a PDU beside the sequence says; false: it is handed up as it is. */
  protected abstract beside(pdu: Pdu, value: unknown): boolean;
  /** A fast-path packet of the peer. */
  protected abstract fastPath(packet: FastPathInput | FastPathOutput): void;
  /** Whether a decoded PDU is a fast-path packet. */
  protected abstract isFastPath(pdu: Pdu): boolean;

  /** Whether there is a share, or an active session; if not, that is a local violation. */
  protected ready(what: string, active = false): boolean {
    const { phase } = this.current;
    const open = active ? phase === "active" : channelsOpen(phase);
    if (!open) this.tell(violation("local", phase === "closed" ? "closed" : "not-now", `${what} during ${phase}`));
    return open;
  }

  protected tell(output: Told<Output>): void {
    this.outputs.push(output);
  }

  protected blame(rule: ConnectionRule, detail?: string): void {
    this.tell(violation("peer", rule, detail));
  }

  protected writeShareData<T extends ShareDataHeader>(pdu: Pdu<T>, body: ShareBody<T>): void {
    const { role, current } = this;
    const pduSource = role.sender === "client" ? current.userId : serverChannelId;
    const bytes = pdu.encode(shareValue(pdu, { pduSource, shareId: current.shareId }, body));
    if (bytes.length > maximumUserData) this.tell(violation("local", "too-large", `${bytes.length} bytes`));
    else this.write([writeData(current, role.sender, undefined, bytes)]);
  }

  protected write(segments: readonly Uint8Array[]): void {
    if (segments.length === 0) return;
    const last = this.outputs.at(-1);
    if (last?.type === "bytes") {
      this.outputs[this.outputs.length - 1] = {
        type: "bytes",
        segments: [...(last as Extract<ByteOutput, { type: "bytes" }>).segments, ...segments],
      };
    } else this.tell({ type: "bytes", segments });
  }

  protected flush(): Told<Output>[] {
    const { outputs } = this;
    this.outputs = [];
    return outputs;
  }

  private get peer(): "client" | "server" {
    return this.role.sender === "client" ? "server" : "client";
  }

  private step(input: SequenceInput<Command>): void {
    const { state, outputs } = this.role.step(this.current, input);
    // Encoding may throw: what was said before it is not said twice, and nothing has changed.
    const bytes = outputs.map((output) =>
      isSend(output) ? writeMessage(state, this.role.sender, output.message) : undefined,
    );
    this.current = state;
    for (const [index, output] of outputs.entries()) {
      const encoded = bytes[index];
      if (encoded !== undefined) this.write([encoded]);
      else if (output.type === "startTls") this.tell({ type: "startTls", rest: new Uint8Array(0) });
      else this.tell(output as Told<Output>);
    }
  }

  private took(pdu: Pdu, value: unknown): void {
    const message = messageOf(pdu, value);
    if (message !== undefined) this.step({ type: "received", message, now: this.now, bytes: this.received });
    else if (!channelsOpen(this.current.phase)) this.blame("out-of-place", `${pdu.name} during ${this.current.phase}`);
    else if (this.isFastPath(pdu)) this.fastPath(value as FastPathInput | FastPathOutput);
    else if (!this.beside(pdu, value)) this.tell({ type: "pdu", pdu, value });
  }

  /** Whether what follows are frames. */
  private readsOn(): boolean {
    return this.current.phase !== "closed" && this.current.phase !== "tls";
  }

  /** What came after the last frame is not the connection's. */
  private giveUpRest(): void {
    const rest = this.splitter.takeRest();
    this.outputs = this.outputs.map((output) => (output.type === "startTls" ? { type: "startTls", rest } : output));
  }

  /** The stream cannot be read any more. */
  private lost(): void {
    this.blame("no-frame");
    if (this.current.deadline !== undefined) this.tell({ type: "wake", at: undefined } as unknown as Told<Output>);
    this.current = { ...this.current, phase: "closed", deadline: undefined };
    this.tell({ type: "close", because: "no-frame" } as unknown as Told<Output>);
  }
}

const isSend = (output: { readonly type: string }): output is ConnectionSend => output.type === "send";
