import { isIP, type Socket } from "node:net";
import { connect, createSecureContext, createServer, type ConnectionOptions, type TLSSocket } from "node:tls";
import { ConduitError, tlsError } from "./conduit-error.js";
import type { TlsFacts } from "./conduit.js";
import { logKeys } from "./key-log.js";
import type { ClientTls, ServerCertificate } from "./tls-settings.js";

type Result = ConduitError | { readonly socket: TLSSocket; readonly facts: TlsFacts };

/** Puts TLS over a socket; `done` is called once, or never if the socket closes. */
export type TlsUpgrade = (socket: Socket, peer: string, patience: number, done: (result: Result) => void) => void;

/** The server's side of an upgrade. Throws `ConduitError` if key and certificate are of no use. */
export function serverUpgrade({ key, certificate }: ServerCertificate): TlsUpgrade {
  try {
    createSecureContext({ key, cert: certificate });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConduitError("certificate", `key and certificate cannot be used: ${why}`);
  }
  return (socket, peer, patience, done) => {
    // A server that never listens: it has the events that a bare TLSSocket lacks.
    const server = createServer({ key, cert: certificate, handshakeTimeout: patience });
    server.on("keylog", logKeys);
    server.once("tlsClientError", (error) => done(tlsError(error, peer)));
    server.once("secureConnection", (secure) => done({ socket: secure, facts: factsOf(secure, undefined) }));
    server.emit("connection", socket);
  };
}

/** The client's side of an upgrade. `host` is the server's name; undefined: a unix socket. */
export function clientUpgrade({ trust = "local", authorities }: ClientTls, host: string | undefined): TlsUpgrade {
  const pin = typeof trust === "object" ? plainFingerprint(trust.fingerprint) : undefined;
  const verifies = trust === "verify" || (trust === "local" && !isLocal(host));
  const options: ConnectionOptions = { rejectUnauthorized: verifies };
  if (authorities !== undefined) options.ca = [...authorities];
  if (host !== undefined) {
    options.host = host;
    if (isIP(host) === 0) options.servername = host;
  }
  return (socket, peer, patience, done) => {
    const secure = connect({ ...options, socket });
    const timer = setTimeout(
      () => fail(new ConduitError("timed-out", `no answer in time from ${peer}: TLS was not set up`)),
      patience,
    );
    const fail = (error: ConduitError): void => {
      clearTimeout(timer);
      done(error);
    };
    secure.on("keylog", logKeys);
    secure.once("close", () => clearTimeout(timer));
    secure.once("error", (error) => fail(tlsError(error, peer)));
    secure.once("secureConnect", () => {
      const fingerprint = fingerprintOf(secure);
      if (pin !== undefined && fingerprint !== pin) {
        fail(new ConduitError("certificate", `the certificate of ${peer} is not the expected one but ${fingerprint}`));
        return;
      }
      clearTimeout(timer);
      done({ socket: secure, facts: factsOf(secure, fingerprint) });
    });
  };
}

const plainFingerprint = (text: string): string => text.replaceAll(":", "").toLowerCase();

const fingerprintOf = (socket: TLSSocket): string =>
  plainFingerprint(socket.getPeerX509Certificate()?.fingerprint256 ?? "");

const factsOf = (socket: TLSSocket, fingerprint: string | undefined): TlsFacts => ({
  protocol: socket.getProtocol() ?? "unknown",
  cipher: socket.getCipher().name,
  fingerprint,
});

/** Whether a host is this machine. Any name but `localhost` may be somebody else's. */
const isLocal = (host: string | undefined): boolean =>
  host === undefined || host === "localhost" || host === "::1" || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(host);
