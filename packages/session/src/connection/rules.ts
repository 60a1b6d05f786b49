import { violationsOf, type Violation } from "@railvail/wire";

/** What a peer or the application can do wrong on a connection, and what it means. */
export const connectionRules = {
  "no-frame": "the bytes are neither a TPKT packet nor a fast-path packet; the connection ends",
  malformed: "a message cannot be decoded; it is dropped",
  unknown: "a message is of no known kind; it is dropped",
  "out-of-place": "a message does not belong here; it is dropped",
  encrypted: "the peer encrypts with Standard RDP Security, which is not supported",
  compressed: "a message is compressed, which was not offered; it is dropped",
  "no-common-security": "both sides allow no security protocol in common; the connection ends",
  "core-missing": "the settings lack the core block; the connection ends",
  "too-many-channels": "more than 31 static channels are asked for; the connection ends",
  "monitors-void": "the client's monitors cannot be as they are stated; it is treated as if it had one",
  "connect-refused": "the server refuses the domain, the conference or the user; the connection ends",
  "license-required": "the server asks for a licence, and only servers that need none are supported; it is told so",
  "license-refused": "the server does not go on without a licence; the connection ends",
  "cookie-wrong":
    "the cookie of an automatic reconnection is not the one that was given out; the logon goes on without",
  "wrong-user": "the initiator of data is another user; the data counts",
  "wrong-share": "a message names another share; it counts",
  "unknown-channel": "data on a channel that does not exist; it is dropped",
  "not-joined": "data on a channel that was not joined; it counts",
  "channel-early": "data on a static channel before the capabilities are exchanged; it counts",
  "channel-chunk": "a chunk of a static channel does not fit",
  fragment: "a fragment of an update does not fit",
  "timed-out": "the peer was silent for too long; the connection ends",
  "not-now": "the command cannot be carried out in this phase",
  "not-supported": "the peer does not support what is to be sent",
  "too-large": "what is to be sent is larger than the peer accepts",
  closed: "the connection is closed",
} as const;
export type ConnectionRule = keyof typeof connectionRules;

/** Something that is out of place; `detail` is one sentence on what exactly. */
export interface ConnectionViolation extends Violation<ConnectionRule> {
  readonly detail?: string;
}

const plainViolation = violationsOf(connectionRules);

export const violation = (
  by: ConnectionViolation["by"],
  rule: ConnectionRule,
  detail?: string,
): ConnectionViolation => ({
  ...plainViolation(by, rule),
  ...(detail === undefined ? {} : { detail }),
});
