import { createGunzip } from "node:zlib";

/** The compressed data is damaged or ends early. */
export class GzipDamage extends Error {
  override readonly name = "GzipDamage";
}

/** So much compressed input at a time; it may become a thousand times as much. */
const inputPiece = 16 * 1024;
const outputPiece = 256 * 1024;
const gzipMagic = [0x1f, 0x8b] as const;

/** Joins the first chunks until there are enough bytes to tell gzip from anything else. */
async function firstBytes(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let first: Uint8Array = new Uint8Array(0);
  while (first.length < gzipMagic.length) {
    const next = await chunks.next();
    if (next.done === true) break;
    const joined = new Uint8Array(first.length + next.value.length);
    joined.set(first);
    joined.set(next.value, first.length);
    first = joined;
  }
  return first;
}

/**
 * Passes chunks on, decompressed if they begin with the magic number of gzip (RFC 1952), also of
 * several members one after another.
 *
 * @throws GzipDamage after all that could be decompressed was passed on.
 */
export async function* gunzipChunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = chunks[Symbol.asyncIterator]();
  let ended = false;
  const rest = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
    yield first;
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) break;
      yield next.value;
    }
    ended = true;
  };
  const first = await firstBytes(iterator);
  const isGzip = first[0] === gzipMagic[0] && first[1] === gzipMagic[1];
  try {
    yield* isGzip ? gunzip(rest()) : rest();
  } finally {
    // The consumer may have had enough: then the file has to be closed.
    if (!ended) await iterator.return?.();
  }
}

async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const stream = createGunzip({ chunkSize: outputPiece });
  let ready: Uint8Array[] = [];
  let failure: Error | undefined;
  let over = false;
  // A write that finds damage is never called back, so the end of all has to wake its waiter.
  let wake = (): void => undefined;
  const finish = (error?: Error): void => {
    failure ??= error;
    over = true;
    wake();
  };
  stream.on("end", () => finish());
  stream.on("error", finish);
  // Not read as a stream: that would drop what is still buffered when damage is found.
  stream.on("data", (piece: Uint8Array) => ready.push(piece));
  const take = (): Uint8Array[] => {
    const taken = ready;
    ready = [];
    return taken;
  };
  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length && !over; at += inputPiece) {
        const piece = chunk.subarray(at, at + inputPiece);
        await new Promise<void>((resolve) => {
          wake = resolve;
          stream.write(piece, () => resolve());
        });
        yield* take();
      }
      if (over) break;
    }
    if (!over) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        stream.end();
      });
    }
    yield* take();
    if (failure !== undefined) {
      throw new GzipDamage(failure.message, { cause: failure });
    }
  } finally {
    stream.destroy();
  }
}
