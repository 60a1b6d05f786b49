import { flags, reserved, u32 } from "@railvail/wire";

export const SurfaceCommandFlags = {
  SURFCMDS_SETSURFACEBITS: 0x02,
  SURFCMDS_FRAMEMARKER: 0x10,
  SURFCMDS_STREAMSURFACEBITS: 0x40,
} as const;

/** TS_SURFCMDS_CAPABILITYSET, [MS-RDPBCGR] 2.2.7.2.9. WSLg needs it from the client. */
export const surfaceCommandsCapability = {
  cmdFlags: flags(u32, SurfaceCommandFlags),
  reserved: reserved(u32),
};

/**
 * TS_MULTIFRAGMENTUPDATE_CAPABILITYSET, [MS-RDPBCGR] 2.2.7.2.6: the bytes of the largest
 * fast-path update that can be put together from fragments.
 */
export const multifragmentUpdateCapability = {
  maxRequestSize: u32,
};

/** TS_FRAME_ACKNOWLEDGE_CAPABILITYSET, [MS-RDPRFX] 2.2.1.3: frames in flight. */
export const frameAcknowledgeCapability = {
  maxUnacknowledgedFrameCount: u32,
};
