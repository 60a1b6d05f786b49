import {
  FontFlags,
  InfoFlags,
  LicenseBlobType,
  LicenseErrorCode,
  LicenseStateTransition,
  LicenseVersion,
  SecurityFlags,
  type ClientInfo,
  type ConfirmActive,
  type FontList,
} from "@railvail/transport";
import { capabilityOf, withCapabilities, type ServerCapability } from "./capability-list.js";
import { isSendable, requestedDepth } from "./color-depth.js";
import { verifiedLogon } from "./reconnection.js";
import { violation } from "./rules.js";
import { serverCapabilities } from "./server-capabilities.js";
import { blockOf, clientSupports, monitorsOf, skipsJoining } from "./server-settings.js";
import type { ServerOutput, ServerState, ServerStep } from "./server-state.js";
import { control, cooperate, fontMap, shareHeader, synchronize, type ShareSender } from "./share-values.js";
import { chunkSizeOf, serverChannelId } from "./shared-state.js";
import { send, type ConnectionSend } from "./vocabulary.js";

const hasFlag = (info: ClientInfo | undefined, flag: keyof typeof InfoFlags): boolean =>
  ((info?.infoFlags ?? 0) & InfoFlags[flag]) !== 0;

export const serverShare = ({ shareId }: ServerState): ShareSender => ({ pduSource: serverChannelId, shareId });

/** [MS-RDPBCGR] 3.3.5.3.11: who wants in, and what for. */
export function logOn(state: ServerState, info: ClientInfo): ServerStep {
  const joined = skipsJoining(state) ? state.channels.map((channel) => ({ ...channel, joined: true })) : state.channels;
  const cookie = shownCookie(state, info);
  const cookieRefused = cookie?.type === "violation";
  const next: ServerState = { ...state, info, channels: joined, cookieRefused, phase: "logon" };
  const logon: ServerOutput = {
    type: "logon",
    info,
    rail: hasFlag(info, "INFO_RAIL"),
    hiDefRail: hasFlag(info, "INFO_HIDEF_RAIL_SUPPORTED"),
  };
  const told = cookie === undefined ? [logon] : [cookie, logon];
  if (state.settings.logon === "ask") return { state: next, outputs: told };
  const { state: accepted, outputs } = acceptLogon(next, []);
  return { state: accepted, outputs: [...told, ...outputs] };
}

/** [MS-RDPBCGR] 5.5: the session that the client comes back to, or what is wrong with its cookie. */
function shownCookie({ settings }: ServerState, { extraInfo }: ClientInfo): ServerOutput | undefined {
  const packet = extraInfo?.autoReconnectCookie;
  if (settings.reconnection === undefined || packet === undefined || packet.length === 0) return undefined;
  const verified = verifiedLogon(packet, settings.reconnection);
  if ("problem" in verified) return violation("peer", "cookie-wrong", verified.problem);
  return { type: "reconnected", logonId: verified.logonId };
}

/** The short cut of licensing ([MS-RDPBCGR] 3.3.5.3.12), and the capability sets. */
export function acceptLogon(state: ServerState, capabilities: readonly ServerCapability[]): ServerStep {
  const { state: next, outputs } = demandActive(state, capabilities);
  return { state: next, outputs: [validClient, ...outputs] };
}

/** No licence is needed. */
export const validClient: ConnectionSend = send("licenseError", {
  flags: SecurityFlags.SEC_LICENSE_PKT,
  flagsHi: 0,
  preambleVersion: LicenseVersion.PREAMBLE_VERSION_3_0,
  extendedErrorSupported: 0,
  errorCode: LicenseErrorCode.STATUS_VALID_CLIENT,
  stateTransition: LicenseStateTransition.ST_NO_TRANSITION,
  errorInfo: { blobType: LicenseBlobType.BB_ERROR_BLOB, data: new Uint8Array(0) },
});

/** [MS-RDPBCGR] 3.3.5.3.13.1. Each share has an id of its own. */
export function demandActive(state: ServerState, changes: readonly ServerCapability[]): ServerStep {
  const { settings, userId, info } = state;
  const shares = state.shares + 1;
  const shareId = (((shares & 0xffff) << 16) | userId) >>> 0;
  const { width, height } = desktopOf(state);
  const defaults = serverCapabilities({
    desktopWidth: width,
    desktopHeight: height,
    bitsPerPixel: sessionDepth(state),
    rail: hasFlag(info, "INFO_RAIL"),
    chunkSize: chunkSizeOf(settings.chunkSize),
    compat: settings.compat,
  });
  const capabilities = withCapabilities(withCapabilities(defaults, settings.capabilities), changes);
  const demand = send("demandActive", {
    pduSource: serverChannelId,
    shareId,
    sourceDescriptor: "RDP\0",
    combinedCapabilities: { capabilitySets: capabilities.map((capability) => ({ capability })) },
    sessionId: 0,
  });
  const chunkSize = chunkSizeOf(capabilityOf(capabilities, "virtualChannel")?.vcChunkSize);
  return { state: { ...state, phase: "capabilities", shares, shareId, chunkSize }, outputs: [demand] };
}

/** What the client asks for; colours from a palette are not sent, so the next depth stands for them. */
function sessionDepth({ blocks }: ServerState): number {
  const depth = requestedDepth(blocks);
  return isSendable(depth) ? depth : 16;
}

/** The size that the settings state, or else the one the client asked for, in pixels. */
export function desktopOf(state: ServerState): { width: number; height: number } {
  const core = blockOf(state, "core");
  return state.settings.desktop ?? { width: core?.desktopWidth ?? 1024, height: core?.desktopHeight ?? 768 };
}

/** [MS-RDPBCGR] 3.3.5.3.13.2, 3.3.5.3.19, 3.3.5.3.20. */
export function confirmActive(state: ServerState, { shareId, combinedCapabilities }: ConfirmActive): ServerStep {
  const peerCapabilities = combinedCapabilities.capabilitySets.map(({ capability }) => capability);
  const outputs: ServerOutput[] = [{ type: "capabilities", capabilities: peerCapabilities }];
  if (shareId !== state.shareId) outputs.push(violation("peer", "wrong-share", `share ${shareId}`));
  const from = serverShare(state);
  outputs.push(synchronize(from, state.userId), control(from, cooperate));
  return { state: { ...state, phase: "finalization", peerCapabilities }, outputs };
}

/** [MS-RDPBCGR] 3.3.5.3.22: the last Font List ends the sequence. Old clients send two. */
export function endSequence(state: ServerState, { listFlags }: FontList): ServerStep {
  if (listFlags === FontFlags.FIRST) return { state, outputs: [] };
  const from = serverShare(state);
  const { shareId, cookieRefused } = state;
  const outputs: ServerOutput[] = [...monitorLayout(state), fontMap(from)];
  // [MS-RDPBCGR] 2.2.4.1.1
  if (cookieRefused) outputs.push(send("autoReconnectStatus", { ...shareHeader(from, 4), arcStatus: 0 }));
  if (state.phase !== "active") outputs.push({ type: "active", shareId });
  return { state: { ...state, phase: "active", cookieRefused: false }, outputs };
}

/** [MS-RDPBCGR] 2.2.12.1: the client's monitors, or one as large as the desktop. */
function monitorLayout(state: ServerState): ConnectionSend[] {
  if (!clientSupports(state, "RNS_UD_CS_SUPPORT_MONITOR_LAYOUT_PDU")) return [];
  const { width, height } = desktopOf(state);
  const one = { left: 0, top: 0, right: width - 1, bottom: height - 1, flags: 1 };
  const monitorDefArray = [...(monitorsOf(state) ?? [one])];
  return [
    send("monitorLayout", { ...shareHeader(serverShare(state), 4 + 20 * monitorDefArray.length), monitorDefArray }),
  ];
}
