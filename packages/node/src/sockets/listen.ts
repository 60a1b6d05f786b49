import { chmodSync, lstatSync, unlinkSync } from "node:fs";
import { createConnection, createServer, type ListenOptions, type Server, type Socket } from "node:net";
import { addressText, hostAndPort, type Address } from "./address.js";
import { ConduitError, conduitError } from "./conduit-error.js";
import type { Conduit, ConduitLimits } from "./conduit.js";
import { SocketConduit } from "./socket-conduit.js";
import type { ServerCertificate } from "./tls-settings.js";
import { serverUpgrade } from "./tls-upgrade.js";

export interface ListenerOptions extends ConduitLimits {
  /** What `startTls` shows; without it TLS cannot be started. */
  readonly tls?: ServerCertificate;
  /** More clients than this at a time are turned away; no limit unless said otherwise. */
  readonly maximumConnections?: number;
}

/** A server that waits for clients. */
export interface Listener {
  /** With the port that was chosen. */
  readonly address: Address;
  /** Takes no more clients; those that are there stay. */
  close(): void;
}

/**
 * Waits for clients. A unix socket that an ended program left behind is replaced; only its owner
 * may connect. Rejects with `ConduitError`; what goes wrong with a client is told by its conduit.
 */
export async function listen(
  address: Address,
  options: ListenerOptions,
  onConnection: (conduit: Conduit) => void,
): Promise<Listener> {
  const upgrade = options.tls === undefined ? undefined : serverUpgrade(options.tls);
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    onConnection(new SocketConduit(socket, peerOf(socket, address), options, upgrade));
  });
  if (options.maximumConnections !== undefined) server.maxConnections = options.maximumConnections;
  try {
    await opened(server, address);
  } catch (error) {
    if (!(error instanceof ConduitError) || error.fault !== "in-use" || !("path" in address)) throw error;
    if (!(await isLeftBehind(address.path))) throw error;
    unlinkSync(address.path);
    await opened(server, address);
  }
  // A client that went away before it was accepted is no reason to end.
  server.on("error", () => undefined);
  return { address: chosenAddress(server, address), close: () => void server.close() };
}

function opened(server: Server, address: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => reject(conduitError(error, addressText(address)));
    const where: ListenOptions =
      "path" in address ? { path: address.path } : { host: address.host, port: address.port };
    server.once("error", failed);
    server.listen(where, () => {
      server.off("error", failed);
      if ("path" in address) chmodSync(address.path, 0o600);
      resolve();
    });
  });
}

/** Clients of unix sockets have no address of their own. */
const peerOf = ({ remoteAddress, remotePort }: Socket, local: Address): string =>
  remoteAddress === undefined || remotePort === undefined ? addressText(local) : hostAndPort(remoteAddress, remotePort);

function chosenAddress(server: Server, asked: Address): Address {
  const chosen = server.address();
  return typeof chosen === "object" && chosen !== null ? { host: chosen.address, port: chosen.port } : asked;
}

/** Whether a unix socket's program is gone: the file is there, and nobody listens. */
function isLeftBehind(path: string): Promise<boolean> {
  if (!(lstatSync(path, { throwIfNoEntry: false })?.isSocket() ?? false)) return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(false);
    });
    socket.once("error", (error) => resolve("code" in error && error.code === "ECONNREFUSED"));
  });
}
