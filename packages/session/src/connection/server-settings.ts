import {
  ClientEarlyCapabilityFlags,
  McsResult,
  ServerEarlyCapabilityFlags,
  type ConnectInitial,
} from "@railvail/transport";
import { broken } from "./common-output.js";
import { violation } from "./rules.js";
import type { ClientBlock, MonitorDef, ServerState, ServerStep } from "./server-state.js";
import { monitorsFault } from "./stated-monitors.js";
import { send, type ConnectionMessage } from "./vocabulary.js";

/** The first of the channel ids that servers use; static channels follow, then the message channel. */
const ioChannelId = 1003;
const maximumChannels = 31;
/** RDP 10.7. */
const version = 0x0008_000c;

/** The client's settings block of one type, if it sent one. */
export const blockOf = <T extends ClientBlock["type"]>(
  { blocks }: Pick<ServerState, "blocks">,
  type: T,
): Extract<ClientBlock, { type: T }> | undefined =>
  blocks.find((block): block is Extract<ClientBlock, { type: T }> => block.type === type);

/** Whether the client's core block has one of the `ClientEarlyCapabilityFlags`. */
export const clientSupports = (state: ServerState, flag: keyof typeof ClientEarlyCapabilityFlags): boolean =>
  ((blockOf(state, "core")?.earlyCapabilityFlags ?? 0) & ClientEarlyCapabilityFlags[flag]) !== 0;

/** [MS-RDPBCGR] 3.3.5.3.3, 3.3.5.3.4: the channels get their ids. */
export function exchangeSettings(state: ServerState, initial: ConnectInitial): ServerStep {
  const blocks = initial.userData.userData.blocks.map(({ body }) => body);
  const known = { ...state, blocks };
  if (blockOf(known, "core") === undefined) return broken(state, "core-missing");
  const asked = blockOf(known, "network")?.channels ?? [];
  if (asked.length > maximumChannels) return broken(state, "too-many-channels", `${asked.length} channels`);
  const channels = asked.map(({ name, options }, index) => ({
    id: ioChannelId + 1 + index,
    name,
    options,
    joined: false,
  }));
  const free = ioChannelId + 1 + channels.length;
  const messageChannelId = blockOf(known, "messageChannel") === undefined ? undefined : free;
  const fault = monitorsFault(blockOf(known, "monitor")?.monitors ?? []);
  const next: ServerState = {
    ...known,
    monitors: fault === undefined ? undefined : [],
    phase: "joining",
    ioChannelId,
    channels,
    messageChannelId,
    userId: messageChannelId === undefined ? free : free + 1,
  };
  const faults = fault === undefined ? [] : [fault];
  return { state: next, outputs: [...faults, { type: "settings", blocks, channels }, connectResponse(next)] };
}

/** The monitors that the desktop is made of; undefined: one as large as it. */
export function monitorsOf(state: ServerState): readonly MonitorDef[] | undefined {
  const monitors = state.monitors ?? blockOf(state, "monitor")?.monitors ?? [];
  return monitors.length > 0 ? monitors : undefined;
}

/** Whether the client may leave out joining. */
export const skipsJoining = (state: ServerState): boolean =>
  state.settings.skipChannelJoin && clientSupports(state, "RNS_UD_CS_SUPPORT_SKIP_CHANNELJOIN");

function connectResponse(state: ServerState) {
  const { messageChannelId, channels, requestedProtocols } = state;
  const skip = ServerEarlyCapabilityFlags.RNS_UD_SC_SKIP_CHANNELJOIN_SUPPORTED;
  const body = (block: ServerBlock): { body: ServerBlock } => ({ body: block });
  return send("connectResponse", {
    result: McsResult.successful,
    calledConnectId: 0,
    domainParameters: {
      maxChannelIds: 34,
      maxUserIds: 3,
      maxTokenIds: 0,
      numPriorities: 1,
      minThroughput: 0,
      maxHeight: 1,
      maxMcsPduSize: 65_528,
      protocolVersion: 2,
    },
    userData: {
      // Receivers ignore the length; servers always write 42.
      connectPduLength: 42,
      nodeId: 31_219,
      tag: 1,
      result: 0,
      userData: {
        blocks: [
          body({
            type: "core",
            version,
            clientRequestedProtocols: requestedProtocols,
            earlyCapabilityFlags: skipsJoining(state) ? skip : 0,
          }),
          body({ type: "network", mcsChannelId: state.ioChannelId, channelIds: channels.map(({ id }) => id) }),
          body({ type: "security", encryptionMethod: 0, encryptionLevel: 0 }),
          ...(messageChannelId === undefined ? [] : [body({ type: "messageChannel", mcsChannelId: messageChannelId })]),
        ],
      },
    },
  });
}

type ConnectResponseValue = Extract<ConnectionMessage, { message: "connectResponse" }>["value"];
type ServerBlock = ConnectResponseValue["userData"]["userData"]["blocks"][number]["body"];

/** [MS-RDPBCGR] 3.3.5.3.8: a channel that exists is joined; the answer to any other is a refusal. */
export function joinChannel(state: ServerState, requested: number): ServerStep {
  const { userId, ioChannelId: io, messageChannelId, channels } = state;
  const answer = (result: number, channelId: number | undefined) =>
    send("channelJoinConfirm", { present: 0, result, initiator: userId, requested, channelId });
  const isStatic = channels.some(({ id }) => id === requested);
  if (!isStatic && requested !== userId && requested !== io && requested !== messageChannelId) {
    const unknown = violation("peer", "unknown-channel", `channel ${requested}`);
    return { state, outputs: [unknown, answer(McsResult.noSuchChannel, undefined)] };
  }
  const joined = channels.map((channel) => (channel.id === requested ? { ...channel, joined: true } : channel));
  return {
    state: isStatic ? { ...state, channels: joined } : state,
    outputs: [answer(McsResult.successful, requested)],
  };
}
