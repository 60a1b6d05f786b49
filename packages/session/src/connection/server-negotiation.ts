import {
  NegotiationFailureCode,
  NegotiationResponseFlags,
  SecurityProtocol,
  type ConnectionRequest,
} from "@railvail/transport";
import { broken } from "./common-output.js";
import type { ServerState, ServerStep } from "./server-state.js";
import { send, type ConnectionSend } from "./vocabulary.js";

const { PROTOCOL_SSL } = SecurityProtocol;
const { EXTENDED_CLIENT_DATA_SUPPORTED, DYNVC_GFX_PROTOCOL_SUPPORTED } = NegotiationResponseFlags;

/**
 * [MS-RDPBCGR] 3.3.5.3.1, 3.3.5.3.2: the security protocol is chosen. CredSSP is never: a client
 * that wants nothing else learns what it would have to support.
 */
export function negotiate(state: ServerState, { tpdu }: ConnectionRequest): ServerStep {
  const { negotiation } = tpdu;
  const { security, compat } = state.settings;
  const requestedProtocols = negotiation?.requestedProtocols ?? 0;
  const next = { ...state, requestedProtocols };
  if (requestedProtocols === 0 && security.includes("rdp")) {
    const answers = negotiation !== undefined || compat === "wslg";
    return { state: { ...next, phase: "settings" }, outputs: [confirm(answers ? chosen(0) : undefined)] };
  }
  if ((requestedProtocols & PROTOCOL_SSL) !== 0 && security.includes("tls")) {
    return { state: { ...next, phase: "tls" }, outputs: [confirm(chosen(PROTOCOL_SSL)), { type: "startTls" }] };
  }
  const failureCode = security.includes("tls")
    ? NegotiationFailureCode.SSL_REQUIRED_BY_SERVER
    : NegotiationFailureCode.SSL_NOT_ALLOWED_BY_SERVER;
  return broken(next, "no-common-security", `the client requests ${requestedProtocols}`, [
    confirm({ message: { type: "failure", failureCode } }),
  ]);
}

type Negotiation = Parameters<typeof send<"connectionConfirm">>[1]["tpdu"]["negotiation"];

const chosen = (selectedProtocol: number): Negotiation => ({
  message: {
    type: "response",
    flags: EXTENDED_CLIENT_DATA_SUPPORTED | DYNVC_GFX_PROTOCOL_SUPPORTED,
    selectedProtocol,
  },
});

const confirm = (negotiation: Negotiation): ConnectionSend =>
  send("connectionConfirm", { tpdu: { destinationReference: 0, sourceReference: 0x1234, negotiation } });
