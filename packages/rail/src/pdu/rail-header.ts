import { byteLength, literal, u16 } from "@railvail/wire";

/** Numbers of the orders of the `rail` channel, [MS-RDPERP] 2.2.2.1. */
export const RailOrderType = {
  exec: 0x0001,
  activate: 0x0002,
  sysParam: 0x0003,
  sysCommand: 0x0004,
  handshake: 0x0005,
  notifyEvent: 0x0006,
  windowMove: 0x0008,
  localMoveSize: 0x0009,
  minMaxInfo: 0x000a,
  clientStatus: 0x000b,
  sysMenu: 0x000c,
  langbarInfo: 0x000d,
  getAppIdReq: 0x000e,
  getAppIdResp: 0x000f,
  taskbarInfo: 0x0010,
  languageImeInfo: 0x0011,
  compartmentInfo: 0x0012,
  handshakeEx: 0x0013,
  zOrderSync: 0x0014,
  cloak: 0x0015,
  powerDisplayRequest: 0x0016,
  snapArrange: 0x0017,
  getAppIdRespEx: 0x0018,
  textScaleInfo: 0x0019,
  caretBlinkInfo: 0x001a,
  execResult: 0x0080,
} as const;

/**
 * TS_RAIL_PDU_HEADER, [MS-RDPERP] 2.2.2.1: the number of the order and the length of all of it in
 * bytes, these four included. Spread it at the start of a declaration. A `lenient` length is read
 * past and reported where it is wrong.
 */
export const railHeader = (orderType: number, options: { readonly lenient?: boolean } = {}) => ({
  orderType: literal(u16, orderType),
  orderLength: byteLength(u16, options),
});
