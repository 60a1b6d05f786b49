import type { KeyLog, KeyLogCount } from "@railvail/capture";

/** Something that takes text: a terminal, a file, a pipe. */
export interface TextOutput {
  /**
   * Resolves when more may be written, with false once nobody reads it any more. Rejects with
   * {@link OutputError}.
   */
  write(text: string): Promise<boolean>;
  readonly isTerminal: boolean;
  /** Width of the terminal. */
  readonly columns?: number | undefined;
}

/** Something that takes bytes: a file, or standard output. */
export interface ByteOutput {
  /** Writes all parts, in their order. Rejects with {@link OutputError} or {@link ClosedOutputError}. */
  write(parts: readonly Uint8Array[]): Promise<void>;
  /** Nothing more is written. */
  close(): Promise<void>;
}

/** What a run of the program may touch. */
export interface Surroundings {
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The bytes of a file, of standard input for "-". Throws `CaptureOpenError` while iterating. */
  readonly open: (path: string) => AsyncIterable<Uint8Array>;
  /**
   * Makes a file, in the place of one that is there; "-" is standard output. Rejects with
   * {@link OutputError}. Absent where nothing may be written.
   */
  readonly create?: (path: string) => Promise<ByteOutput>;
  /** Whether a path leads to one of these files. */
  readonly sameFile?: (path: string, others: readonly string[]) => Promise<boolean>;
  /** Adds the secrets of a file. Rejects with `KeyLogOpenError`. */
  readonly loadKeyLog: (path: string, keys: KeyLog) => Promise<KeyLogCount>;
}

/** Something that is needed before anything else can be read, cannot be. The message names it. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/** The output cannot be written: no space left, say. */
export class OutputError extends Error {
  override readonly name = "OutputError";
}

/** The reader of the output has gone: there is nothing left to do. */
export class ClosedOutputError extends Error {
  override readonly name = "ClosedOutputError";

  constructor() {
    super("nobody reads the output any more");
  }
}

const block = 64 * 1024;

/** Collects text and writes it in large blocks. */
export class Printer {
  private readonly output: TextOutput;
  private text = "";
  private pending: Promise<boolean>[] = [];

  constructor(output: TextOutput) {
    this.output = output;
  }

  /** Adds text, newline included where one is wanted. */
  add(text: string): void {
    this.text += text;
    if (this.text.length >= block) this.send();
  }

  /** Adds a line. */
  line(text = ""): void {
    this.add(`${text}\n`);
  }

  /**
   * Between two batches: waits until what was sent is taken. Text short of a block waits for more,
   * unless somebody watches.
   */
  async settle(): Promise<void> {
    if (this.output.isTerminal) return this.flush();
    return this.drain();
  }

  private async drain(): Promise<void> {
    const { pending } = this;
    if (pending.length === 0) return;
    this.pending = [];
    const taken = await Promise.all(pending);
    if (taken.includes(false)) throw new ClosedOutputError();
  }

  /** Writes all that was added. Throws {@link ClosedOutputError}. */
  async flush(): Promise<void> {
    if (this.text !== "") this.send();
    await this.drain();
  }

  private send(): void {
    const written = this.output.write(this.text);
    // A failure is seen at the next settling; until then it is not one that nobody handles.
    written.catch(() => {});
    this.pending.push(written);
    this.text = "";
  }
}
