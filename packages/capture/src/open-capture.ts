import { createReadStream } from "node:fs";

/** Read from a file at a time: enough that the turns of the event loop do not count. */
const chunkLength = 256 * 1024;

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

/**
 * The bytes of a file, or of standard input if the path is "-". The file is opened when the
 * first chunk is asked for and closed when the loop over the chunks is left.
 *
 * @throws CaptureOpenError (while iterating) if the system refuses to open or to read it.
 */
export async function* openCapture(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const stream: AsyncIterable<Uint8Array> =
    path === "-" ? process.stdin : createReadStream(path, { highWaterMark: chunkLength });
  try {
    for await (const chunk of stream) yield chunk;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new CaptureOpenError(path, code, error);
  }
}
