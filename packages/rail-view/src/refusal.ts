import type { ConduitError } from "@railvail/node";
import type { ViewerEvent } from "@railvail/session";
import { NegotiationFailureCode } from "@railvail/transport";

/** Whether the server wants no TLS: it says so, or it chooses plain RDP. */
export function isPlainWish(event: ViewerEvent): boolean {
  if (event.type !== "connection")
    return isNoCommonSecurity(event) && !(event.violation.detail ?? "").startsWith("failure");
  return event.event.type === "refused" && event.event.failureCode === NegotiationFailureCode.SSL_NOT_ALLOWED_BY_SERVER;
}

type ConnectionFault = { readonly violation: { readonly rule: string; readonly detail?: string } };

const isNoCommonSecurity = (event: ViewerEvent): event is ViewerEvent & ConnectionFault =>
  event.type === "violation" && event.violation.rule === "no-common-security";

/** Why a server does not take the connection. */
export function refusalText(failureCode: number): string {
  switch (failureCode) {
    case NegotiationFailureCode.HYBRID_REQUIRED_BY_SERVER:
      return "the server wants NLA (CredSSP), which rail-view does not speak";
    case NegotiationFailureCode.SSL_NOT_ALLOWED_BY_SERVER:
      return "the server takes no TLS: --tls off, without --trust, sends all in the clear, the password too";
    case NegotiationFailureCode.SSL_REQUIRED_BY_SERVER:
      return "the server wants TLS: try --tls only";
    default:
      return `the server refuses the connection (code ${failureCode})`;
  }
}

/** What can be done about a connection that failed; empty if its message says it already. */
export function adviceOn({ fault, code, message }: ConduitError): string {
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return ": the name was not found";
  if (fault !== "certificate") return "";
  const [fingerprint] = /\b[0-9a-f]{64}$/.exec(message) ?? [];
  const known = fingerprint ?? "and its SHA-256 fingerprint";
  return `; if this is the server that is meant: --trust ${known}, or --trust any`;
}
