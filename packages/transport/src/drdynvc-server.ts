import type { Step } from "@railvail/wire";
import { freeChannelId } from "./drdynvc-channel-id.js";
import {
  closeMessage,
  drdynvcSend,
  drdynvcViolation,
  type DrdynvcMessage,
  type DrdynvcRule,
  type DrdynvcViolation,
} from "./drdynvc-machine.js";
import { serverReceived } from "./drdynvc-server-received.js";
import {
  drdynvcServer,
  type CreateCommand,
  type DrdynvcServerInput,
  type DrdynvcServerOptions,
  type DrdynvcServerOutput,
  type DrdynvcServerState,
} from "./drdynvc-server-state.js";
import { closedHere, dataWritten, without } from "./drdynvc-traffic.js";
import { CreateRequest } from "./pdu/drdynvc-create.js";

type State = DrdynvcServerState;
type Outputs = DrdynvcServerOutput[];

/** PDUs have 1,600 bytes at most. */
const maximumName = 1600 - CreateRequest.size({ priority: 0, channelId: 0xffff_ffff, channelName: "" });

/** [MS-RDPEDYC] 3.3: the server's next state. */
export function stepDrdynvcServer(state: State, input: DrdynvcServerInput): Step<State, DrdynvcServerOutput> {
  const outputs: Outputs = [];
  const next = changed(state, input, outputs);
  if (next.negotiateUntil !== state.negotiateUntil) outputs.push({ type: "wake", at: next.negotiateUntil });
  return { state: next, outputs };
}

function changed(state: State, input: DrdynvcServerInput, outputs: Outputs): State {
  switch (input.type) {
    case "received":
      return serverReceived(state, input.message, outputs);
    case "data":
      return write(state, input.channelId, input.message, outputs);
    case "opened":
      return opened(state, input.now, outputs);
    case "closed":
      return state.phase === "closed" ? state : closed(state, outputs);
    case "tick":
      return input.now >= (state.negotiateUntil ?? Infinity) ? silence(state, outputs) : state;
    case "create":
      return create(state, input, outputs);
    case "close":
      return close(state, input.channelId, outputs);
  }
}

function opened(state: State, now: number, outputs: Outputs): State {
  if (state.phase !== "closed") return broken(state, outputs, "already-open");
  const { options } = state;
  outputs.push(drdynvcSend(capabilities(options)));
  return { ...state, phase: "negotiating", negotiateUntil: now + options.negotiationTimeout };
}

function capabilities({ version, priorityCharges: [zero, one, two, three] }: DrdynvcServerOptions): DrdynvcMessage {
  const priorityCharges =
    version === 1
      ? undefined
      : { priorityCharge0: zero, priorityCharge1: one, priorityCharge2: two, priorityCharge3: three };
  return { message: "capabilitiesRequest", value: { cbId: 0, sp: 0, version, priorityCharges } };
}

function closed(state: State, outputs: Outputs): State {
  for (const [channelId, { name }] of state.channels) {
    outputs.push({ type: "closed", channelId, name, by: "connection" });
  }
  return drdynvcServer(state.options);
}

function silence(state: State, outputs: Outputs): State {
  outputs.push({ type: "unavailable" });
  for (const [channelId, { name }] of state.channels) {
    outputs.push({ type: "refused", channelId, name, creationStatus: undefined });
  }
  return { ...state, phase: "unavailable", negotiateUntil: undefined, channels: new Map() };
}

function create(state: State, { name, priority = 0 }: CreateCommand, outputs: Outputs): State {
  const rule = hindrance(state, name);
  if (rule !== undefined) return broken(state, outputs, rule);
  const { id: channelId, next: nextIds } = freeChannelId(
    state.nextIds,
    new Set([...state.channels.keys(), ...state.closing]),
  );
  const isReady = state.phase === "ready";
  outputs.push({ type: "creating", channelId, name });
  const channel = { name, priority: priority & 3, phase: isReady ? "creating" : "waiting" } as const;
  if (isReady) {
    const value = { priority: channel.priority, channelId, channelName: name };
    outputs.push(drdynvcSend({ message: "createRequest", value }));
  }
  return { ...state, nextIds, channels: new Map(state.channels).set(channelId, channel) };
}

function hindrance({ phase, channels, options }: State, name: string): DrdynvcRule | undefined {
  if (phase === "closed") return "not-open";
  if (phase === "unavailable") return "unavailable";
  if (!isName(name)) return "name";
  return channels.size >= options.maxChannels ? "too-many-channels" : undefined;
}

function isName(name: string): boolean {
  if (name.length === 0 || name.length > maximumName) return false;
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    if (code === 0 || code > 0xff) return false;
  }
  return true;
}

function close(state: State, channelId: number, outputs: Outputs): State {
  const channel = state.channels.get(channelId);
  if (channel === undefined) return broken(state, outputs, "unknown-channel", channelId);
  const { name, priority, phase } = channel;
  outputs.push({ type: "closed", channelId, name, by: "local" });
  const channels = without(state.channels, channelId);
  if (phase === "waiting") return { ...state, channels };
  outputs.push(closeMessage(channelId, state.version >= 2 ? priority : 0));
  return { ...state, channels, closing: closedHere(state, channelId, outputs) };
}

function write(state: State, channelId: number, message: readonly Uint8Array[], outputs: Outputs): State {
  const channel = state.channels.get(channelId);
  if (channel?.phase !== "open") return broken(state, outputs, "unknown-channel", channelId);
  outputs.push(dataWritten(state, channelId, channel, message));
  return state;
}

function broken(
  state: State,
  outputs: { push(one: DrdynvcViolation): unknown },
  rule: DrdynvcRule,
  id?: number,
): State {
  outputs.push(drdynvcViolation("local", rule, id));
  return state;
}
