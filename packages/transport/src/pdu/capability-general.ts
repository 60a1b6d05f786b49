import { enumeration, flags, optional, pad, reserved, u16, u32, u8 } from "@railvail/wire";

export const OsMajorType = {
  unspecified: 0,
  windows: 1,
  os2: 2,
  macintosh: 3,
  unix: 4,
  ios: 5,
  osX: 6,
  android: 7,
  chromeOs: 8,
} as const;

export const GeneralExtraFlags = {
  FASTPATH_OUTPUT_SUPPORTED: 0x0001,
  LONG_CREDENTIALS_SUPPORTED: 0x0004,
  AUTORECONNECT_SUPPORTED: 0x0008,
  ENC_SALTED_CHECKSUM: 0x0010,
  NO_BITMAP_COMPRESSION_HDR: 0x0400,
} as const;

/** TS_GENERAL_CAPABILITYSET, [MS-RDPBCGR] 2.2.7.1.1: what the peer is. `protocolVersion` 0x0200. */
export const generalCapability = {
  osMajorType: enumeration(u16, OsMajorType),
  osMinorType: u16,
  protocolVersion: u16,
  pad2OctetsA: reserved(u16),
  compressionTypes: reserved(u16),
  extraFlags: flags(u16, GeneralExtraFlags),
  updateCapabilityFlag: reserved(u16),
  remoteUnshareFlag: reserved(u16),
  compressionLevel: reserved(u16),
  refreshRectSupport: u8,
  suppressOutputSupport: u8,
};

/** TS_SHARE_CAPABILITYSET, [MS-RDPBCGR] 2.2.7.2.4. Real servers leave 0xe2b5 or so in the pad; send 0. */
export const shareCapability = {
  /** The sender's channel id; clients state 0. */
  nodeId: u16,
  pad2Octets: u16,
};

/** TS_CONTROL_CAPABILITYSET, [MS-RDPBCGR] 2.2.7.2.2: ignored by servers; 0, 0, 2, 2. */
export const controlCapability = {
  controlFlags: u16,
  remoteDetachFlag: u16,
  controlInterest: u16,
  detachInterest: u16,
};

/** TS_WINDOWACTIVATION_CAPABILITYSET, [MS-RDPBCGR] 2.2.7.2.3: ignored by servers; all 0. */
export const windowActivationCapability = {
  helpKeyFlag: u16,
  helpKeyIndexFlag: u16,
  helpExtendedKeyFlag: u16,
  windowManagerKeyFlag: u16,
};

/** TS_FONT_CAPABILITYSET, [MS-RDPBCGR] 2.2.7.2.5. Some peers send it without a body. */
export const fontCapability = {
  fontSupportFlags: optional(flags(u16, { FONTSUPPORT_FONTLIST: 1 })),
  pad2Octets: optional(u16),
};

export const VirtualChannelCompression = { VCCAPS_COMPR_SC: 1, VCCAPS_COMPR_CS_8K: 2 } as const;

/**
 * TS_VIRTUALCHANNEL_CAPABILITYSET, [MS-RDPBCGR] 2.2.7.1.10. `vcChunkSize` is in bytes, counts
 * from the server only, and is 1600 where it is absent.
 */
export const virtualChannelCapability = {
  flags: flags(u32, VirtualChannelCompression),
  vcChunkSize: optional(u32),
};

/** TS_SOUND_CAPABILITYSET, [MS-RDPBCGR] 2.2.7.1.11: whether the client can beep. */
export const soundCapability = {
  soundFlags: flags(u16, { SOUND_BEEPS_FLAG: 1 }),
  pad2OctetsA: pad(2),
};
