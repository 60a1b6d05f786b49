import { closeSync, createReadStream, openSync, readSync, statSync } from "node:fs";

/**
 * Read from a file at a time: enough that the turns of the event loop do not count, and so little that what
 * is made of a chunk is gone before it gets old.
 */
const chunkLength = 128 * 1024;

/** A capture file could not be opened or read. */
export class CaptureOpenError extends Error {
  override readonly name = "CaptureOpenError";
  readonly path: string;
  /** The system's name of the error, such as "ENOENT"; empty if it gave none. */
  readonly code: string;

  constructor(path: string, code: string, cause: unknown) {
    super(`cannot read capture ${path}: ${code || String(cause)}`, { cause });
    this.path = path;
    this.code = code;
  }
}

export interface OpenOptions {
  /**
   * Each chunk of a file is read into the same memory: it is valid until the next one is asked for. It
   * saves a reader that is done with a chunk by then the collection of as much garbage as the file is long.
   */
  readonly reuseMemory?: boolean;
}

/**
 * The bytes of a file, or of standard input if the path is "-". The file is opened when the
 * first chunk is asked for and closed when the loop over the chunks is left. Regular files are read at
 * once, without giving way to other work while a chunk is read.
 *
 * @throws CaptureOpenError (while iterating) if the system refuses to open or to read it.
 */
export async function* openCapture(
  path: string,
  { reuseMemory = false }: OpenOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    if (path === "-") yield* process.stdin as AsyncIterable<Uint8Array>;
    else if (statSync(path).isFile()) yield* fileChunks(path, reuseMemory);
    else yield* createReadStream(path, { highWaterMark: chunkLength }) as AsyncIterable<Uint8Array>;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new CaptureOpenError(path, code, error);
  }
}

function* fileChunks(path: string, reuseMemory: boolean): Generator<Uint8Array, void, undefined> {
  const file = openSync(path, "r");
  try {
    let memory = new Uint8Array(chunkLength);
    for (;;) {
      const length = readSync(file, memory);
      if (length === 0) return;
      yield memory.subarray(0, length);
      if (!reuseMemory) memory = new Uint8Array(chunkLength);
    }
  } finally {
    closeSync(file);
  }
}
