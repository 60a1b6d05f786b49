import { GeneralExtraFlags, SaveSessionInfo } from "@railvail/transport";
import { capabilityOf } from "./capability-list.js";
import { same } from "./common-output.js";
import type { ReconnectionCookie } from "./reconnection.js";
import { violation } from "./rules.js";
import { serverShare } from "./server-activation.js";
import type { ServerCommand, ServerOutput, ServerState, ServerStep } from "./server-state.js";
import { shareValue } from "./share-values.js";
import { send, type ConnectionSend } from "./vocabulary.js";

type SessionInfo = SaveSessionInfo["infoData"];
type Logon = NonNullable<(ServerCommand & { type: "saveSession" })["logon"]>;

/**
 * [MS-RDPBCGR] 3.3.5.10.1: the user is logged on, and how the client comes back. Without a name it is only
 * told that somebody is.
 */
export function saveSession(
  state: ServerState,
  { logon, cookie }: ServerCommand & { readonly type: "saveSession" },
): ServerStep {
  const outputs: ServerOutput[] = [];
  if (logon !== undefined) outputs.push(sessionInfo(state, loggedOn(state, logon)));
  else if (cookie === undefined) outputs.push(sessionInfo(state, { type: "plainNotify" }));
  if (cookie !== undefined) {
    const taken = clientHas(state, "AUTORECONNECT_SUPPORTED");
    if (taken) outputs.push(sessionInfo(state, reconnection(cookie)));
    else outputs.push(violation("local", "not-supported", "the client does not reconnect by itself"));
  }
  return same(state, ...outputs);
}

const clientHas = ({ peerCapabilities }: ServerState, flag: keyof typeof GeneralExtraFlags): boolean =>
  ((capabilityOf(peerCapabilities, "general")?.extraFlags ?? 0) & GeneralExtraFlags[flag]) !== 0;

const sessionInfo = (state: ServerState, infoData: SessionInfo): ConnectionSend =>
  send("saveSessionInfo", shareValue(SaveSessionInfo, serverShare(state), { infoData }));

/** The fields of old clients have 26 and 256 units, with a NUL. */
const [longestDomain, longestUserName] = [25, 255];

/** [MS-RDPBCGR] 2.2.10.1.1.1, 2.2.10.1.1.2. */
function loggedOn(state: ServerState, { domain, userName, sessionId }: Logon): SessionInfo {
  if (clientHas(state, "LONG_CREDENTIALS_SUPPORTED")) {
    return { type: "logonLong", version: 1, size: 18, sessionId, domain, userName };
  }
  const [ofDomain, ofUser] = [domain.slice(0, longestDomain), userName.slice(0, longestUserName)];
  return {
    type: "logon",
    cbDomain: 2 * (ofDomain.length + 1),
    domain: ofDomain,
    cbUserName: 2 * (ofUser.length + 1),
    userName: ofUser,
    sessionId,
  };
}

/** [MS-RDPBCGR] 2.2.10.1.1.4, 2.2.4.2. */
const reconnection = ({ logonId, random }: ReconnectionCookie): SessionInfo => ({
  type: "extended",
  info: { fieldsPresent: 0, autoReconnectCookie: { version: 1, logonId, arcRandomBits: random } },
});
