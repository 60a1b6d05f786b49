import type { DrdynvcClientOutput, DrdynvcClientState } from "./drdynvc-client.js";
import {
  CreationStatus,
  drdynvcSend,
  drdynvcViolation,
  type DrdynvcMessage,
  type DrdynvcRule,
  type PriorityCharges,
} from "./drdynvc-machine.js";
import { dataReceived, without, type DataMessage } from "./drdynvc-traffic.js";
import type { CapabilitiesRequest } from "./pdu/drdynvc-capabilities.js";
import type { CreateRequest } from "./pdu/drdynvc-create.js";

type State = DrdynvcClientState;
type Outputs = DrdynvcClientOutput[];

/** What the server sends changes the client. */
export function clientReceived(state: State, message: DrdynvcMessage, outputs: Outputs): State {
  if (state.phase === "closed") return blame(state, outputs, "not-open");
  switch (message.message) {
    case "data":
    case "dataFirst":
    case "dataCompressed":
    case "dataFirstCompressed":
      return data(state, message, outputs);
    case "capabilitiesRequest":
      return offered(state, message.value, outputs);
    case "createRequest":
      return asked(state, message.value, outputs);
    case "close":
      return closed(state, message.value.channelId, outputs);
    case "softSyncRequest":
      // Channels stay where they are, because no transport is named.
      outputs.push(drdynvcSend({ message: "softSyncResponse", value: { tunnels: [] } }), { type: "softSync" });
      return state;
    default:
      return blame(state, outputs, "wrong-direction");
  }
}

function data(state: State, message: DataMessage, outputs: Outputs): State {
  const { channelId } = message.value;
  if (state.channels.has(channelId)) for (const each of dataReceived(state.version, message)) outputs.push(each);
  else if (!state.closing.includes(channelId)) blame(state, outputs, "unknown-channel", channelId);
  return state;
}

function offered(state: State, { version: stated, priorityCharges }: CapabilitiesRequest, outputs: Outputs): State {
  if (state.phase === "ready") {
    blame(state, outputs, "caps-again");
    return confirmed(state, state.version, outputs);
  }
  if (stated < 1) blame(state, outputs, "version");
  const version = Math.min(Math.max(stated, 1), state.options.version);
  const next = confirmed(state, version, outputs);
  const charges = version >= 2 && priorityCharges !== undefined ? chargesOf(priorityCharges) : undefined;
  outputs.push({ type: "ready", version, priorityCharges: charges });
  return next;
}

const chargesOf = ({
  priorityCharge0,
  priorityCharge1,
  priorityCharge2,
  priorityCharge3,
}: NonNullable<CapabilitiesRequest["priorityCharges"]>): PriorityCharges => [
  priorityCharge0,
  priorityCharge1,
  priorityCharge2,
  priorityCharge3,
];

function confirmed(state: State, version: number, outputs: Outputs): State {
  outputs.push(drdynvcSend({ message: "capabilitiesResponse", value: { cbId: 0, sp: 0, version } }));
  return state.phase === "ready" ? state : { ...state, phase: "ready", version };
}

function asked(before: State, { channelId, channelName: name, priority }: CreateRequest, outputs: Outputs): State {
  let state = before;
  if (state.phase !== "ready") {
    // Servers have been seen that do not state a version, and wait for the client's.
    blame(state, outputs, "not-ready");
    state = confirmed(state, state.options.version, outputs);
    outputs.push({ type: "ready", version: state.version, priorityCharges: undefined });
  }
  const creationStatus = statusOf(state, channelId, name, outputs);
  outputs.push(drdynvcSend({ message: "createResponse", value: { sp: 0, channelId, creationStatus } }));
  if (creationStatus < 0) {
    outputs.push({ type: "refused", channelId, name, creationStatus });
    return state;
  }
  outputs.push({ type: "created", channelId, name, priority });
  const closing = state.closing.includes(channelId) ? state.closing.filter((id) => id !== channelId) : state.closing;
  return { ...state, closing, channels: new Map(state.channels).set(channelId, { name, priority }) };
}

function statusOf({ channels, options }: State, channelId: number, name: string, outputs: Outputs): number {
  const report = (rule: DrdynvcRule): number => outputs.push(drdynvcViolation("peer", rule, channelId));
  if (channels.has(channelId)) {
    report("channel-id-in-use");
    return CreationStatus.unsuccessful;
  }
  if (!options.listeners.includes(name)) return CreationStatus.notFound;
  if (channels.size < options.maxChannels) return CreationStatus.success;
  report("too-many-channels");
  return CreationStatus.noMemory;
}

/** A close of a channel that is not open is passed over, as section 3.2.5.2 demands. */
function closed(state: State, channelId: number, outputs: Outputs): State {
  const channel = state.channels.get(channelId);
  if (channel === undefined) return state;
  outputs.push({ type: "closed", channelId, name: channel.name, by: "peer" });
  outputs.push(drdynvcSend({ message: "close", value: { sp: 0, channelId } }));
  return { ...state, channels: without(state.channels, channelId) };
}

function blame(state: State, outputs: Outputs, rule: DrdynvcRule, channelId?: number): State {
  outputs.push(drdynvcViolation("peer", rule, channelId));
  return state;
}
