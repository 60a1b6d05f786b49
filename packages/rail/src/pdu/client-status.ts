import { flags, pdu, u32, type Infer } from "@railvail/wire";
import { railHeader, RailOrderType } from "./rail-header.js";

/** What a client can do, [MS-RDPERP] 2.2.2.2.2. */
export const ClientStatusFlags = {
  allowLocalMoveSize: 0x0001,
  autoReconnect: 0x0002,
  zOrderSync: 0x0004,
  windowResizeMarginSupported: 0x0010,
  highDpiIconsSupported: 0x0020,
  appbarRemotingSupported: 0x0040,
  powerDisplayRequestSupported: 0x0080,
  bidirectionalCloakSupported: 0x0200,
  suppressIconOrders: 0x0400,
} as const;

/**
 * Bits that Windows clients set and the specification does not have. WSLg's server reads
 * `getAppIdResponseEx` as leave to send GetAppIdRespEx.
 */
export const UnspecifiedClientStatusFlags = { getAppIdResponseEx: 0x0100 } as const;

/** The client's features, sent once after the handshake. */
export const ClientStatus = pdu(
  "TS_RAIL_ORDER_CLIENTSTATUS",
  "[MS-RDPERP] 2.2.2.2.2",
  { ...railHeader(RailOrderType.clientStatus), flags: flags(u32, ClientStatusFlags) },
  { sentBy: "client" },
);
export type ClientStatus = Infer<typeof ClientStatus>;
