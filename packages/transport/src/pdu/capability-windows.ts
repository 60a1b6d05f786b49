import { enumeration, flags, u16, u32, u8 } from "@railvail/wire";

export const RailSupportLevel = {
  TS_RAIL_LEVEL_SUPPORTED: 0x01,
  TS_RAIL_LEVEL_DOCKED_LANGBAR_SUPPORTED: 0x02,
  TS_RAIL_LEVEL_SHELL_INTEGRATION_SUPPORTED: 0x04,
  TS_RAIL_LEVEL_LANGUAGE_IME_SYNC_SUPPORTED: 0x08,
  TS_RAIL_LEVEL_SERVER_TO_CLIENT_IME_SYNC_SUPPORTED: 0x10,
  TS_RAIL_LEVEL_HIDE_MINIMIZED_APPS_SUPPORTED: 0x20,
  TS_RAIL_LEVEL_WINDOW_CLOAKING_SUPPORTED: 0x40,
  TS_RAIL_LEVEL_HANDSHAKE_EX_SUPPORTED: 0x80,
} as const;

/** Remote Programs Capability Set, [MS-RDPERP] 2.2.1.1.1. */
export const railCapability = {
  railSupportLevel: flags(u32, RailSupportLevel),
};

/** WSLg's server states 3, which is not defined. */
export const WindowSupportLevel = {
  TS_WINDOW_LEVEL_NOT_SUPPORTED: 0,
  TS_WINDOW_LEVEL_SUPPORTED: 1,
  TS_WINDOW_LEVEL_SUPPORTED_EX: 2,
} as const;

/** Window List Capability Set, [MS-RDPERP] 2.2.1.1.2: whether there are windowing orders. */
export const windowListCapability = {
  wndSupportLevel: enumeration(u32, WindowSupportLevel),
  numIconCaches: u8,
  numIconCacheEntries: u16,
};
