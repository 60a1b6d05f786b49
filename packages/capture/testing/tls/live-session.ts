/** TLS sessions between Node's own client and server in memory, with the bytes they exchanged. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { duplexPair, type Duplex } from "node:stream";
import { connect, TLSSocket, type ConnectionOptions, type TLSSocketOptions } from "node:tls";
import type { Direction } from "../../src/index.js";

export interface Turn {
  readonly direction: Direction;
  /** Bytes of application data. */
  readonly size: number;
}

export interface LiveOptions {
  readonly server: TLSSocketOptions;
  readonly client: ConnectionOptions;
  readonly turns: readonly Turn[];
  /** Called when the first half of the turns is over. */
  readonly between?: (client: TLSSocket) => Promise<void>;
}

/** Bytes that were seen in one direction. */
export interface Chunk {
  readonly direction: Direction;
  readonly bytes: Uint8Array;
}

export interface LiveSession {
  readonly chunks: readonly Chunk[];
  /** What an SSLKEYLOGFILE would have. */
  readonly keyLog: string;
  readonly sent: Readonly<Record<Direction, Buffer>>;
  readonly version: string;
  readonly cipher: string;
  /** Of the client, for resumption. */
  readonly session: Buffer | undefined;
  readonly resumed: boolean;
}

/** Writes and waits until the other side has it. */
async function transfer(from: Duplex, to: Duplex, bytes: Buffer): Promise<void> {
  const done = new Promise<void>((resolve, reject) => {
    let missing = bytes.length;
    const take = (part: Buffer): void => {
      missing -= part.length;
      if (missing > 0) return;
      to.off("data", take);
      resolve();
    };
    to.on("data", take);
    to.once("error", reject);
  });
  from.write(bytes);
  await done;
}

export async function liveSession(options: LiveOptions): Promise<LiveSession> {
  const chunks: Chunk[] = [];
  const [clientEnd, clientTap] = duplexPair();
  const [serverEnd, serverTap] = duplexPair();
  const tap = (direction: Direction, from: Duplex, to: Duplex): void => {
    from.on("data", (bytes: Buffer) => {
      chunks.push({ direction, bytes: Uint8Array.from(bytes) });
      to.write(bytes);
    });
    from.on("end", () => to.end());
  };
  tap("c2s", clientTap, serverTap);
  tap("s2c", serverTap, clientTap);

  const server = new TLSSocket(serverEnd, { ...options.server, isServer: true });
  const client = connect({ rejectUnauthorized: false, ...options.client, socket: clientEnd });
  const lines: Buffer[] = [];
  client.on("keylog", (line: Buffer) => lines.push(line));
  let session: Buffer | undefined;
  client.on("session", (ticket: Buffer) => (session = ticket));
  const failed = new Promise<never>((_, reject) => {
    client.once("error", reject);
    server.once("error", reject);
  });
  const sent = { c2s: [] as Buffer[], s2c: [] as Buffer[] };
  const talk = async (): Promise<void> => {
    await once(client, "secureConnect");
    const half = Math.ceil(options.turns.length / 2);
    for (const [index, { direction, size }] of options.turns.entries()) {
      if (index === half) await options.between?.(client);
      const bytes = randomBytes(size);
      sent[direction].push(bytes);
      await (direction === "c2s" ? transfer(client, server, bytes) : transfer(server, client, bytes));
    }
  };
  await Promise.race([talk(), failed]);
  const result = {
    chunks,
    keyLog: Buffer.concat(lines).toString("latin1"),
    sent: { c2s: Buffer.concat(sent.c2s), s2c: Buffer.concat(sent.s2c) },
    version: client.getProtocol() ?? "",
    cipher: client.getCipher().standardName,
    session,
    resumed: client.isSessionReused(),
  };
  failed.catch(() => undefined);
  const closed = once(client, "close");
  client.resume().end();
  server.resume().end();
  await closed;
  server.destroy();
  return result;
}
