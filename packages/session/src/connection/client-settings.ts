import {
  ClientEarlyCapabilityFlags,
  ColorDepth,
  ConnectionType,
  cookieToken,
  NegotiationResponseFlags,
  SecurityProtocol,
  ServerEarlyCapabilityFlags,
  SupportedColorDepths,
  type ClientCoreData,
  type ConnectionConfirm,
  type ConnectResponse,
} from "@railvail/transport";
import type { ClientState, ClientStep, ServerBlock } from "./client-state.js";
import { broken } from "./common-output.js";
import type { ClientBlock } from "./server-state.js";
import { send } from "./vocabulary.js";

const early = ClientEarlyCapabilityFlags;
const depths = SupportedColorDepths;
/** RDP 10.7. */
const version = 0x0008_000c;

/** [MS-RDPBCGR] 3.2.5.3.1. */
export function requestConnection(state: ClientState): ClientStep {
  const { security, cookie } = state.settings;
  const requestedProtocols = security === "tls" ? SecurityProtocol.PROTOCOL_SSL : 0;
  const token = cookie === undefined ? undefined : cookieToken(cookie);
  const tpdu = { destinationReference: 0, sourceReference: 0, token, negotiation: { flags: 0, requestedProtocols } };
  return { state: { ...state, phase: "negotiation" }, outputs: [send("connectionRequest", { tpdu })] };
}

/** [MS-RDPBCGR] 3.2.5.3.2. A server without negotiation is plain RDP. */
export function confirmed(state: ClientState, { tpdu }: ConnectionConfirm): ClientStep {
  const answer = tpdu.negotiation?.message;
  if (answer?.type === "failure") {
    const { failureCode } = answer;
    const { state: closed, outputs } = broken(state, "no-common-security", `failure code ${failureCode}`);
    return { state: closed, outputs: [{ type: "refused", failureCode }, ...outputs] };
  }
  const selectedProtocol = answer?.type === "response" ? answer.selectedProtocol : 0;
  const wanted = state.settings.security === "tls" ? SecurityProtocol.PROTOCOL_SSL : 0;
  if (selectedProtocol !== wanted) {
    return broken(state, "no-common-security", `the server chose ${selectedProtocol}`);
  }
  const flags = answer?.type === "response" ? answer.flags : 0;
  const extendedData = (flags & NegotiationResponseFlags.EXTENDED_CLIENT_DATA_SUPPORTED) !== 0;
  const next = { ...state, selectedProtocol, extendedData };
  return selectedProtocol === 0
    ? sendSettings(next)
    : { state: { ...next, phase: "tls" }, outputs: [{ type: "startTls" }] };
}

const parameters = (maxChannelIds: number, maxUserIds: number, maxTokenIds: number, maxMcsPduSize: number) => ({
  maxChannelIds,
  maxUserIds,
  maxTokenIds,
  numPriorities: 1,
  minThroughput: 0,
  maxHeight: 1,
  maxMcsPduSize,
  protocolVersion: 2,
});

/** [MS-RDPBCGR] 3.2.5.3.3: the client's settings. */
export function sendSettings(state: ClientState): ClientStep {
  const blocks = settingsBlocks(state).map((body) => ({ body }));
  const initial = send("connectInitial", {
    callingDomainSelector: new Uint8Array([1]),
    calledDomainSelector: new Uint8Array([1]),
    upwardFlag: 0xff,
    targetParameters: parameters(34, 2, 0, 65_535),
    minimumParameters: parameters(1, 1, 1, 1056),
    maximumParameters: parameters(65_535, 64_535, 65_535, 65_535),
    userData: { userData: { blocks } },
  });
  return { state: { ...state, phase: "settings" }, outputs: [initial] };
}

/** Blocks that a server may not know unless it says so; [MS-RDPBCGR] 2.2.1.2.1. */
const extended: ReadonlySet<string> = new Set(["monitor", "messageChannel", "monitorExtended", "multitransport"]);

function settingsBlocks(state: ClientState): ClientBlock[] {
  const { channels, blocks } = state.settings;
  const defaults: ClientBlock[] = [
    coreBlock(state),
    {
      type: "cluster",
      redirectionSupported: 1,
      redirectedSessionIdFieldValid: 0,
      serverSessionRedirectionVersion: 3,
      redirectedSmartcard: 0,
      otherFlags: 0,
      redirectedSessionId: 0,
    },
    { type: "security", encryptionMethods: 0, extEncryptionMethods: 0 },
    { type: "network", channels: [...channels] },
    { type: "messageChannel", flags: 0 },
  ];
  const given = new Map(blocks.map((block) => [block.type, block]));
  const kept = defaults.map((block) => given.get(block.type) ?? block);
  const added = blocks.filter(({ type }) => !defaults.some((block) => block.type === type));
  return [...kept, ...added].filter(({ type }) => state.extendedData || !extended.has(type));
}

function coreBlock({ settings, selectedProtocol }: ClientState): ClientBlock {
  const core: ClientCoreData = {
    version,
    desktopWidth: settings.desktop.width,
    desktopHeight: settings.desktop.height,
    colorDepth: ColorDepth.RNS_UD_COLOR_8BPP,
    sasSequence: 0xaa03,
    keyboardLayout: 0x409,
    clientBuild: 18_363,
    clientName: "railvail",
    keyboardType: 4,
    keyboardSubType: 0,
    keyboardFunctionKey: 12,
    imeFileName: "",
    postBeta2ColorDepth: ColorDepth.RNS_UD_COLOR_8BPP,
    clientProductId: 1,
    serialNumber: 0,
    highColorDepth: 24,
    supportedColorDepths:
      depths.RNS_UD_15BPP_SUPPORT |
      depths.RNS_UD_16BPP_SUPPORT |
      depths.RNS_UD_24BPP_SUPPORT |
      depths.RNS_UD_32BPP_SUPPORT,
    earlyCapabilityFlags:
      early.RNS_UD_CS_SUPPORT_ERRINFO_PDU |
      early.RNS_UD_CS_WANT_32BPP_SESSION |
      early.RNS_UD_CS_STRONG_ASYMMETRIC_KEYS |
      early.RNS_UD_CS_VALID_CONNECTION_TYPE |
      early.RNS_UD_CS_SUPPORT_MONITOR_LAYOUT_PDU |
      early.RNS_UD_CS_SUPPORT_NETCHAR_AUTODETECT |
      early.RNS_UD_CS_SUPPORT_DYNVC_GFX_PROTOCOL |
      early.RNS_UD_CS_SUPPORT_DYNAMIC_TIME_ZONE |
      early.RNS_UD_CS_SUPPORT_HEARTBEAT_PDU |
      early.RNS_UD_CS_SUPPORT_SKIP_CHANNELJOIN,
    clientDigProductId: "",
    connectionType: ConnectionType.CONNECTION_TYPE_LAN,
    pad1octet: 0,
    serverSelectedProtocol: selectedProtocol,
    desktopPhysicalWidth: 0,
    desktopPhysicalHeight: 0,
    desktopOrientation: 0,
    desktopScaleFactor: 100,
    deviceScaleFactor: 100,
    ...settings.core,
  };
  return { type: "core", ...core };
}

/** The server's settings block of one type, if it sent one. */
const serverBlockOf = <T extends ServerBlock["type"]>(
  blocks: readonly ServerBlock[],
  type: T,
): Extract<ServerBlock, { type: T }> | undefined =>
  blocks.find((block): block is Extract<ServerBlock, { type: T }> => block.type === type);

/** Whether the server said that channels need not be joined. */
export const skipsChannelJoin = ({ blocks }: ClientState): boolean =>
  ((serverBlockOf(blocks, "core")?.earlyCapabilityFlags ?? 0) &
    ServerEarlyCapabilityFlags.RNS_UD_SC_SKIP_CHANNELJOIN_SUPPORTED) !==
  0;

/** [MS-RDPBCGR] 3.2.5.3.4: the channels and their ids. */
export function settingsReceived(state: ClientState, response: ConnectResponse): ClientStep {
  const { result, userData } = response;
  if (result !== 0 || userData.result !== 0) {
    return broken(state, "connect-refused", `results ${result} and ${userData.result}`);
  }
  const blocks = userData.userData.blocks.map(({ body }) => body);
  const network = serverBlockOf(blocks, "network");
  if (serverBlockOf(blocks, "core") === undefined || network === undefined) return broken(state, "core-missing");
  if ((serverBlockOf(blocks, "security")?.encryptionMethod ?? 0) !== 0) return broken(state, "encrypted");
  const asked = settingsBlocks(state).find((block) => block.type === "network");
  const channels = (asked?.type === "network" ? asked.channels : []).map(({ name, options }, index) => ({
    id: network.channelIds[index] ?? 0,
    name,
    options,
    joined: false,
  }));
  const next: ClientState = {
    ...state,
    phase: "joining",
    blocks,
    channels,
    ioChannelId: network.mcsChannelId,
    messageChannelId: serverBlockOf(blocks, "messageChannel")?.mcsChannelId,
  };
  const attach = [send("erectDomain", { subHeight: 0, subInterval: 0 }), send("attachUserRequest", {})];
  return { state: next, outputs: [{ type: "settings", blocks, channels }, ...attach] };
}
