import {
  count,
  counted,
  enumeration,
  flags,
  list,
  pdu,
  reserved,
  struct,
  u16,
  u32,
  u8,
  type Infer,
} from "@railvail/wire";
import { ErrorInfo } from "./error-info.js";
import { PduType2, shareDataHeader } from "./share-header.js";

/** Set Error Info: why the server is about to disconnect; ERRINFO_NONE is nothing. Server to client. */
export const SetErrorInfo = pdu(
  "TS_SET_ERROR_INFO_PDU",
  "[MS-RDPBCGR] 2.2.5.1.1",
  { ...shareDataHeader(PduType2.setErrorInfo), errorInfo: enumeration(u32, ErrorInfo) },
  { sentBy: "server" },
);
export type SetErrorInfo = Infer<typeof SetErrorInfo>;

/** `statusCode` of {@link StatusInfo}. */
export const SessionStatus = {
  TS_STATUS_FINDING_DESTINATION: 0x0401,
  TS_STATUS_LOADING_DESTINATION: 0x0402,
  TS_STATUS_BRINGING_SESSION_ONLINE: 0x0403,
  TS_STATUS_REDIRECTING_TO_DESTINATION: 0x0404,
  TS_STATUS_VM_LOADING: 0x0501,
  TS_STATUS_VM_WAKING: 0x0502,
  TS_STATUS_VM_STARTING: 0x0503,
  TS_STATUS_VM_STARTING_MONITORING: 0x0504,
  TS_STATUS_VM_RETRYING_MONITORING: 0x0505,
} as const;

/** Status Info: how far the server is with a session that takes long to start. */
export const StatusInfo = pdu(
  "TS_STATUS_INFO_PDU",
  "[MS-RDPBCGR] 2.2.5.2",
  {
    ...shareDataHeader(PduType2.statusInfo),
    statusCode: enumeration(u32, SessionStatus),
  },
  { sentBy: "server" },
);
export type StatusInfo = Infer<typeof StatusInfo>;

/** Auto-Reconnect Status: an automatic reconnection failed. `arcStatus` must be 0. */
export const AutoReconnectStatus = pdu(
  "TS_AUTORECONNECT_STATUS_PDU",
  "[MS-RDPBCGR] 2.2.4.1.1",
  { ...shareDataHeader(PduType2.autoReconnectStatus), arcStatus: u32 },
  { sentBy: "server" },
);
export type AutoReconnectStatus = Infer<typeof AutoReconnectStatus>;

/** Shutdown Request: the user wants to close the client. */
export const ShutdownRequest = pdu(
  "TS_SHUTDOWN_REQ_PDU",
  "[MS-RDPBCGR] 2.2.2.1.1",
  shareDataHeader(PduType2.shutdownRequest),
  { sentBy: "client" },
);
export type ShutdownRequest = Infer<typeof ShutdownRequest>;

/** Shutdown Request Denied: the session would go on; the client may ask the user. */
export const ShutdownDenied = pdu(
  "TS_SHUTDOWN_DENIED_PDU",
  "[MS-RDPBCGR] 2.2.2.2.1",
  shareDataHeader(PduType2.shutdownDenied),
  { sentBy: "server" },
);
export type ShutdownDenied = Infer<typeof ShutdownDenied>;

export const KeyboardLeds = {
  TS_SYNC_SCROLL_LOCK: 1,
  TS_SYNC_NUM_LOCK: 2,
  TS_SYNC_CAPS_LOCK: 4,
  TS_SYNC_KANA_LOCK: 8,
} as const;

/** Set Keyboard Indicators: the state of the lock keys in the session. */
export const SetKeyboardIndicators = pdu(
  "TS_SET_KEYBOARD_INDICATORS_PDU",
  "[MS-RDPBCGR] 2.2.8.2.1.1",
  {
    ...shareDataHeader(PduType2.setKeyboardIndicators),
    unitId: u16,
    ledFlags: flags(u16, KeyboardLeds),
  },
  { sentBy: "server" },
);
export type SetKeyboardIndicators = Infer<typeof SetKeyboardIndicators>;

/** `imeConvMode` of {@link SetKeyboardImeStatus}. */
export const ImeConversionMode = {
  IME_CMODE_NATIVE: 0x0001,
  IME_CMODE_KATAKANA: 0x0002,
  IME_CMODE_FULLSHAPE: 0x0008,
  IME_CMODE_ROMAN: 0x0010,
  IME_CMODE_CHARCODE: 0x0020,
  IME_CMODE_HANJACONVERT: 0x0040,
  IME_CMODE_SOFTKBD: 0x0080,
  IME_CMODE_NOCONVERSION: 0x0100,
  IME_CMODE_EUDC: 0x0200,
  IME_CMODE_SYMBOL: 0x0400,
  IME_CMODE_FIXED: 0x0800,
} as const;

/** Set Keyboard IME Status: the state of the input method in the session. */
export const SetKeyboardImeStatus = pdu(
  "TS_SET_KEYBOARD_IME_STATUS_PDU",
  "[MS-RDPBCGR] 2.2.8.2.2.1",
  {
    ...shareDataHeader(PduType2.setKeyboardImeStatus),
    unitId: u16,
    imeState: enumeration(u32, { IME_STATE_CLOSED: 0, IME_STATE_OPEN: 1 }),
    imeConvMode: flags(u32, ImeConversionMode),
  },
  { sentBy: "server" },
);
export type SetKeyboardImeStatus = Infer<typeof SetKeyboardImeStatus>;

/** Play Sound: a beep, duration in milliseconds, frequency in hertz. */
export const PlaySound = pdu(
  "TS_PLAY_SOUND_PDU_DATA",
  "[MS-RDPBCGR] 2.2.9.1.1.5.1",
  { ...shareDataHeader(PduType2.playSound), duration: u32, frequency: u32 },
  { sentBy: "server" },
);
export type PlaySound = Infer<typeof PlaySound>;

/** Bitmap Cache Error: the client's bitmap caches are not what the server thinks. */
export const BitmapCacheError = pdu(
  "TS_BITMAP_CACHE_ERROR_PDU",
  "[MS-RDPEGDI] 2.2.2.3.1.1",
  {
    ...shareDataHeader(PduType2.bitmapCacheError),
    numInfoBlocks: count(u8),
    pad1Octet: reserved(u8),
    pad2Octets: reserved(u16),
    info: list(
      struct({
        cacheId: u8,
        bBitField: flags(u8, { BC_ERR_FLUSH_CACHE: 1, BC_ERR_NEWNUMENTRIES_VALID: 2 }),
        pad: reserved(u16),
        newNumEntries: u32,
      }),
      counted("numInfoBlocks"),
    ),
  },
  { sentBy: "client" },
);
export type BitmapCacheError = Infer<typeof BitmapCacheError>;

/** Offscreen Bitmap Cache Error: 1 asks the server to do without offscreen bitmaps. */
export const OffscreenCacheError = pdu(
  "TS_OFFSCRCACHE_ERROR_PDU",
  "[MS-RDPEGDI] 2.2.2.3.2.1",
  { ...shareDataHeader(PduType2.offscreenCacheError), flags: u32 },
  { sentBy: "client" },
);
export type OffscreenCacheError = Infer<typeof OffscreenCacheError>;

/** DrawNineGrid Cache Error: 1 asks the server to do without NineGrid bitmaps. */
export const DrawNineGridError = pdu(
  "TS_DRAWNINEGRID_ERROR_PDU",
  "[MS-RDPEGDI] 2.2.2.3.3.1",
  { ...shareDataHeader(PduType2.drawNineGridError), flags: u32 },
  { sentBy: "client" },
);
export type DrawNineGridError = Infer<typeof DrawNineGridError>;

/** GDI+ Error: 1 asks the server to do without GDI+ drawing. */
export const DrawGdiPlusError = pdu(
  "TS_DRAWGDIPLUS_ERROR_PDU",
  "[MS-RDPEGDI] 2.2.2.3.4.1",
  { ...shareDataHeader(PduType2.drawGdiPlusError), flags: u32 },
  { sentBy: "client" },
);
export type DrawGdiPlusError = Infer<typeof DrawGdiPlusError>;
