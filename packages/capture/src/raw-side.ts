import { GzipDamage, gunzipChunks } from "./gunzip-chunks.js";
import { HexDamage, hexChunks } from "./hex-chunks.js";
import type { Direction, Connection, ProblemEvent, StreamEvent } from "./stream-event.js";
import { unitHeader, unitLength } from "./stream-unit.js";

/** A file that holds the bytes of one direction of a connection. */
export interface RawStream {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** The bytes are written as text: see {@link HexText}. */
  readonly text?: "hex";
}

const none = new Uint8Array(0);
/** One direction of a connection that is read from a file of its own. */
export class RawSide {
  readonly direction: Direction;
  private readonly chunks: AsyncIterator<Uint8Array>;
  private held: Uint8Array = none;
  private ended = false;
  private offset = 0;
  /** What is wrong with the file, said once all before it was given. */
  problem: ProblemEvent | undefined;

  constructor(direction: Direction, { chunks, text }: RawStream) {
    this.direction = direction;
    const bytes = gunzipChunks(chunks);
    this.chunks = (text === "hex" ? hexChunks(bytes) : bytes)[Symbol.asyncIterator]();
  }

  /** The first bytes, as many as asked for if there are so many; they are given again. */
  async begin(length: number): Promise<Uint8Array> {
    await this.fill(length);
    return this.held.subarray(0, length);
  }

  /** The next unit of the protocol, as far as it can be told; undefined at the end. */
  async unit(connection: Connection): Promise<StreamEvent | undefined> {
    await this.fill(unitHeader);
    const length = unitLength(this.held) ?? this.held.length;
    await this.fill(length);
    return this.give(connection, Math.min(length, this.held.length));
  }

  /** Whatever comes next; undefined at the end. */
  async next(connection: Connection): Promise<StreamEvent | undefined> {
    await this.fill(1);
    return this.give(connection, this.held.length);
  }

  /** Closes the file. */
  async close(): Promise<void> {
    await this.chunks.return?.();
  }

  private give(connection: Connection, length: number): StreamEvent | undefined {
    if (length === 0) return undefined;
    const bytes = this.held.subarray(0, length);
    this.held = this.held.subarray(length);
    const { direction, offset } = this;
    this.offset += length;
    return { type: "data", connection, direction, time: 0n, packet: 0, offset, bytes };
  }

  /** Reads on until so many bytes are held, if there are so many. */
  private async fill(length: number): Promise<void> {
    while (this.held.length < length && !this.ended) {
      const chunk = await this.read();
      if (this.held.length === 0) {
        this.held = chunk;
        continue;
      }
      const joined = new Uint8Array(this.held.length + chunk.length);
      joined.set(this.held);
      joined.set(chunk, this.held.length);
      this.held = joined;
    }
  }

  private async read(): Promise<Uint8Array> {
    try {
      const next = await this.chunks.next();
      if (next.done !== true) return next.value;
    } catch (error) {
      const isHex = error instanceof HexDamage;
      if (!isHex && !(error instanceof GzipDamage)) throw error;
      const kind = isHex ? "damaged-hex" : "damaged-gzip";
      const offset = this.offset + this.held.length;
      const { direction } = this;
      this.problem = { type: "problem", problem: { kind, message: error.message, offset, direction, stopped: true } };
    }
    this.ended = true;
    return none;
  }
}
