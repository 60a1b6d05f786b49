import { byteLength, literal, u16 } from "@railvail/wire";

/** Types of the settings blocks, [MS-RDPBCGR] 2.2.1.3.1. */
export const UserDataType = {
  CS_CORE: 0xc001,
  CS_SECURITY: 0xc002,
  CS_NET: 0xc003,
  CS_CLUSTER: 0xc004,
  CS_MONITOR: 0xc005,
  CS_MCS_MSGCHANNEL: 0xc006,
  CS_MONITOR_EX: 0xc008,
  CS_MULTITRANSPORT: 0xc00a,
  CS_UNUSED1: 0xc00c,
  SC_CORE: 0x0c01,
  SC_SECURITY: 0x0c02,
  SC_NET: 0x0c03,
  SC_MCS_MSGCHANNEL: 0x0c04,
  SC_MULTITRANSPORT: 0x0c08,
} as const;

/** TS_UD_HEADER of a block that stands by itself; the length counts the header. */
export const userDataHeader = (type: number) => ({
  blockType: literal(u16, type),
  blockLength: byteLength(u16),
});
