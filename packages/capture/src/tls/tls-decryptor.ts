import type { Direction } from "../stream-event.js";
import { cipherSuiteName } from "./cipher-suites.js";
import { ClearStart } from "./clear-start.js";
import { HeldRecords, type HeldBytes, type SentRange, type TlsMoment } from "./held-records.js";
import type { KeyLog } from "./key-log.js";
import { Negotiations } from "./negotiation.js";
import { RecordOpener } from "./record-opener.js";
import { RecordStream, type Loss } from "./record-stream.js";
import { describeIssue, type TlsIssue, type TlsProblem } from "./tls-problem.js";
import { versionName } from "./versions.js";

export interface TlsDecryptorOptions {
  /** May get more secrets while the connection is read. */
  readonly keys: KeyLog;
  /**
   * Takes the plain stream of a direction. Bytes before TLS are views of what was given to
   * `data`; those out of TLS are memory of their own. The moment is that of the packet that
   * completed the record; `sent` is where the bytes, or the record they come from, stood.
   */
  readonly onPlain: (direction: Direction, bytes: Uint8Array, moment: TlsMoment, sent: SentRange) => void;
  /** Takes what cannot be decrypted, and why. The same sentence is not said twice. */
  readonly onProblem: (problem: TlsProblem) => void;
  /**
   * Takes the bytes of records that could not be decrypted, as they were sent, in their place:
   * here the plain stream has a hole. They are valid until it returns.
   */
  readonly onSealed?: (direction: Direction, bytes: Uint8Array, moment: TlsMoment, sent: SentRange) => void;
  /** Takes gaps. In TLS the length is that of the missing records, with their headers and tags. */
  readonly onGap?: (direction: Direction, length: number, moment: TlsMoment) => void;
  /** The begin of the connection was not captured. */
  readonly startMissing?: boolean;
  /** Bounds the records that wait for a key; default 4 MiB for this connection alone. */
  readonly held?: HeldBytes;
}

/** What both sides agreed on. */
export interface TlsSession {
  /** `TLS 1.3`. */
  readonly version: string;
  /** The IANA name, or the number in hexadecimal. */
  readonly cipherSuite: string;
}

interface Lane {
  readonly start: ClearStart;
  readonly stream: RecordStream;
  readonly opener: RecordOpener;
  readonly queue: HeldRecords;
  /** Where what is in clear, or the item that is being taken, stood. */
  sent: SentRange;
  /** Bytes of records that were not decrypted. */
  undecrypted: number;
}

const defaultLimit = 4 * 1024 * 1024;
/** Sentences about one connection. */
const mostProblems = 64;

/**
 * Decrypts TLS 1.0 to 1.3 in one connection with the secrets of a {@link KeyLog}. Both byte
 * streams go in; out come what was sent in clear before TLS (RDP's negotiation) and the
 * application data. A connection without TLS passes through. Whatever the bytes are, nothing is
 * thrown.
 */
export class TlsDecryptor {
  readonly #options: TlsDecryptorOptions;
  readonly #held: HeldBytes;
  readonly #negotiations: Negotiations;
  readonly #lanes: Readonly<Record<Direction, Lane>>;
  readonly #said = new Set<string>();
  #moment: TlsMoment = { time: 0n, packet: 0 };
  #order = 0;
  /** Of each direction, bytes that were given out in clear, or cut into records. */
  readonly #position = { c2s: 0, s2c: 0 };

  constructor(options: TlsDecryptorOptions) {
    this.#options = options;
    this.#held = options.held ?? { used: 0, limit: defaultLimit };
    this.#negotiations = new Negotiations(options.keys);
    this.#lanes = { c2s: this.#lane("c2s"), s2c: this.#lane("s2c") };
  }

  /** What was agreed on last; undefined before the server's hello, and without TLS. */
  get session(): TlsSession | undefined {
    const hello = this.#negotiations.of("s2c")?.server;
    if (hello === undefined) return undefined;
    const number = `0x${hello.cipherSuite.toString(16).padStart(4, "0")}`;
    const cipherSuite = cipherSuiteName(hello.cipherSuite) ?? number;
    return { version: versionName(hello.version), cipherSuite };
  }

  /**
   * Whether the next bytes of a direction would be passed on as they are. Whoever does not want to know
   * where they stood need not give them to `data`.
   */
  passes(direction: Direction): boolean {
    const { c2s, s2c } = this.#lanes;
    const { verdict, doubtful } = this.#lanes[direction].start;
    return verdict === "clear" && !doubtful && c2s.start.verdict !== "tls" && s2c.start.verdict !== "tls";
  }

  /** Bytes of records, headers included, that were not decrypted so far. */
  undecrypted(direction: Direction): number {
    return this.#lanes[direction].undecrypted;
  }

  /**
   * What the key log knows of this connection, as lines of a key log: see {@link KeyLog.linesOf}.
   * Of renegotiations, the last few are known.
   */
  keyLogLines(): string {
    return this.#negotiations
      .clientRandoms()
      .map((random) => this.#options.keys.linesOf(random))
      .join("");
  }

  /** The next bytes of a direction. Those that have to wait are copied. */
  data(direction: Direction, bytes: Uint8Array, moment: TlsMoment): void {
    const { start, stream } = this.#lanes[direction];
    if (start.verdict === "clear") {
      if (!start.doubtful || !this.#isTls) {
        this.#moment = moment;
        return this.#clear(direction, bytes);
      }
      start.verdict = "tls";
      stream.search();
    }
    this.#moment = moment;
    // Another key log may have been read since.
    this.#pump();
    if (start.verdict === "tls") return stream.data(bytes);
    const { clear, tls } = start.push(bytes);
    this.#clear(direction, clear);
    if (tls.length > 0) stream.data(tls);
  }

  /** So many bytes of a direction, at least 1, were not captured. */
  gap(direction: Direction, length: number, moment: TlsMoment): void {
    const { start, stream } = this.#lanes[direction];
    this.#moment = moment;
    if (start.verdict === "tls") return stream.gap(length);
    this.#clear(direction, start.gap(length));
    this.#passed(direction, length);
    this.#options.onGap?.(direction, length, moment);
  }

  /** No more bytes come. What waits for a key is given up. */
  end(moment: TlsMoment): void {
    this.#moment = moment;
    for (const direction of ["c2s", "s2c"] as const) {
      this.#clear(direction, this.#lanes[direction].start.flush());
      this.#lanes[direction].stream.end();
    }
    this.#giveUp();
    for (const direction of ["c2s", "s2c"] as const) {
      const bytes = this.#lanes[direction].undecrypted;
      if (bytes > 0) this.#issue(direction, { kind: "undecrypted", bytes });
    }
  }

  /** One direction is TLS, so both are. */
  get #isTls(): boolean {
    return Object.values(this.#lanes).some(({ start }) => start.verdict === "tls");
  }

  #lane(direction: Direction): Lane {
    const { onPlain, onSealed, onGap, startMissing = false } = this.#options;
    const lane: Lane = {
      start: new ClearStart(direction, startMissing),
      stream: new RecordStream({
        record: (bytes) => this.#item(direction, lane, bytes),
        lost: (loss) => this.#item(direction, lane, loss),
      }),
      opener: new RecordOpener(direction, this.#negotiations, {
        plain: (bytes) => onPlain(direction, bytes, this.#moment, lane.sent),
        sealed: (bytes) => {
          lane.undecrypted += bytes.length;
          onSealed?.(direction, bytes, this.#moment, lane.sent);
        },
        missing: (length) => onGap?.(direction, length, this.#moment),
        issue: (issue) => this.#issue(direction, issue),
      }),
      queue: new HeldRecords(this.#held),
      sent: { from: 0, to: 0 },
      undecrypted: 0,
    };
    return lane;
  }

  #clear(direction: Direction, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const sent = this.#passed(direction, bytes.length);
    this.#options.onPlain(direction, bytes, this.#moment, sent);
  }

  /** So many bytes more of a direction, in clear or cut into records; returns where they stood. */
  #passed(direction: Direction, length: number): SentRange {
    const from = this.#position[direction];
    this.#position[direction] = from + length;
    return { from, to: from + length };
  }

  #issue(direction: Direction, issue: TlsIssue): void {
    const message = describeIssue(issue, direction);
    if (this.#said.has(message) || this.#said.size >= mostProblems) return;
    this.#said.add(message);
    const { time, packet } = this.#moment;
    this.#options.onProblem({ issue, direction, message, time, packet });
  }

  #item(direction: Direction, lane: Lane, item: Uint8Array | Loss): void {
    const sent = this.#passed(direction, item instanceof Uint8Array ? item.length : item.missing + item.bytes.length);
    if (lane.queue.head === undefined && this.#take(lane, item, sent)) return this.#pump();
    lane.queue.push(this.#order++, this.#moment, sent, item);
    if (this.#held.used > this.#held.limit) this.#giveUp();
  }

  #take(lane: Lane, item: Uint8Array | Loss, sent: SentRange): boolean {
    const { opener } = lane;
    lane.sent = sent;
    if (item instanceof Uint8Array) return opener.take(item);
    opener.lost(item);
    return true;
  }

  /** Takes what waits and need not any more, in the order in which it was captured. */
  #pump(): void {
    const { c2s, s2c } = this.#lanes;
    if (c2s.queue.head === undefined && s2c.queue.head === undefined) return;
    const now = this.#moment;
    do {
      // A client waits in vain for the hello of a server that was not captured.
      if (s2c.opener.dead && c2s.opener.waitsForHello) c2s.opener.giveUp();
    } while (this.#pumpOne());
    this.#moment = now;
  }

  #pumpOne(): boolean {
    const { c2s, s2c } = this.#lanes;
    const first = (c2s.queue.head?.order ?? Infinity) < (s2c.queue.head?.order ?? Infinity);
    for (const lane of first ? [c2s, s2c] : [s2c, c2s]) {
      const { head } = lane.queue;
      if (head === undefined) continue;
      this.#moment = head.moment;
      if (!this.#take(lane, head.item, head.sent)) continue;
      lane.queue.shift();
      return true;
    }
    return false;
  }

  /** Nothing that is waited for comes, or too much waits for it. */
  #giveUp(): void {
    this.#pump();
    while (this.#lanes.c2s.queue.head !== undefined || this.#lanes.s2c.queue.head !== undefined) {
      // A direction that is given up may be what the other one waited for.
      this.#lanes.c2s.opener.giveUp();
      this.#lanes.s2c.opener.giveUp();
      this.#pump();
    }
  }
}
