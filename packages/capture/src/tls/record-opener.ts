import type { Direction } from "../stream-event.js";
import { DirectionKeys } from "./direction-keys.js";
import { HandshakeStream, HandshakeType } from "./handshake-stream.js";
import { readClientHello, readServerHello } from "./hello.js";
import type { Negotiations, Refusal } from "./negotiation.js";
import type { Opened } from "./protection.js";
import type { Loss } from "./record-stream.js";
import { ContentType, headerLength } from "./record.js";
import type { TlsIssue } from "./tls-problem.js";
import { tls13 } from "./versions.js";

export interface OpenerSink {
  /** Application data. */
  plain(bytes: Uint8Array): void;
  /** Bytes of records that could not be opened. */
  sealed(bytes: Uint8Array): void;
  /** Bytes that the capture does not have. */
  missing(length: number): void;
  issue(issue: TlsIssue): void;
}

/** So many records in a row that do not open, and the rest is not tried. */
const mostFailures = 16;
/** Records of a handshake whose keys are not known, before those of application data. */
const longestHandshake = 64;
const missingHandshake: Refusal = { issue: { kind: "handshake-missing" }, wait: true };

/** Opens the records of one direction: follows its handshakes and its changes of keys. */
export class RecordOpener {
  readonly #direction: Direction;
  readonly #negotiations: Negotiations;
  readonly #sink: OpenerSink;
  readonly #keys: DirectionKeys;
  readonly #messages = new HandshakeStream((type, body) => this.#message(type, body));
  /** What the record at hand waits for. */
  #refusal: Refusal | undefined;
  #dead = false;
  #failures = 0;
  /** Bytes are missing since the last record that opened. */
  #afterLoss = false;
  /** Records of a handshake without keys that may still be passed over. */
  #handshakeLeft = 0;

  constructor(direction: Direction, negotiations: Negotiations, sink: OpenerSink) {
    this.#direction = direction;
    this.#negotiations = negotiations;
    this.#sink = sink;
    this.#keys = new DirectionKeys(direction, negotiations);
  }

  /** Nothing more of this direction is decrypted. */
  get dead(): boolean {
    return this.#dead;
  }

  /** The record at hand waits for a hello of the other side. */
  get waitsForHello(): boolean {
    return this.#refusal?.issue.kind === "handshake-missing";
  }

  /** Takes the next record; false if it has to wait and is to be given again. */
  take(record: Uint8Array): boolean {
    if (this.#dead) {
      this.#sink.sealed(record);
      return true;
    }
    this.#refusal = undefined;
    const { stage } = this.#keys;
    if (stage === "clear") return this.#takeClear(record);
    // In TLS 1.3 everything else is in clear and means nothing here.
    const tls13Stage = stage !== "session";
    if (tls13Stage && record[0] !== ContentType.applicationData) return true;
    return this.#takeProtected(record);
  }

  /** Bytes that make no record, in their place among the records. */
  lost({ missing, bytes, records, why }: Loss): void {
    if (missing > 0) this.#sink.missing(missing);
    if (bytes.length > 0) this.#sink.sealed(bytes);
    if (this.#dead) return;
    this.#afterLoss ||= missing > 0;
    if (why === "malformed") this.#sink.issue({ kind: "malformed", what: "record" });
    else if (why === "incomplete") this.#sink.issue({ kind: "incomplete" });
    else if (bytes.length > 0) this.#sink.issue({ kind: "bytes-lost" });
    if (records === 0) return;
    this.#keys.lose(records);
    this.#messages.lose();
  }

  /** What the record at hand waits for will not come. */
  giveUp(): void {
    if (this.#refusal !== undefined) this.#die(this.#refusal.issue);
  }

  #die(issue: TlsIssue): void {
    this.#dead = true;
    this.#refusal = undefined;
    this.#sink.issue(issue);
  }

  #wait(refusal: Refusal): boolean {
    this.#refusal = refusal;
    return false;
  }

  #takeClear(record: Uint8Array): boolean {
    const version = this.#negotiations.of(this.#direction)?.version;
    switch (record[0]) {
      case ContentType.handshake:
        // The change to protected records may be among those that are missing.
        if (!this.#keys.doubtful || !this.#openedAfterLoss(record)) {
          this.#handshake(record.subarray(headerLength));
        }
        return true;
      case ContentType.changeCipherSpec:
        if (this.#negotiations.round(this.#direction) < 0) return true;
        if (version === undefined) return this.#wait(missingHandshake);
        if (version !== tls13) this.#keys.change("session");
        return true;
      case ContentType.applicationData:
        if (this.#negotiations.round(this.#direction) < 0) {
          this.#die(missingHandshake.issue);
          return this.take(record);
        }
        if (version === undefined) return this.#wait(missingHandshake);
        if (version === tls13) {
          this.#keys.change("handshake");
          return this.#takeProtected(record);
        }
        if (!this.#keys.doubtful || !this.#openedAfterLoss(record)) this.#failed(record);
        return true;
      default:
        return true;
    }
  }

  #openedAfterLoss(record: Uint8Array): boolean {
    const opened = this.#keys.open(record);
    if (opened !== undefined) this.#opened(opened);
    return opened !== undefined;
  }

  #takeProtected(record: Uint8Array): boolean {
    const refusal = this.#keys.prepare();
    if (refusal !== undefined) return this.#refused(refusal, record);
    const opened = this.#keys.open(record);
    if (opened === undefined) this.#failed(record);
    else this.#opened(opened);
    return true;
  }

  #refused(refusal: Refusal, record: Uint8Array): boolean {
    if (!refusal.wait) {
      this.#die(refusal.issue);
      return this.take(record);
    }
    if (this.#keys.stage === "handshake" && this.#keys.has("application")) {
      // Nothing of the handshake is needed but where it ends, and that shows by itself.
      this.#keys.change("application");
      this.#handshakeLeft = longestHandshake;
      return this.#takeProtected(record);
    }
    return this.#wait(refusal);
  }

  #opened({ type, content }: Opened): void {
    this.#failures = 0;
    this.#afterLoss = false;
    this.#handshakeLeft = 0;
    switch (type) {
      case ContentType.applicationData:
        if (content.length > 0) this.#sink.plain(content);
        return;
      case ContentType.handshake:
        return this.#handshake(content);
      case ContentType.changeCipherSpec:
        if (this.#keys.stage === "session") this.#keys.change("session");
        return;
    }
  }

  #failed(record: Uint8Array): void {
    if (this.#handshakeLeft > 0) {
      this.#handshakeLeft--;
      return;
    }
    this.#sink.sealed(record);
    const { stage, untouched } = this.#keys;
    const client = this.#direction === "c2s" ? this.#negotiations.of("c2s")?.client : undefined;
    if (client?.earlyData === true && stage === "handshake" && untouched) {
      return this.#sink.issue({ kind: "early-data" });
    }
    this.#failures++;
    this.#keys.passOver();
    this.#sink.issue({ kind: this.#afterLoss ? "bytes-lost" : "authentication-failed" });
    this.#dead = this.#failures >= mostFailures;
  }

  #handshake(content: Uint8Array): void {
    if (!this.#messages.push(content)) this.#die({ kind: "malformed", what: "handshake" });
  }

  #message(type: number, body: Uint8Array): void {
    const { stage } = this.#keys;
    switch (type) {
      case HandshakeType.clientHello: {
        if (this.#direction !== "c2s") return;
        const hello = readClientHello(body);
        return this.#hello(hello !== undefined && this.#negotiations.clientHello(hello));
      }
      case HandshakeType.serverHello: {
        if (this.#direction !== "s2c") return;
        const hello = readServerHello(body);
        return this.#hello(hello !== undefined && this.#negotiations.serverHello(hello));
      }
      case HandshakeType.finished:
        if (stage === "handshake") this.#keys.change("application");
        return;
      case HandshakeType.keyUpdate:
        if (stage === "application") this.#keys.update();
        return;
    }
  }

  #hello(accepted: boolean): void {
    if (!accepted) this.#die({ kind: "malformed", what: "handshake" });
  }
}
