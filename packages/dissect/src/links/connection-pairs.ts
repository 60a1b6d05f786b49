import {
  AttachUserConfirm,
  AttachUserRequest,
  BandwidthResults,
  BandwidthStop,
  BandwidthStopConnectTime,
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
  FrameAcknowledge,
  FrameAction,
  LicenseInformation,
  LicenseRequest,
  MultitransportRequest,
  MultitransportResponse,
  NewLicenseRequest,
  PlatformChallenge,
  PlatformChallengeResponse,
  RttRequest,
  RttResponse,
  ShutdownDenied,
  ShutdownRequest,
  SurfaceCommands,
} from "@railvail/transport";
import { by, type Pair } from "./pair.js";

/** The frame that surface commands end. */
function frameEnded({ surfaceCommands }: SurfaceCommands): number | undefined {
  for (const { command } of surfaceCommands.toReversed()) {
    if (command.type === "frameMarker" && command.frameAction === FrameAction.SURFACECMD_FRAMEACTION_END)
      return command.frameId;
  }
  return undefined;
}

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
  {
    // Fast path one way, slow path the other: [MS-RDPRFX] 2.2.3.1.
    kind: "surface frame",
    first: [by(SurfaceCommands, frameEnded)],
    second: [by(FrameAcknowledge, ({ frameId }) => frameId)],
    seconds: "many",
    across: true,
  },
  {
    kind: "round trip",
    first: [by(RttRequest, ({ sequenceNumber }) => sequenceNumber)],
    second: [by(RttResponse, ({ sequenceNumber }) => sequenceNumber)],
  },
  {
    kind: "bandwidth",
    first: [
      by(BandwidthStop, ({ sequenceNumber }) => sequenceNumber),
      by(BandwidthStopConnectTime, ({ sequenceNumber }) => sequenceNumber),
    ],
    second: [by(BandwidthResults, ({ sequenceNumber }) => sequenceNumber)],
  },
  {
    kind: "multitransport",
    first: [by(MultitransportRequest, ({ requestId }) => requestId)],
    second: [by(MultitransportResponse, ({ requestId }) => requestId)],
  },
  { kind: "shutdown", first: [by(ShutdownRequest)], second: [by(ShutdownDenied)] },
];
