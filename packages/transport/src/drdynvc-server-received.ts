import { drdynvcSend, drdynvcViolation, type DrdynvcMessage, type DrdynvcRule } from "./drdynvc-machine.js";
import type { DrdynvcServerOutput, DrdynvcServerState } from "./drdynvc-server-state.js";
import { dataReceived, without, type DataMessage } from "./drdynvc-traffic.js";
import type { CreateResponse } from "./pdu/drdynvc-create.js";

type State = DrdynvcServerState;
type Outputs = DrdynvcServerOutput[];

/** What the client sends changes the server. */
export function serverReceived(state: State, message: DrdynvcMessage, outputs: Outputs): State {
  if (state.phase === "closed") return blame(state, outputs, "not-open");
  switch (message.message) {
    case "data":
    case "dataFirst":
    case "dataCompressed":
    case "dataFirstCompressed":
      return data(state, message, outputs);
    case "capabilitiesResponse":
      return agreed(state, message.value.version, outputs);
    case "createResponse":
      return answered(state, message.value, outputs);
    case "close":
      return closed(state, message.value.channelId, outputs);
    case "softSyncResponse":
      return blame(state, outputs, "unasked-soft-sync");
    default:
      return blame(state, outputs, "wrong-direction");
  }
}

function data(state: State, message: DataMessage, outputs: Outputs): State {
  const { channelId } = message.value;
  const phase = state.channels.get(channelId)?.phase;
  if (phase === "open") for (const each of dataReceived(state.version, message)) outputs.push(each);
  else if (phase === "creating") blame(state, outputs, "not-created", channelId);
  else if (!state.closing.includes(channelId)) blame(state, outputs, "unknown-channel", channelId);
  return state;
}

function agreed(state: State, stated: number, outputs: Outputs): State {
  if (state.phase !== "negotiating") {
    return blame(state, outputs, state.phase === "unavailable" ? "caps-late" : "caps-again");
  }
  const { options } = state;
  const version = Math.min(Math.max(stated, 1), options.version);
  if (version !== stated) blame(state, outputs, "version");
  outputs.push({ type: "ready", version, priorityCharges: version >= 2 ? options.priorityCharges : undefined });
  const channels = new Map(state.channels);
  for (const [channelId, { name, priority }] of state.channels) {
    outputs.push(drdynvcSend({ message: "createRequest", value: { priority, channelId, channelName: name } }));
    channels.set(channelId, { name, priority, phase: "creating" });
  }
  return { ...state, phase: "ready", version, negotiateUntil: undefined, channels };
}

function answered(state: State, { channelId, creationStatus }: CreateResponse, outputs: Outputs): State {
  const channel = state.channels.get(channelId);
  if (channel?.phase === "creating") {
    const { name, priority } = channel;
    if (creationStatus < 0) {
      outputs.push({ type: "refused", channelId, name, creationStatus });
      return { ...state, channels: without(state.channels, channelId) };
    }
    outputs.push({ type: "created", channelId, name, priority });
    return { ...state, channels: new Map(state.channels).set(channelId, { name, priority, phase: "open" }) };
  }
  if (!state.closing.includes(channelId)) return blame(state, outputs, "unasked-response", channelId);
  // A request that was taken back. A channel that the client refused it does not close.
  return creationStatus < 0 ? { ...state, closing: state.closing.filter((id) => id !== channelId) } : state;
}

/**
 * A close of a channel that is not open is passed over: when both sides close at once, one of the two
 * comes too late.
 */
function closed(state: State, channelId: number, outputs: Outputs): State {
  if (state.closing.includes(channelId)) {
    return { ...state, closing: state.closing.filter((id) => id !== channelId) };
  }
  const channel = state.channels.get(channelId);
  if (channel === undefined) return state;
  if (channel.phase !== "open") return blame(state, outputs, "not-created", channelId);
  outputs.push({ type: "closed", channelId, name: channel.name, by: "peer" });
  return { ...state, channels: without(state.channels, channelId) };
}

function blame(state: State, outputs: Outputs, rule: DrdynvcRule, channelId?: number): State {
  outputs.push(drdynvcViolation("peer", rule, channelId));
  return state;
}
