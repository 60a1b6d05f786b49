import { McsReason, type MultitransportRequest, type SaveSessionInfo } from "@railvail/transport";
import { match } from "ts-pattern";
import { detected, isAutoDetect } from "./auto-detect.js";
import { clientShare, demanded } from "./client-activation.js";
import { attached, joined, licensed, withoutLicense } from "./client-logon.js";
import { confirmed, requestConnection, sendSettings, settingsReceived } from "./client-settings.js";
import type { ClientCommand, ClientInput, ClientState, ClientStep } from "./client-state.js";
import { same } from "./common-output.js";
import { ticked, withDeadline } from "./deadline.js";
import { errorInfoName } from "./error-names.js";
import { violation } from "./rules.js";
import { shareHeader } from "./share-values.js";
import { channelsOpen } from "./shared-state.js";
import { send, type ConnectionMessage } from "./vocabulary.js";

/**
 * The connection sequence of a client, [MS-RDPBCGR] 3.2.5.3, and what goes on beside input and
 * output until the connection ends.
 */
export function stepClient(state: ClientState, input: ClientInput): ClientStep {
  const { type, now } = input;
  if (state.phase === "closed") {
    return same(state, ...(type === "received" || type === "tick" ? [] : [violation("local", "closed")]));
  }
  const { patience } = state.settings;
  if (type === "tick") return state.phase === "start" ? same(state) : ticked(state, patience, now);
  const step = type === "received" ? received(state, input.message, now, input.bytes ?? 0) : command(state, input);
  return withDeadline(state, step, patience, now);
}

const outOfPlace = (state: ClientState, { message }: ConnectionMessage): ClientStep =>
  same(state, violation("peer", "out-of-place", `${message} during ${state.phase}`));

function received(state: ClientState, message: ConnectionMessage, now: number, bytes: number): ClientStep {
  if (message.message === "disconnectProvider" || message.message === "disconnectRequest") {
    const { errorInfo } = state;
    return {
      state: { ...state, phase: "closed" },
      outputs: [
        { type: "message", message },
        { type: "close", because: "peer", ...(errorInfo === 0 ? {} : { errorInfo }) },
      ],
    };
  }
  return onMessageChannel(state, message, now, bytes) ?? inSequence(state, message);
}

/** What may come in any phase, once the client has a user id; undefined for all else. */
function onMessageChannel(
  state: ClientState,
  message: ConnectionMessage,
  now: number,
  bytes: number,
): ClientStep | undefined {
  const { message: name, value } = message;
  if (!isAutoDetect(message) && name !== "multitransportRequest" && name !== "heartbeat") return undefined;
  if (state.userId === 0) return outOfPlace(state, message);
  if (isAutoDetect(message)) return detected(state, message, now, bytes);
  if (name === "multitransportRequest") return same(state, declined(value));
  if (name !== "heartbeat") return undefined;
  const { period, count1: warnAfter, count2: reconnectAfter } = value;
  return same(state, { type: "heartbeat", period, warnAfter, reconnectAfter });
}

/** [MS-RDPBCGR] 2.2.15.2: there is no other transport than this one. */
const declined = ({ requestId }: MultitransportRequest) =>
  send("multitransportResponse", { flags: 0, flagsHi: 0, requestId, hrResponse: 0x8000_4004 });

function inSequence(state: ClientState, message: ConnectionMessage): ClientStep {
  switch (state.phase) {
    case "negotiation":
      return message.message === "connectionConfirm" ? confirmed(state, message.value) : outOfPlace(state, message);
    case "settings":
      return message.message === "connectResponse"
        ? settingsReceived(state, message.value)
        : outOfPlace(state, message);
    case "joining":
      if (message.message === "attachUserConfirm" && state.userId === 0) return attached(state, message.value);
      if (message.message === "channelJoinConfirm") return joined(state, message.value);
      return outOfPlace(state, message);
    case "logon":
      return licensing(state, message);
    case "capabilities":
    case "finalization":
    case "active":
      return sharing(state, message);
    default:
      return outOfPlace(state, message);
  }
}

/** [MS-RDPBCGR] 3.2.5.3.12. A server that issues a licence although it was told that there is none goes on. */
function licensing(state: ClientState, message: ConnectionMessage): ClientStep {
  switch (message.message) {
    case "licenseError":
      return licensed(state, message.value);
    case "licenseRequest":
    case "platformChallenge":
      return withoutLicense(state);
    case "newLicense":
    case "upgradeLicense":
      return { state: { ...state, phase: "capabilities" }, outputs: [] };
    default:
      return outOfPlace(state, message);
  }
}

function sharing(state: ClientState, message: ConnectionMessage): ClientStep {
  switch (message.message) {
    case "demandActive":
      return demanded(state, message.value);
    case "synchronize":
    case "control":
      return same(state);
    case "fontMap":
      if (state.phase !== "finalization") return outOfPlace(state, message);
      return { state: { ...state, phase: "active" }, outputs: [{ type: "active", shareId: state.shareId }] };
    case "deactivateAll":
      if (state.phase === "capabilities") return outOfPlace(state, message);
      return { state: { ...state, phase: "capabilities" }, outputs: [{ type: "deactivated" }] };
    case "shutdownDenied":
      return same(state, { type: "shutdownDenied" });
    case "setErrorInfo": {
      const { errorInfo } = message.value;
      return same({ ...state, errorInfo }, { type: "errorInfo", errorInfo, name: errorInfoName(errorInfo) });
    }
    case "saveSessionInfo":
      return sessionSaved(state, message.value);
    case "autoReconnectStatus":
      return same(state, { type: "reconnectionFailed" });
    case "serverRedirection":
      return same(state, { type: "redirected", target: message.value.serverRedirectionPdu });
    case "monitorLayout":
      return same(state, { type: "message", message });
    default:
      return outOfPlace(state, message);
  }
}

/** [MS-RDPBCGR] 3.2.5.10.1: a cookie takes the place of an earlier one. */
function sessionSaved(state: ClientState, value: SaveSessionInfo): ClientStep {
  const message: ConnectionMessage = { message: "saveSessionInfo", value };
  const { infoData } = value;
  const given = infoData.type === "extended" ? infoData.info.autoReconnectCookie : undefined;
  if (given === undefined) return same(state, { type: "message", message });
  // What was received is a view of memory that the caller uses again.
  const cookie = { logonId: given.logonId, random: given.arcRandomBits.slice() };
  return same({ ...state, cookie }, { type: "message", message }, { type: "reconnectionCookie", cookie });
}

function command(state: ClientState, wanted: ClientCommand): ClientStep {
  const { phase } = state;
  const notNow = (): ClientStep => same(state, violation("local", "not-now", `${wanted.type} during ${phase}`));
  return match<ClientCommand, ClientStep>(wanted)
    .with({ type: "connect" }, () => (phase === "start" ? requestConnection(state) : notNow()))
    .with({ type: "tlsStarted" }, () => (phase === "tls" ? sendSettings(state) : notNow()))
    .with({ type: "requestShutdown" }, () =>
      phase === "active" ? same(state, send("shutdownRequest", shareHeader(clientShare(state), 0))) : notNow(),
    )
    .with({ type: "disconnect" }, () => disconnect(state))
    .exhaustive();
}

/** [MS-RDPBCGR] 1.3.1.4.1: the domain ends, if there is one. */
function disconnect(state: ClientState): ClientStep {
  const attachedNow = state.userId !== 0 && (state.phase === "logon" || channelsOpen(state.phase));
  const ultimatum = attachedNow ? [send("disconnectProvider", { reason: McsReason.userRequested })] : [];
  return { state: { ...state, phase: "closed" }, outputs: [...ultimatum, { type: "close", because: "local" }] };
}
