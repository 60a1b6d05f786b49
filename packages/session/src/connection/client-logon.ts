import {
  AddressFamily,
  InfoFlags,
  LicenseBlobType,
  LicenseErrorCode,
  LicenseStateTransition,
  LicenseVersion,
  PerformanceFlags,
  SecurityFlags,
  type AttachUserConfirm,
  type ChannelJoinConfirm,
  type ClientInfo,
  type LicenseErrorMessage,
} from "@railvail/transport";
import { skipsChannelJoin } from "./client-settings.js";
import type { ClientState, ClientStep } from "./client-state.js";
import { broken } from "./common-output.js";
import { reconnectionPacket } from "./reconnection.js";
import { violation } from "./rules.js";
import { infoHeader } from "./shared-state.js";
import { send } from "./vocabulary.js";

const info = InfoFlags;
const performance = PerformanceFlags;

/** [MS-RDPBCGR] 3.2.5.3.7: the user has an id; now the channels, or at once the logon. */
export function attached(state: ClientState, { result, initiator }: AttachUserConfirm): ClientStep {
  // The user's channel has the same number, of 16 bits.
  const hasChannel = initiator !== undefined && initiator <= 0xffff;
  if (result !== 0 || !hasChannel) return broken(state, "connect-refused", `result ${result}`);
  const { ioChannelId, messageChannelId, channels } = state;
  const next = { ...state, userId: initiator };
  if (skipsChannelJoin(state)) {
    return logOn({ ...next, channels: channels.map((channel) => ({ ...channel, joined: channel.id !== 0 })) });
  }
  const message = messageChannelId === undefined ? [] : [messageChannelId];
  const statics = channels.map(({ id }) => id).filter((id) => id !== 0);
  return joinNext({ ...next, toJoin: [initiator, ioChannelId, ...message, ...statics] });
}

/** One channel at a time: some servers need it. */
function joinNext(state: ClientState): ClientStep {
  const [channelId] = state.toJoin;
  if (channelId === undefined) return logOn(state);
  return { state, outputs: [send("channelJoinRequest", { initiator: state.userId, channelId })] };
}

/** [MS-RDPBCGR] 3.2.5.3.9. A channel that cannot be joined is done without. */
export function joined(state: ClientState, { result, requested }: ChannelJoinConfirm): ClientStep {
  if (requested !== state.toJoin[0]) {
    return { state, outputs: [violation("peer", "out-of-place", `channel ${requested} is not being joined`)] };
  }
  const refused = result === 0 ? [] : [violation("peer", "not-joined", `channel ${requested}: result ${result}`)];
  const channels = state.channels.map((channel) =>
    channel.id === requested ? { ...channel, joined: result === 0 } : channel,
  );
  const { state: next, outputs } = joinNext({ ...state, channels, toJoin: state.toJoin.slice(1) });
  return { state: next, outputs: [...refused, ...outputs] };
}

/** [MS-RDPBCGR] 3.2.5.3.11. */
function logOn(state: ClientState): ClientStep {
  return { state: { ...state, phase: "logon", toJoin: [] }, outputs: [send("clientInfo", clientInfo(state))] };
}

function clientInfo({ settings }: ClientState): ClientInfo {
  const { rail, info: given, reconnection } = settings;
  const logsOn = (given.password ?? "") !== "";
  const extraInfo = given.extraInfo ?? usualExtraInfo;
  return {
    codePage: 0,
    infoFlags:
      info.INFO_MOUSE |
      info.INFO_DISABLECTRLALTDEL |
      info.INFO_UNICODE |
      info.INFO_MAXIMIZESHELL |
      info.INFO_LOGONNOTIFY |
      info.INFO_ENABLEWINDOWSKEY |
      info.INFO_LOGONERRORS |
      info.INFO_MOUSE_HAS_WHEEL |
      (logsOn ? info.INFO_AUTOLOGON : 0) |
      (rail ? info.INFO_RAIL | info.INFO_HIDEF_RAIL_SUPPORTED : 0),
    domain: "",
    userName: "",
    password: "",
    alternateShell: "",
    workingDir: "",
    ...given,
    ...infoHeader,
    extraInfo:
      reconnection === undefined
        ? extraInfo
        : { ...usualExtraInfo, ...extraInfo, autoReconnectCookie: reconnectionPacket(reconnection) },
  };
}

const never = { year: 0, month: 0, dayOfWeek: 0, day: 0, hour: 0, minute: 0, second: 0, milliseconds: 0 };
const noTimeZone = {
  bias: 0,
  standardName: "UTC",
  standardDate: never,
  standardBias: 0,
  daylightName: "UTC",
  daylightDate: never,
  daylightBias: 0,
};

/** The cookie is the last field of a tail whose fields need all those before them. */
const usualExtraInfo: NonNullable<ClientInfo["extraInfo"]> = {
  clientAddressFamily: AddressFamily.AF_INET,
  clientAddress: "127.0.0.1",
  clientDir: "",
  clientTimeZone: noTimeZone,
  clientSessionId: 0,
  performanceFlags: performance.PERF_ENABLE_FONT_SMOOTHING | performance.PERF_ENABLE_DESKTOP_COMPOSITION,
  autoReconnectCookie: new Uint8Array(0),
};

/**
 * The server wants to issue a licence, which takes keys that a client without a licence store has
 * not. Some servers ask everybody and go on whatever the answer is.
 */
export const withoutLicense = (state: ClientState): ClientStep => ({
  state,
  outputs: [violation("peer", "license-required"), send("licenseError", noLicense)],
});

const noLicense: LicenseErrorMessage = {
  flags: SecurityFlags.SEC_LICENSE_PKT,
  flagsHi: 0,
  preambleVersion: LicenseVersion.PREAMBLE_VERSION_3_0,
  extendedErrorSupported: 0,
  errorCode: LicenseErrorCode.ERR_INVALID_SERVER_CERTIFICATE,
  stateTransition: LicenseStateTransition.ST_TOTAL_ABORT,
  errorInfo: { blobType: LicenseBlobType.BB_ERROR_BLOB, data: new Uint8Array(0) },
};

/** [MS-RDPBCGR] 3.2.5.3.12: only the short cut is understood. */
export function licensed(state: ClientState, { errorCode }: LicenseErrorMessage): ClientStep {
  if (errorCode !== LicenseErrorCode.STATUS_VALID_CLIENT) {
    return broken(state, "license-refused", `error code ${errorCode}`);
  }
  return { state: { ...state, phase: "capabilities" }, outputs: [] };
}
