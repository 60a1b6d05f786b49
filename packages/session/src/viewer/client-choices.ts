import type { MonitorDefinition } from "@railvail/display";
import { ChannelOption, ClientEarlyCapabilityFlags } from "@railvail/transport";
import type { ClientCapability } from "../connection/capability-list.js";
import type { ClientSettings } from "../connection/client-state.js";
import { monitorDef } from "../connection/stated-monitors.js";
import { remoteFxCodec } from "./shown-desktop.js";
import type { ViewerSettings } from "./viewer-settings.js";

const option = ChannelOption;
const usual = (option.CHANNEL_OPTION_INITIALIZED | option.CHANNEL_OPTION_ENCRYPT_RDP) >>> 0;
const shown = (usual | option.CHANNEL_OPTION_SHOW_PROTOCOL) >>> 0;
const early = ClientEarlyCapabilityFlags;

/** What a client that shows all that comes says of itself early, [MS-RDPBCGR] 2.2.1.3.2. */
const earlyCapabilityFlags =
  early.RNS_UD_CS_SUPPORT_ERRINFO_PDU |
  early.RNS_UD_CS_WANT_32BPP_SESSION |
  early.RNS_UD_CS_STRONG_ASYMMETRIC_KEYS |
  early.RNS_UD_CS_VALID_CONNECTION_TYPE |
  early.RNS_UD_CS_SUPPORT_MONITOR_LAYOUT_PDU |
  early.RNS_UD_CS_SUPPORT_NETCHAR_AUTODETECT |
  early.RNS_UD_CS_SUPPORT_DYNAMIC_TIME_ZONE |
  early.RNS_UD_CS_SUPPORT_HEARTBEAT_PDU |
  early.RNS_UD_CS_SUPPORT_SKIP_CHANNELJOIN;

/** [MS-RDPBCGR] 2.2.1.3.6. The flag of the primary monitor is the same as in layouts. */
const monitorBlock = (monitors: readonly MonitorDefinition[]): ClientSettings["blocks"][number] => ({
  type: "monitor",
  flags: 0,
  monitors: monitors.map((monitor) => monitorDef(monitor, monitor.flags)),
});

/** What all RemoteFX streams have, [MS-RDPRFX] 2.2.1.1.1.1.1. */
const icap = { version: 0x0100, tileSize: 64, flags: 0, colConvBits: 1, transformBits: 1 };

/** [MS-RDPRFX] 2.2.1.1: both ways to code numbers. */
const bitmapCodecs: ClientCapability = {
  type: "bitmapCodecs",
  bitmapCodecs: [
    {
      codecId: remoteFxCodec,
      codecProperties: {
        type: "remoteFx",
        captureFlags: 1,
        capsData: { capsets: [{ codecId: 1, icapsData: [1, 4].map((entropyBits) => ({ ...icap, entropyBits })) }] },
      },
    },
  ],
};

/** What a viewer asks of a server. */
export function clientChoices(settings: ViewerSettings): Partial<ClientSettings> {
  const { security, name, domain, password, size, remoteApp, clipboard, audioOutput, egfx, connection, monitors } =
    settings;
  const pipeline = egfx ? early.RNS_UD_CS_SUPPORT_DYNVC_GFX_PROTOCOL : 0;
  return {
    security,
    desktop: { width: size.width, height: size.height },
    rail: remoteApp !== undefined,
    channels: [
      ...(remoteApp === undefined ? [] : [{ name: "rail", options: shown }]),
      ...(clipboard === undefined ? [] : [{ name: "cliprdr", options: shown }]),
      ...(audioOutput === undefined ? [] : [{ name: "rdpsnd", options: usual }]),
      { name: "drdynvc", options: usual },
    ],
    blocks: monitors.length < 2 ? [] : [monitorBlock(monitors)],
    capabilities: settings.remoteFx ? [bitmapCodecs] : [],
    ...connection,
    core: { earlyCapabilityFlags: earlyCapabilityFlags | pipeline, ...connection.core },
    info: { userName: name, domain, password, ...connection.info },
  };
}
