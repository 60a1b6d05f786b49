/** What went wrong with a stream. */
export type ConduitFault =
  /** Nobody listens there. */
  | "refused"
  /** There is no way there, or no such host. */
  | "unreachable"
  /** Nobody answered in time. */
  | "timed-out"
  /** The peer broke the stream off. */
  | "reset"
  /** There is no such unix socket. */
  | "not-found"
  /** The address is taken. */
  | "in-use"
  /** Not allowed. */
  | "denied"
  /** The peer does not speak TLS, or none that can be agreed on. */
  | "tls"
  /** The server's certificate is not the expected one, or not one that is trusted. */
  | "certificate"
  /** The peer did not read, and too much was waiting for it. */
  | "overflow"
  /** The stream was broken off here. */
  | "aborted"
  /** The system said no for another reason. */
  | "system";

/** The only error of sockets. */
export class ConduitError extends Error {
  override readonly name = "ConduitError";
  readonly fault: ConduitFault;
  /** The system's or OpenSSL's name for it: `ECONNREFUSED`. */
  readonly code: string | undefined;

  constructor(fault: ConduitFault, message: string, code?: string) {
    super(message);
    this.fault = fault;
    this.code = code;
  }
}

const faults: Readonly<Record<string, ConduitFault>> = {
  ECONNREFUSED: "refused",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  ENOTFOUND: "unreachable",
  EAI_AGAIN: "unreachable",
  ETIMEDOUT: "timed-out",
  ECONNRESET: "reset",
  EPIPE: "reset",
  ECONNABORTED: "reset",
  ENOENT: "not-found",
  EADDRINUSE: "in-use",
  EACCES: "denied",
  EPERM: "denied",
};

const sentences: Readonly<Partial<Record<ConduitFault, string>>> = {
  refused: "nobody listens at",
  unreachable: "there is no way to",
  "timed-out": "no answer in time from",
  reset: "the connection was broken off by",
  "not-found": "there is no socket at",
  "in-use": "another program listens at",
  denied: "not allowed to use",
};

/** What an error of Node's sockets comes to. */
export function conduitError(error: unknown, where: string): ConduitError {
  if (error instanceof ConduitError) return error;
  const { code, message } = described(error);
  const fault = faultOf(code);
  const sentence = sentences[fault];
  if (sentence !== undefined) return new ConduitError(fault, `${sentence} ${where}`, code);
  const about = fault === "tls" ? "no TLS with" : fault === "certificate" ? "the certificate of" : "trouble with";
  return new ConduitError(fault, `${about} ${where}: ${message}`, code);
}

/** What went wrong while TLS was set up: what the system does not name is TLS's. */
export function tlsError(error: unknown, where: string): ConduitError {
  const found = conduitError(error, where);
  if (found.fault !== "system") return found;
  return new ConduitError("tls", `no TLS with ${where}: ${described(error).message}`, found.code);
}

function faultOf(code: string | undefined): ConduitFault {
  if (code === undefined) return "system";
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID" || /CERT|SELF_SIGNED|ISSUER|CA_|SIGNATURE/.test(code)) {
    return code.startsWith("ERR_SSL_") ? "tls" : "certificate";
  }
  if (code === "ERR_TLS_HANDSHAKE_TIMEOUT") return "timed-out";
  return faults[code] ?? (/^(ERR_SSL_|ERR_TLS_|EPROTO$)/.test(code) ? "tls" : "system");
}

function described(error: unknown): { code: string | undefined; message: string } {
  // Several addresses of a host were tried: the first one's error says as much as all of them.
  const one: unknown = error instanceof AggregateError ? (error.errors[0] ?? error) : error;
  if (!(one instanceof Error)) return { code: undefined, message: String(one) };
  const { code } = one as { code?: unknown };
  return { code: typeof code === "string" ? code : undefined, message: one.message };
}
