import { enumeration, fixed, flags, optional, pdu, u16, u32, u8, utf16, type Infer } from "@railvail/wire";
import { userDataHeader, UserDataType } from "./gcc-user-data-block.js";
import { SecurityProtocol } from "./x224-negotiation.js";

/** What a client supports before capability sets are exchanged. */
export const ClientEarlyCapabilityFlags = {
  RNS_UD_CS_SUPPORT_ERRINFO_PDU: 0x0001,
  RNS_UD_CS_WANT_32BPP_SESSION: 0x0002,
  RNS_UD_CS_SUPPORT_STATUSINFO_PDU: 0x0004,
  RNS_UD_CS_STRONG_ASYMMETRIC_KEYS: 0x0008,
  RNS_UD_CS_UNUSED: 0x0010,
  RNS_UD_CS_VALID_CONNECTION_TYPE: 0x0020,
  RNS_UD_CS_SUPPORT_MONITOR_LAYOUT_PDU: 0x0040,
  RNS_UD_CS_SUPPORT_NETCHAR_AUTODETECT: 0x0080,
  RNS_UD_CS_SUPPORT_DYNVC_GFX_PROTOCOL: 0x0100,
  RNS_UD_CS_SUPPORT_DYNAMIC_TIME_ZONE: 0x0200,
  RNS_UD_CS_SUPPORT_HEARTBEAT_PDU: 0x0400,
  RNS_UD_CS_SUPPORT_SKIP_CHANNELJOIN: 0x0800,
} as const;

/** Depths besides `highColorDepth` that a client can show. */
export const SupportedColorDepths = {
  RNS_UD_24BPP_SUPPORT: 0x0001,
  RNS_UD_16BPP_SUPPORT: 0x0002,
  RNS_UD_15BPP_SUPPORT: 0x0004,
  RNS_UD_32BPP_SUPPORT: 0x0008,
} as const;

/** Colour depths of the oldest field and of the one that replaced it. */
export const ColorDepth = {
  RNS_UD_COLOR_4BPP: 0xca00,
  RNS_UD_COLOR_8BPP: 0xca01,
  RNS_UD_COLOR_16BPP_555: 0xca02,
  RNS_UD_COLOR_16BPP_565: 0xca03,
  RNS_UD_COLOR_24BPP: 0xca04,
} as const;

/** The kind of network, where `earlyCapabilityFlags` says that the field is valid. */
export const ConnectionType = {
  unspecified: 0,
  CONNECTION_TYPE_MODEM: 1,
  CONNECTION_TYPE_BROADBAND_LOW: 2,
  CONNECTION_TYPE_SATELLITE: 3,
  CONNECTION_TYPE_BROADBAND_HIGH: 4,
  CONNECTION_TYPE_WAN: 5,
  CONNECTION_TYPE_LAN: 6,
  CONNECTION_TYPE_AUTODETECT: 7,
} as const;

/** What follows the header of TS_UD_CS_CORE; it also stands inside MCS Connect-Initial. */
export const clientCoreFields = {
  version: u32,
  desktopWidth: u16,
  desktopHeight: u16,
  colorDepth: enumeration(u16, ColorDepth),
  sasSequence: u16,
  keyboardLayout: u32,
  clientBuild: u32,
  clientName: utf16(fixed(32), { nul: "padded" }),
  keyboardType: u32,
  keyboardSubType: u32,
  keyboardFunctionKey: u32,
  imeFileName: utf16(fixed(64), { nul: "padded" }),
  postBeta2ColorDepth: optional(enumeration(u16, ColorDepth)),
  clientProductId: optional(u16),
  serialNumber: optional(u32),
  highColorDepth: optional(u16),
  supportedColorDepths: optional(flags(u16, SupportedColorDepths)),
  earlyCapabilityFlags: optional(flags(u16, ClientEarlyCapabilityFlags)),
  clientDigProductId: optional(utf16(fixed(64), { nul: "padded" })),
  connectionType: optional(enumeration(u8, ConnectionType)),
  pad1octet: optional(u8),
  serverSelectedProtocol: optional(flags(u32, SecurityProtocol)),
  desktopPhysicalWidth: optional(u32),
  desktopPhysicalHeight: optional(u32),
  desktopOrientation: optional(u16),
  desktopScaleFactor: optional(u32),
  deviceScaleFactor: optional(u32),
};

/**
 * The client's core settings: version, desktop, keyboard, what it supports. Client to server.
 * `desktopWidth` and `desktopHeight` are in pixels, `desktopPhysicalWidth` and
 * `desktopPhysicalHeight` in millimetres (10 to 10,000), `desktopOrientation` in degrees,
 * `desktopScaleFactor` (100 to 500) and `deviceScaleFactor` (100, 140 or 180) in percent. From
 * `postBeta2ColorDepth` on the fields are an optional tail: one needs all those before it.
 */
export const ClientCoreData = pdu(
  "TS_UD_CS_CORE",
  "[MS-RDPBCGR] 2.2.1.3.2",
  { ...userDataHeader(UserDataType.CS_CORE), ...clientCoreFields },
  { sentBy: "client" },
);
export type ClientCoreData = Infer<typeof ClientCoreData>;
