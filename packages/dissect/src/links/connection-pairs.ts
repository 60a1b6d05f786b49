import {
  AttachUserConfirm,
  AttachUserRequest,
  ChannelJoinConfirm,
  ChannelJoinRequest,
  ConfirmActive,
  ConnectInitial,
  ConnectionConfirm,
  ConnectionRequest,
  ConnectResponse,
  Control,
  ControlAction,
  DemandActive,
  FontList,
  FontMap,
  LicenseInformation,
  LicenseRequest,
  NewLicenseRequest,
  PlatformChallenge,
  PlatformChallengeResponse,
  ShutdownDenied,
  ShutdownRequest,
} from "@railvail/transport";
import { by, type Pair } from "./pair.js";

/** What client and server say to each other until the session is up, [MS-RDPBCGR] 1.3.1.1. */
export const connectionPairs: readonly Pair[] = [
  { kind: "connection", first: [by(ConnectionRequest)], second: [by(ConnectionConfirm)] },
  { kind: "settings", first: [by(ConnectInitial)], second: [by(ConnectResponse)] },
  { kind: "attach user", first: [by(AttachUserRequest)], second: [by(AttachUserConfirm)] },
  {
    kind: "channel join",
    first: [by(ChannelJoinRequest, ({ channelId }) => channelId)],
    second: [by(ChannelJoinConfirm, ({ requested }) => requested)],
  },
  { kind: "license", first: [by(LicenseRequest)], second: [by(NewLicenseRequest), by(LicenseInformation)] },
  { kind: "license challenge", first: [by(PlatformChallenge)], second: [by(PlatformChallengeResponse)] },
  {
    kind: "activation",
    first: [by(DemandActive, ({ shareId }) => shareId)],
    second: [by(ConfirmActive, ({ shareId }) => shareId)],
  },
  {
    kind: "control",
    first: [by(Control, ({ action }) => (action === ControlAction.requestControl ? 0 : undefined))],
    second: [by(Control, ({ action }) => (action === ControlAction.grantedControl ? 0 : undefined))],
    from: "c2s",
  },
  { kind: "fonts", first: [by(FontList)], second: [by(FontMap)] },
  { kind: "shutdown", first: [by(ShutdownRequest)], second: [by(ShutdownDenied)] },
];
