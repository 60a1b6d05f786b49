import {
  CaptureOpenError,
  readCapture,
  tlsKeyLog,
  type CaptureProblem,
  type HeldBytes,
  type KeyLog,
  type StreamEvent,
  type TlsProblem,
} from "@railvail/capture";
import type { Direction } from "@railvail/dissect";
import { ConnectionReading, type ReadRecord } from "./connection-reading.js";
import { systemReason } from "./system-reason.js";
import type { Surroundings } from "./terminal.js";
import { WaitingEnds } from "./waiting-ends.js";

/** Bytes of TLS records, of all connections, that wait for a key. */
const heldLimit = 16 * 1024 * 1024;

export interface ReadOptions {
  readonly files: readonly string[];
  readonly open: Surroundings["open"];
  /** Connections to read, counted from 0 over all files; all if absent. */
  readonly connections?: ReadonlySet<number> | undefined;
  /** For TLS; the secrets that the files themselves hold are added. */
  readonly keys: KeyLog;
}

/** What takes what the files hold. */
export interface Visitor {
  /** Messages and holes, in the order in which they were completed; their bytes are valid until it returns. */
  record(record: ReadRecord): void;
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

export interface ReadOutcome {
  /** A file was damaged, or held packets that could not be read, or TLS that could not be decrypted. */
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
    try {
      for await (const events of readCapture(options.open(file))) {
        for (const event of events) reading.event(event);
        if (!(await visitor.batch())) return outcome;
      }
    } catch (error) {
      if (!(error instanceof CaptureOpenError)) throw error;
      outcome.unreadable = true;
      visitor.complaint(`${file}: ${systemReason(error)}`);
    }
    reading.finish();
    firstConnection += reading.connections;
  }
  return outcome;
}

/** The connections of one file. */
class FileReading {
  private readonly file: string;
  private readonly first: number;
  private readonly options: ReadOptions;
  private readonly visitor: Visitor;
  private readonly outcome: ReadOutcome;
  private readonly held: HeldBytes;
  private readonly ends: WaitingEnds;
  private readonly readings = new Map<number, ConnectionReading>();
  /** How many connections the file has shown so far. */
  connections = 0;

  constructor(
    file: string,
    first: number,
    options: ReadOptions,
    visitor: Visitor,
    outcome: ReadOutcome,
    held: HeldBytes,
  ) {
    this.file = file;
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
        return this.readings.get(event.connection.id)?.gap(event);
      case "close": {
        const reading = this.readings.get(event.connection.id);
        this.readings.delete(event.connection.id);
        if (reading !== undefined) this.ends.end(reading, event);
        return;
      }
      case "problem":
        return this.problem(event.problem);
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
    return new ConnectionReading({
      connection,
      startMissing,
      keys: this.options.keys,
      held,
      record: (record) => visitor.record(record),
      stream: (direction, length) => visitor.stream?.(connection, direction, length),
      problem: (problem) => this.sealed(connection, problem),
    });
  }

  private sealed(connection: number, problem: TlsProblem): void {
    this.outcome.damaged = true;
    const place = `packet ${problem.packet}: connection ${connection}`;
    this.visitor.complaint(`${this.file}: ${place}: ${problem.message}`);
    this.visitor.sealed?.(connection, problem);
  }

  private problem({ kind, message, packet }: CaptureProblem): void {
    if (kind === "unknown-format") this.outcome.unreadable = true;
    else this.outcome.damaged = true;
    const place = packet === undefined ? "" : ` packet ${packet}:`;
    this.visitor.complaint(`${this.file}:${place} ${message}`);
  }
}
