import {
  CaptureOpenError,
  readCapture,
  readRawStreams,
  tlsKeyLog,
  type CaptureProblem,
  type CommentEvent,
  type GapEvent,
  type HeldBytes,
  type KeyLog,
  type StreamEvent,
  type TlsProblem,
} from "@railvail/capture";
import type { Direction } from "@railvail/dissect";
import { ConnectionReading, type ReadRecord } from "./connection-reading.js";
import { inputName, type InputFile, type RawFile } from "./input-file.js";
import { MessagePackets } from "./message-packets.js";
import { systemReason } from "./system-reason.js";
import type { Surroundings } from "./terminal.js";
import { WaitingEnds } from "./waiting-ends.js";

/** Bytes of TLS records, of all connections, that wait for a key. */
const heldLimit = 16 * 1024 * 1024;

export interface ReadOptions {
  readonly files: readonly InputFile[];
  readonly open: Surroundings["open"];
  /** Connections to read, counted from 0 over all files; all if absent. */
  readonly connections?: ReadonlySet<number> | undefined;
  /** For TLS; the secrets that the files themselves hold are added. */
  readonly keys: KeyLog;
  /** Whether the visitor wants to know which packets carried a message. */
  readonly packets?: boolean;
  /** The channels whose envelopes the visitor wants; all if absent. */
  readonly envelopes?: ReadonlySet<string> | undefined;
}

/** What takes what the files hold. */
export interface Visitor {
  /** Messages and holes, in the order in which they were completed; their bytes are valid until it returns. */
  record(record: ReadRecord, from: RecordOrigin): void;
  /** Another file begins, in which frame numbers count from 1. */
  file?(input: InputFile): void;
  /** What somebody wrote into a file about a packet comes before its messages. */
  comment?(comment: CommentEvent): void;
  /** Bytes of a stream, decrypted if they can be, before they are dissected. */
  stream?(connection: number, direction: Direction, length: number): void;
  /** The time of the first packet of all. */
  begin?(time: bigint): void;
  /** Something is wrong with a file; `message` names it. */
  complaint(message: string): void;
  /** Something of TLS could not be decrypted; it was complained about. */
  sealed?(connection: number, problem: TlsProblem): void;
  /** After each batch of packets: false ends the reading. */
  batch(): Promise<boolean>;
}

/** Where a record comes from. */
export interface RecordOrigin {
  /** The packets that carried it, some perhaps twice, if they were asked for. */
  readonly packets: readonly number[];
  /** Messages of this connection were so long that their first packets are not known any more. */
  readonly packetsForgotten: boolean;
  /** The packets with the handshake of TLS, if there is one. */
  openingPackets(): readonly number[];
  /** The secrets of its connection, as lines of a key log; to be printed nowhere. */
  keyLogLines(): string;
}

export interface ReadOutcome {
  /** A file was damaged, lacks bytes, or held packets that could not be read, or TLS that could not be decrypted. */
  damaged: boolean;
  /** A file could not be read, or is no capture. */
  unreadable: boolean;
}

/** Reads captures one after the other: files to connections to records. */
export async function readFiles(options: ReadOptions, visitor: Visitor): Promise<ReadOutcome> {
  const outcome: ReadOutcome = { damaged: false, unreadable: false };
  const held: HeldBytes = { used: 0, limit: heldLimit };
  let firstConnection = 0;
  for (const file of options.files) {
    const reading = new FileReading(file, firstConnection, options, visitor, outcome, held);
    visitor.file?.(file);
    try {
      for await (const events of eventsOf(file, options.open)) {
        for (const event of events) reading.event(event);
        if (!(await visitor.batch())) return outcome;
      }
    } catch (error) {
      if (!(error instanceof CaptureOpenError)) throw error;
      outcome.unreadable = true;
      visitor.complaint(`${error.path}: ${systemReason(error)}`);
    }
    reading.finish();
    firstConnection += reading.connections;
  }
  return outcome;
}

/** The events of a capture, or of raw streams. */
function eventsOf(file: InputFile, open: Surroundings["open"]): AsyncIterable<readonly StreamEvent[]> {
  if (typeof file === "string") return readCapture(open(file, { reuseMemory: true }));
  const stream = (one: RawFile | undefined) =>
    one && { chunks: open(one.path), ...(one.text === undefined ? {} : { text: one.text }) };
  const [c2s, s2c] = [stream(file.c2s), stream(file.s2c)];
  return readRawStreams({ ...(c2s && { c2s }), ...(s2c && { s2c }) });
}

/** The connections of one file. */
class FileReading {
  private readonly input: InputFile;
  private readonly file: string;
  private readonly first: number;
  private readonly options: ReadOptions;
  private readonly visitor: Visitor;
  private readonly outcome: ReadOutcome;
  private readonly held: HeldBytes;
  private readonly ends: WaitingEnds;
  private readonly readings = new Map<number, ConnectionReading>();
  /** By connection: in how many places bytes are missing, and how many. */
  private readonly missing = new Map<number, { readonly places: number; readonly bytes: number }>();
  /** How many connections the file has shown so far. */
  connections = 0;

  constructor(
    input: InputFile,
    first: number,
    options: ReadOptions,
    visitor: Visitor,
    outcome: ReadOutcome,
    held: HeldBytes,
  ) {
    this.input = input;
    this.file = inputName(input);
    this.first = first;
    this.options = options;
    this.visitor = visitor;
    this.outcome = outcome;
    this.held = held;
    this.ends = new WaitingEnds(held);
  }

  event(event: StreamEvent): void {
    switch (event.type) {
      case "open": {
        const { id, startMissing } = event.connection;
        this.connections = Math.max(this.connections, id + 1);
        const connection = this.first + id;
        if (this.options.connections?.has(connection) === false) return;
        this.visitor.begin?.(event.time);
        this.readings.set(id, this.reading(connection, startMissing));
        return;
      }
      case "data":
        return this.readings.get(event.connection.id)?.data(event);
      case "gap":
        this.missed(event);
        return this.readings.get(event.connection.id)?.gap(event);
      case "close": {
        const { id } = event.connection;
        const reading = this.readings.get(id);
        this.readings.delete(id);
        if (reading !== undefined) this.ends.end(reading, event);
        this.sayMissing(id);
        return;
      }
      case "problem":
        return this.problem(event.problem);
      case "comment":
        return this.visitor.comment?.(event);
      case "secrets":
        // A session can have several such blocks: what ended and waits is not ended yet.
        if (event.secretsType === tlsKeyLog) this.options.keys.add(event.bytes);
        return;
    }
  }

  /** The file holds no more. */
  finish(): void {
    this.ends.flush();
  }

  private reading(connection: number, startMissing: boolean): ConnectionReading {
    const { visitor, held } = this;
    const packets = this.options.packets === true ? new MessagePackets() : undefined;
    const origin = {
      packets: [] as readonly number[],
      packetsForgotten: false,
      openingPackets: () => (packets !== undefined && reading.isTls ? packets.opening() : []),
      keyLogLines: () => reading.keyLogLines(),
    };
    const reading: ConnectionReading = new ConnectionReading({
      connection,
      startMissing,
      keys: this.options.keys,
      held,
      packets,
      envelopes: this.options.envelopes,
      record: (record) => {
        if (packets !== undefined) {
          origin.packets = packets.of(record);
          origin.packetsForgotten = packets.forgotten;
        }
        visitor.record(record, origin);
      },
      stream: visitor.stream && ((direction, length) => visitor.stream?.(connection, direction, length)),
      problem: (problem) => this.sealed(connection, problem),
    });
    return reading;
  }

  private missed({ connection: { id }, length }: GapEvent): void {
    if (!this.readings.has(id)) return;
    const { places, bytes } = this.missing.get(id) ?? { places: 0, bytes: 0 };
    this.missing.set(id, { places: places + 1, bytes: bytes + length });
  }

  /** Once for each connection: listings show where, and other commands do not. */
  private sayMissing(id: number): void {
    const missing = this.missing.get(id);
    if (missing === undefined) return;
    this.missing.delete(id);
    this.outcome.damaged = true;
    const { bytes, places } = missing;
    const where = places === 1 ? "in one place" : `in ${places} places`;
    this.visitor.complaint(`${this.file}: connection ${this.first + id}: ${bytes} bytes were not captured, ${where}`);
  }

  private sealed(connection: number, problem: TlsProblem): void {
    this.outcome.damaged = true;
    const packet = problem.packet > 0 ? `packet ${problem.packet}: ` : "";
    const place = `${packet}connection ${connection}`;
    this.visitor.complaint(`${this.file}: ${place}: ${problem.message}`);
    this.visitor.sealed?.(connection, problem);
  }

  private problem({ kind, message, packet, direction }: CaptureProblem): void {
    if (kind === "unknown-format") this.outcome.unreadable = true;
    else this.outcome.damaged = true;
    const place = packet === undefined ? "" : ` packet ${packet}:`;
    const { input } = this;
    const raw = direction === undefined || typeof input === "string" ? undefined : input[direction];
    this.visitor.complaint(`${raw?.path ?? this.file}:${place} ${message}`);
  }
}
