import { join } from "node:path";
import { onTestFinished } from "vitest";
import {
  connect,
  listen,
  type Conduit,
  type ConduitError,
  type ConduitEvents,
  type ConduitLimits,
  type ConnectOptions,
  type OwnCertificate,
} from "../src/index.js";
import { testCertificate } from "./certificate.js";
import { temporaryFolder } from "./temporary.js";

export interface PairOptions {
  readonly place?: "tcp" | "unix";
  /** The server has a certificate. */
  readonly tls?: boolean;
  /** TLS is up already. */
  readonly secured?: boolean;
  readonly server?: ConduitLimits;
  readonly client?: ConnectOptions;
}

export interface ConduitPair {
  readonly client: Conduit;
  readonly server: Conduit;
  readonly certificate: OwnCertificate;
  stop(): void;
}

/** Both ends of a connection on this machine. */
export async function conduitPair(options: PairOptions): Promise<ConduitPair> {
  const { place = "tcp", tls = false } = options;
  const certificate = await testCertificate();
  const where = place === "tcp" ? { host: "127.0.0.1", port: 0 } : { path: join(temporaryFolder(), "socket") };
  const accepted = deferred<Conduit>();
  const listener = await listen(where, { ...options.server, ...(tls ? { tls: certificate } : {}) }, accepted.resolve);
  const client = await connect(listener.address, options.client);
  const server = await accepted.promise;
  listener.close();
  const stop = (): void => {
    client.abort();
    server.abort();
  };
  onTestFinished(stop);
  if (options.secured === true) {
    server.startTls(new Uint8Array(0));
    client.startTls(new Uint8Array(0));
    await Promise.all([nextOf(client, "secured"), nextOf(server, "secured")]);
  }
  return { client, server, certificate, stop };
}

/** The next event of a name. */
export const nextOf = <Name extends keyof ConduitEvents>(
  conduit: Conduit,
  name: Name,
): Promise<Parameters<ConduitEvents[Name]>[0]> =>
  new Promise((resolve) => {
    const off = conduit.on(name, ((value: Parameters<ConduitEvents[Name]>[0]) => {
      off();
      resolve(value);
    }) as ConduitEvents[Name]);
  });

/** How a conduit ended. */
export const ended = (conduit: Conduit): Promise<ConduitError | undefined> => nextOf(conduit, "closed");

/** Reads a conduit from now on. */
export function reading(conduit: Conduit) {
  const parts: Uint8Array[] = [];
  let length = 0;
  let wanted = 0;
  let wake = deferred<void>();
  conduit.on("received", (bytes) => {
    parts.push(bytes);
    length += bytes.length;
    if (length >= wanted) wake.resolve();
  });
  return {
    get bytes(): Buffer {
      return Buffer.concat(parts);
    },
    get text(): string {
      return Buffer.concat(parts).toString();
    },
    /** So many bytes have come in all. */
    async until(count: number): Promise<void> {
      if (length >= count) return;
      wanted = count;
      wake = deferred();
      await wake.promise;
    },
  };
}

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
