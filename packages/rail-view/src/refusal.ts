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
      return "the server wants plain RDP: try --tls off";
    case NegotiationFailureCode.SSL_REQUIRED_BY_SERVER:
      return "the server wants TLS: try --tls only";
    default:
      return `the server refuses the connection (code ${failureCode})`;
  }
}
