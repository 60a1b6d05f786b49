import { ControlAction, type Control } from "@railvail/transport";
import { same } from "./common-output.js";
import { ticked, withDeadline } from "./deadline.js";
import { violation } from "./rules.js";
import { confirmActive, endSequence, logOn, serverShare } from "./server-activation.js";
import { commandServer } from "./server-commands.js";
import { negotiate } from "./server-negotiation.js";
import { exchangeSettings, joinChannel } from "./server-settings.js";
import type { ServerInput, ServerState, ServerStep } from "./server-state.js";
import { control, grantedControl } from "./share-values.js";
import { serverChannelId } from "./shared-state.js";
import { send, type ConnectionMessage } from "./vocabulary.js";

/**
 * The connection sequence of a server, [MS-RDPBCGR] 3.3.5.3, and what goes on beside input and
 * output until the connection ends.
 */
export function stepServer(state: ServerState, input: ServerInput): ServerStep {
  const { type, now } = input;
  if (state.phase === "closed") {
    return same(state, ...(type === "received" || type === "tick" ? [] : [violation("local", "closed")]));
  }
  if (type === "tick") return ticked(state, patienceOf(state), now);
  const step = type === "received" ? received(state, input.message) : commandServer(state, input);
  return withDeadline(state, step, patienceOf(step.state), now);
}

/** While the application decides on a logon, nobody waits for the client. */
const patienceOf = ({ phase, settings }: ServerState): number | undefined =>
  phase === "logon" ? undefined : settings.patience;

const outOfPlace = (state: ServerState, { message }: ConnectionMessage): ServerStep =>
  same(state, violation("peer", "out-of-place", `${message} during ${state.phase}`));

function received(state: ServerState, message: ConnectionMessage): ServerStep {
  if (message.message === "disconnectProvider" || message.message === "disconnectRequest") {
    return {
      state: { ...state, phase: "closed" },
      outputs: [
        { type: "message", message },
        { type: "close", because: "peer" },
      ],
    };
  }
  switch (state.phase) {
    case "start":
      return message.message === "connectionRequest" ? negotiate(state, message.value) : outOfPlace(state, message);
    case "settings":
      return message.message === "connectInitial" ? exchangeSettings(state, message.value) : outOfPlace(state, message);
    case "joining":
      return joining(state, message);
    case "capabilities":
      return message.message === "confirmActive" ? confirmActive(state, message.value) : sharing(state, message);
    case "finalization":
    case "active":
      return sharing(state, message);
    default:
      return outOfPlace(state, message);
  }
}

function joining(state: ServerState, message: ConnectionMessage): ServerStep {
  switch (message.message) {
    case "erectDomain":
      return same(state);
    case "attachUserRequest":
      return same(state, send("attachUserConfirm", { present: 0, result: 0, initiator: state.userId }));
    case "channelJoinRequest":
      return joinChannel(state, message.value.channelId);
    case "clientInfo":
      return logOn(state, message.value);
    default:
      return outOfPlace(state, message);
  }
}

function sharing(state: ServerState, message: ConnectionMessage): ServerStep {
  switch (message.message) {
    case "synchronize":
      return same(state);
    case "control":
      return controlled(state, message.value);
    case "fontList":
      return state.phase === "capabilities" ? outOfPlace(state, message) : endSequence(state, message.value);
    case "channelJoinRequest":
      return joinChannel(state, message.value.channelId);
    case "shutdownRequest":
      return same(state, { type: "shutdownRequested" });
    case "rttResponse":
    case "bandwidthResults":
    case "networkCharacteristicsSync":
    case "multitransportResponse":
      return same(state, { type: "message", message });
    default:
      return outOfPlace(state, message);
  }
}

/** [MS-RDPBCGR] 3.3.5.3.16, 3.3.5.3.21: whoever asks for control gets it. */
const controlled = (state: ServerState, { action }: Control): ServerStep =>
  action === ControlAction.requestControl
    ? same(state, control(serverShare(state), grantedControl, state.userId, serverChannelId))
    : same(state);
