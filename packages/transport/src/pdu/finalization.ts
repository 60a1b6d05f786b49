import {
  count,
  counted,
  enumeration,
  fixed,
  flags,
  i32,
  list,
  optional,
  pad,
  pdu,
  reserved,
  rest,
  struct,
  u16,
  u32,
  u8,
  type Infer,
} from "@railvail/wire";
import { PduType2, shareDataHeader } from "./share-header.js";

/** Synchronize: the first PDU of the finalization, from either side. */
export const Synchronize = pdu("TS_SYNCHRONIZE_PDU", "[MS-RDPBCGR] 2.2.1.14.1", {
  ...shareDataHeader(PduType2.synchronize),
  messageType: reserved(u16, 1),
  /** The channel id of the peer. */
  targetUser: u16,
});
export type Synchronize = Infer<typeof Synchronize>;

export const ControlAction = {
  requestControl: 1,
  grantedControl: 2,
  detach: 3,
  cooperate: 4,
} as const;

/** Control: the client cooperates and asks for control, the server cooperates and grants it. */
export const Control = pdu("TS_CONTROL_PDU", "[MS-RDPBCGR] 2.2.1.15.1", {
  ...shareDataHeader(PduType2.control),
  action: enumeration(u16, ControlAction),
  grantId: u16,
  controlId: u32,
});
export type Control = Infer<typeof Control>;

export const FontFlags = { FIRST: 1, LAST: 2 } as const;

/** Font List: ends the client's finalization. Values are 0, 0, 3 and 0x32. */
export const FontList = pdu(
  "TS_FONT_LIST_PDU",
  "[MS-RDPBCGR] 2.2.1.18.1",
  {
    ...shareDataHeader(PduType2.fontList),
    numberFonts: u16,
    totalNumFonts: u16,
    listFlags: flags(u16, FontFlags),
    entrySize: u16,
  },
  { sentBy: "client" },
);
export type FontList = Infer<typeof FontList>;

/** Font Map: ends the finalization. Values are 0, 0, 3 and 4; some servers send no body. */
export const FontMap = pdu(
  "TS_FONT_MAP_PDU",
  "[MS-RDPBCGR] 2.2.1.22.1",
  {
    ...shareDataHeader(PduType2.fontMap),
    numberEntries: optional(u16),
    totalNumEntries: optional(u16),
    mapFlags: optional(flags(u16, FontFlags)),
    entrySize: optional(u16),
  },
  { sentBy: "server" },
);
export type FontMap = Infer<typeof FontMap>;

/**
 * Persistent Key List: the bitmaps that the client has on disk, cache after cache.
 * `numEntries` counts the keys of each of the five caches in this PDU, `totalEntries` in all.
 */
export const PersistentKeyList = pdu(
  "TS_BITMAPCACHE_PERSISTENT_LIST_PDU",
  "[MS-RDPBCGR] 2.2.1.17.1",
  {
    ...shareDataHeader(PduType2.bitmapCachePersistentList),
    numEntries: list(u16, fixed(5)),
    totalEntries: list(u16, fixed(5)),
    bBitMask: flags(u8, { PERSIST_FIRST_PDU: 1, PERSIST_LAST_PDU: 2 }),
    pad2: reserved(u8),
    pad3: reserved(u16),
    entries: list(struct({ key1: u32, key2: u32 }), rest),
  },
  { sentBy: "client" },
);
export type PersistentKeyList = Infer<typeof PersistentKeyList>;

/**
 * Monitor Layout: the monitors as the server sees them, in pixels of the virtual desktop; right
 * and bottom are inclusive. Sent if the client said that it supports it.
 */
export const MonitorLayout = pdu(
  "TS_MONITOR_LAYOUT_PDU",
  "[MS-RDPBCGR] 2.2.12.1",
  {
    ...shareDataHeader(PduType2.monitorLayout),
    monitorCount: count(u32),
    monitorDefArray: list(
      struct({
        left: i32,
        top: i32,
        right: i32,
        bottom: i32,
        flags: flags(u32, { TS_MONITOR_PRIMARY: 1 }),
      }),
      counted("monitorCount"),
    ),
  },
  { sentBy: "server" },
);
export type MonitorLayout = Infer<typeof MonitorLayout>;

/** Frame Acknowledge: the client has shown the frame that ended with a frame marker. */
export const FrameAcknowledge = pdu(
  "TS_FRAME_ACKNOWLEDGE_PDU",
  "[MS-RDPRFX] 2.2.3.1",
  { ...shareDataHeader(PduType2.frameAcknowledge), frameId: u32 },
  { sentBy: "client" },
);
export type FrameAcknowledge = Infer<typeof FrameAcknowledge>;

const rectangle16 = { left: u16, top: u16, right: u16, bottom: u16 };

/** Refresh Rect: asks for parts of the desktop again. Right and bottom are inclusive. */
export const RefreshRect = pdu(
  "TS_REFRESH_RECT_PDU",
  "[MS-RDPBCGR] 2.2.11.2.1",
  {
    ...shareDataHeader(PduType2.refreshRect),
    numberOfAreas: count(u8),
    pad3Octets: pad(3),
    areasToRefresh: list(struct(rectangle16), counted("numberOfAreas")),
  },
  { sentBy: "client" },
);
export type RefreshRect = Infer<typeof RefreshRect>;

/**
 * Suppress Output: 0 stops graphics updates, 1 lets them go on and says for which part of the
 * desktop (right and bottom inclusive).
 */
export const SuppressOutput = pdu(
  "TS_SUPPRESS_OUTPUT_PDU",
  "[MS-RDPBCGR] 2.2.11.3.1",
  {
    ...shareDataHeader(PduType2.suppressOutput),
    allowDisplayUpdates: enumeration(u8, { SUPPRESS_DISPLAY_UPDATES: 0, ALLOW_DISPLAY_UPDATES: 1 }),
    pad3Octets: pad(3),
    desktopRect: optional(struct(rectangle16)),
  },
  { sentBy: "client" },
);
export type SuppressOutput = Infer<typeof SuppressOutput>;
