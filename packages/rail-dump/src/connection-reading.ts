import {
  TlsDecryptor,
  type DataEvent,
  type GapEvent,
  type HeldBytes,
  type KeyLog,
  type SentRange,
  type TlsMoment,
  type TlsProblem,
} from "@railvail/capture";
import { Dissector, type Direction, type Gap, type Message } from "@railvail/dissect";
import { HeldShare } from "./held-share.js";
import type { MessagePackets } from "./message-packets.js";

/** Bytes that are missing in a stream; `sealed`: they are in the capture, and were not decrypted. */
export interface Hole extends Omit<Gap, "reason"> {
  readonly reason: Gap["reason"] | "sealed";
}

/** What is read: messages, and what is missing between them. */
export type ReadRecord = Message | Hole;

export interface ConnectionOptions {
  readonly connection: number;
  readonly startMissing: boolean;
  /** May get more secrets while the connection is read. */
  readonly keys: KeyLog;
  /** Bounds what waits for keys, over all connections. */
  readonly held: HeldBytes;
  readonly record: (record: ReadRecord) => void;
  /** Bytes of a stream, decrypted if they can be, before they are dissected. */
  readonly stream?: ((direction: Direction, length: number) => void) | undefined;
  /** Something of TLS could not be decrypted. */
  readonly problem: (problem: TlsProblem) => void;
  /** The channels whose envelopes are wanted; all if absent. */
  readonly envelopes?: ReadonlySet<string> | undefined;
  /** Follows which packets carried what is dissected, if somebody wants to know. */
  readonly packets?: MessagePackets | undefined;
}

/** One connection: its streams are decrypted, where there is TLS, and dissected. */
export class ConnectionReading {
  private readonly options: ConnectionOptions;
  private readonly dissector: Dissector;
  private readonly tls: TlsDecryptor;
  private readonly held: HeldShare;
  /** Once something was decrypted, what was not is a hole; before, it shows that this is TLS. */
  private readonly opened = { c2s: false, s2c: false };
  /** Why bytes are missing: gaps come out of TLS later than they went in. */
  private readonly reasons: Record<Direction, Gap["reason"]> = { c2s: "lost", s2c: "lost" };
  /** The hole at hand is one that could not be decrypted. */
  private sealing = false;

  constructor(options: ConnectionOptions) {
    this.options = options;
    this.held = new HeldShare(options.held);
    const { connection, startMissing, keys, record, problem, envelopes } = options;
    this.dissector = new Dissector({
      connection,
      startMissing,
      envelopes,
      sink: (one) => record(this.sealing && one.type === "gap" ? { ...one, reason: "sealed" } : one),
    });
    this.tls = new TlsDecryptor({
      keys,
      held: this.held,
      startMissing,
      onPlain: (direction, bytes, moment, sent) => {
        this.opened[direction] ||= this.tls.session !== undefined;
        this.dissect(direction, bytes, moment, sent);
      },
      onSealed: (direction, bytes, moment, sent) => this.sealed(direction, bytes, moment, sent),
      onGap: (direction, length, moment) => this.missing(direction, length, this.reasons[direction], moment),
      onProblem: problem,
    });
  }

  /** Something is held back until its key is known. */
  get waits(): boolean {
    return this.held.own > 0;
  }

  /** What came so far is in TLS. */
  get isTls(): boolean {
    return this.tls.session !== undefined;
  }

  /** The secrets of this connection's TLS, as lines of a key log. */
  keyLogLines(): string {
    return this.tls.keyLogLines();
  }

  data(event: DataEvent): void {
    const { direction, bytes } = event;
    const { packets, stream } = this.options;
    // Most bytes are in clear, and few want to know which packets they came in.
    if (packets === undefined && this.tls.passes(direction)) {
      stream?.(direction, bytes.length);
      return this.dissector.data(direction, bytes, event);
    }
    packets?.data(event);
    this.tls.data(direction, bytes, event);
  }

  gap(event: GapEvent): void {
    const { direction, length, reason } = event;
    this.reasons[direction] = reason;
    this.tls.gap(direction, length, event);
  }

  /** No more bytes come. */
  end(moment: TlsMoment): void {
    this.tls.end(moment);
    this.dissector.end(moment);
  }

  private dissect(direction: Direction, bytes: Uint8Array, moment: TlsMoment, sent: SentRange): void {
    this.options.stream?.(direction, bytes.length);
    this.options.packets?.plain(direction, bytes.length, sent);
    this.dissector.data(direction, bytes, moment);
  }

  private sealed(direction: Direction, bytes: Uint8Array, moment: TlsMoment, sent: SentRange): void {
    if (!this.opened[direction]) return this.dissect(direction, bytes, moment, sent);
    this.sealing = true;
    this.missing(direction, bytes.length, "lost", moment);
    this.sealing = false;
  }

  private missing(direction: Direction, length: number, reason: Gap["reason"], moment: TlsMoment): void {
    this.options.packets?.gap(direction, length);
    this.dissector.gap(direction, length, reason, moment);
  }
}
