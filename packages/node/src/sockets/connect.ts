import { createConnection } from "node:net";
import { addressText, type Address } from "./address.js";
import { ConduitError, conduitError } from "./conduit-error.js";
import type { Conduit, ConduitLimits } from "./conduit.js";
import { SocketConduit } from "./socket-conduit.js";
import type { ClientTls } from "./tls-settings.js";
import { clientUpgrade } from "./tls-upgrade.js";

export interface ConnectOptions extends ConduitLimits {
  /** Which servers are believed once `startTls` is called. */
  readonly tls?: ClientTls;
  /** Milliseconds to wait for an answer; 10,000 unless said otherwise. */
  readonly patience?: number;
}

/** Connects to a server. Rejects with `ConduitError`. */
export function connect(address: Address, options: ConnectOptions = {}): Promise<Conduit> {
  const { tls = {}, patience = 10_000 } = options;
  const where = addressText(address);
  const host = "path" in address ? undefined : address.host;
  return new Promise((resolve, reject) => {
    const socket =
      "path" in address ? createConnection(address.path) : createConnection({ host: address.host, port: address.port });
    const timer = setTimeout(
      () => socket.destroy(new ConduitError("timed-out", `no answer in time from ${where}`)),
      patience,
    );
    const failed = (error: Error): void => {
      clearTimeout(timer);
      reject(conduitError(error, where));
    };
    socket.once("error", failed);
    socket.once("connect", () => {
      clearTimeout(timer);
      socket.off("error", failed);
      resolve(new SocketConduit(socket, where, options, clientUpgrade(tls, host)));
    });
  });
}
