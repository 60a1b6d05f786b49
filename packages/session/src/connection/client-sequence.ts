import { McsReason, type MultitransportRequest } from "@railvail/transport";
import { match } from "ts-pattern";
import { clientShare, demanded } from "./client-activation.js";
import { attached, joined, licensed, withoutLicense } from "./client-logon.js";
import { confirmed, requestConnection, sendSettings, settingsReceived } from "./client-settings.js";
import type { ClientCommand, ClientInput, ClientState, ClientStep } from "./client-state.js";
import { same } from "./common-output.js";
import { ticked, withDeadline } from "./deadline.js";
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
  const step = type === "received" ? received(state, input.message) : command(state, input);
  return withDeadline(state, step, patience, now);
}

const outOfPlace = (state: ClientState, { message }: ConnectionMessage): ClientStep =>
  same(state, violation("peer", "out-of-place", `${message} during ${state.phase}`));

function received(state: ClientState, message: ConnectionMessage): ClientStep {
  switch (message.message) {
    case "disconnectProvider":
    case "disconnectRequest": {
      const { errorInfo } = state;
      return {
        state: { ...state, phase: "closed" },
        outputs: [
          { type: "message", message },
          { type: "close", because: "peer", ...(errorInfo === 0 ? {} : { errorInfo }) },
        ],
      };
    }
    case "rttRequest":
      if (state.userId === 0) return outOfPlace(state, message);
      // [MS-RDPBCGR] 2.2.14.1.1: to be answered at once, in any phase.
      return same(state, send("rttResponse", { flags: 0, flagsHi: 0, sequenceNumber: message.value.sequenceNumber }));
    case "multitransportRequest":
      return state.userId === 0 ? outOfPlace(state, message) : same(state, declined(message.value));
    default:
      return inSequence(state, message);
  }
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
      if (message.message === "licenseError") return licensed(state, message.value);
      if (message.message === "licenseRequest") return withoutLicense(state);
      return outOfPlace(state, message);
    case "capabilities":
    case "finalization":
    case "active":
      return sharing(state, message);
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
      return { state: { ...state, errorInfo }, outputs: [{ type: "message", message }] };
    }
    case "saveSessionInfo":
    case "monitorLayout":
      return same(state, { type: "message", message });
    default:
      return outOfPlace(state, message);
  }
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
