import { CaptureOpenError, readCapture, type CaptureProblem, type StreamEvent } from "@railvail/capture";
import { Dissector, type Direction, type Record as DissectedRecord } from "@railvail/dissect";
import type { Surroundings } from "./terminal.js";

export interface ReadOptions {
  readonly files: readonly string[];
  readonly open: Surroundings["open"];
  /** Connections to read, counted from 0 over all files; all if absent. */
  readonly connections?: ReadonlySet<number> | undefined;
}

/** What takes what the files hold. */
export interface Visitor {
  /** Messages and gaps, in the order in which they were completed; their bytes are valid until it returns. */
  record(record: DissectedRecord): void;
  /** Bytes of a stream, before they are dissected. */
  stream?(connection: number, direction: Direction, length: number): void;
  /** The time of the first packet of all. */
  begin?(time: bigint): void;
  /** Something is wrong with a file; `message` names it. */
  complaint(message: string): void;
  /** After each batch of packets: false ends the reading. */
  batch(): Promise<boolean>;
}

export interface ReadOutcome {
  /** A file was damaged, or held packets that could not be read. */
  damaged: boolean;
  /** A file could not be read, or is no capture. */
  unreadable: boolean;
}

/** Reads captures one after the other: files to connections to records. */
export async function readFiles(options: ReadOptions, visitor: Visitor): Promise<ReadOutcome> {
  const outcome: ReadOutcome = { damaged: false, unreadable: false };
  let firstConnection = 0;
  for (const file of options.files) {
    const reading = new FileReading(file, firstConnection, options, visitor, outcome);
    try {
      for await (const events of readCapture(options.open(file))) {
        for (const event of events) reading.event(event);
        if (!(await visitor.batch())) return outcome;
      }
    } catch (error) {
      if (!(error instanceof CaptureOpenError)) throw error;
      outcome.unreadable = true;
      visitor.complaint(`${file}: ${reasonOf(error)}`);
    }
    firstConnection += reading.connections;
  }
  return outcome;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  EACCES: "permission denied",
  EISDIR: "is a directory",
};

const reasonOf = (error: CaptureOpenError): string => reasons[error.code] ?? error.message;

/** The connections of one file. */
class FileReading {
  private readonly file: string;
  private readonly first: number;
  private readonly options: ReadOptions;
  private readonly visitor: Visitor;
  private readonly outcome: ReadOutcome;
  private readonly dissectors = new Map<number, Dissector>();
  /** How many connections the file has shown so far. */
  connections = 0;

  constructor(file: string, first: number, options: ReadOptions, visitor: Visitor, outcome: ReadOutcome) {
    this.file = file;
    this.first = first;
    this.options = options;
    this.visitor = visitor;
    this.outcome = outcome;
  }

  event(event: StreamEvent): void {
    switch (event.type) {
      case "open": {
        const { id, startMissing } = event.connection;
        this.connections = Math.max(this.connections, id + 1);
        const connection = this.first + id;
        if (this.options.connections?.has(connection) === false) return;
        this.visitor.begin?.(event.time);
        const sink = (record: DissectedRecord): void => this.visitor.record(record);
        this.dissectors.set(id, new Dissector({ connection, sink, startMissing }));
        return;
      }
      case "data": {
        const { connection, direction, bytes } = event;
        const dissector = this.dissectors.get(connection.id);
        if (dissector === undefined) return;
        this.visitor.stream?.(this.first + connection.id, direction, bytes.length);
        return dissector.data(direction, bytes, event);
      }
      case "gap": {
        const dissector = this.dissectors.get(event.connection.id);
        return dissector?.gap(event.direction, event.length, event.reason, momentOf(event));
      }
      case "close":
        this.dissectors.get(event.connection.id)?.end(event);
        this.dissectors.delete(event.connection.id);
        return;
      case "problem":
        return this.problem(event.problem);
      case "secrets":
        return;
    }
  }

  private problem({ kind, message, packet }: CaptureProblem): void {
    if (kind === "unknown-format") this.outcome.unreadable = true;
    else this.outcome.damaged = true;
    const place = packet === undefined ? "" : ` packet ${packet}:`;
    this.visitor.complaint(`${this.file}:${place} ${message}`);
  }
}

const momentOf = ({ time, packet }: { readonly time: bigint; readonly packet: number }) => ({
  time,
  packet,
});
