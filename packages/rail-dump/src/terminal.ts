import type { KeyLog, KeyLogCount, OpenOptions } from "@railvail/capture";

/** Something that takes text: a terminal, a file, a pipe. */
export interface TextOutput {
  /**
   * Resolves when more may be written, with false once nobody reads it any more. Rejects with
   * {@link OutputError}.
   */
  write(text: string): Promise<boolean>;
  /** The same for text in UTF-8. The bytes are left alone until it is taken. */
  writeBytes?(bytes: Uint8Array): Promise<boolean>;
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
  readonly open: (path: string, options?: OpenOptions) => AsyncIterable<Uint8Array>;
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
