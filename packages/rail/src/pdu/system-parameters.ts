import { enumeration, pdu, tag, u32, u8, union, type Infer } from "@railvail/wire";
import { accentColor, filterKeys, highContrast, stickyKeys, toggleKeys } from "./accessibility.js";
import {
  ClosedCaptionColor,
  ClosedCaptionEdgeEffect,
  ClosedCaptionOpacity,
  ClosedCaptionSize,
  ClosedCaptionStyle,
} from "./closed-captions.js";
import { railHeader, RailOrderType } from "./rail-header.js";
import { rectangle16 } from "./rectangle.js";

/** The parameters that a client reports, [MS-RDPERP] 2.2.2.4.1, and a server, 2.2.2.5.1. */
export const SystemParameter = {
  screenSaveActive: 0x0011,
  mouseButtonSwap: 0x0021,
  dragFullWindows: 0x0025,
  workArea: 0x002f,
  filterKeys: 0x0033,
  toggleKeys: 0x0035,
  stickyKeys: 0x003b,
  highContrast: 0x0043,
  keyboardPref: 0x0045,
  screenSaveSecure: 0x0077,
  keyboardCues: 0x100b,
  caretWidth: 0x2007,
  taskbarPos: 0xf000,
  displayChange: 0xf001,
  displayAnimationsEnabled: 0xf002,
  displayAdvancedEffectsEnabled: 0xf003,
  displayAutoHideScrollbars: 0xf004,
  displayMessageDuration: 0xf005,
  closedCaptionFontColor: 0xf006,
  closedCaptionFontOpacity: 0xf007,
  closedCaptionFontSize: 0xf008,
  closedCaptionFontStyle: 0xf009,
  closedCaptionFontEdgeEffect: 0xf00a,
  closedCaptionBackgroundColor: 0xf00b,
  closedCaptionBackgroundOpacity: 0xf00c,
  closedCaptionRegionColor: 0xf00d,
  closedCaptionRegionOpacity: 0xf00e,
  accentColor: 0xf00f,
  systemUsesLightTheme: 0xf010,
  appsUseLightTheme: 0xf011,
} as const;

/** On or off: any value but 0 is on. */
const boolean8 = { enabled: u8 };
const boolean32 = { enabled: u32 };
const captionColor = { color: enumeration(u8, ClosedCaptionColor) };
const captionOpacity = { opacity: enumeration(u8, ClosedCaptionOpacity) };
const Param = SystemParameter;

/**
 * One setting of the client's system. Rectangles are on the client's desktop, in pixels;
 * `caretWidth` is in pixels and at least 1; `displayMessageDuration` is in seconds.
 */
export const ClientSysParam = pdu(
  "TS_RAIL_ORDER_SYSPARAM",
  "[MS-RDPERP] 2.2.2.4.1",
  {
    ...railHeader(RailOrderType.sysParam),
    systemParam: tag(u32),
    parameter: union("systemParam", {
      mouseButtonSwap: [Param.mouseButtonSwap, boolean8],
      dragFullWindows: [Param.dragFullWindows, boolean8],
      workArea: [Param.workArea, rectangle16],
      filterKeys: [Param.filterKeys, filterKeys],
      toggleKeys: [Param.toggleKeys, toggleKeys],
      stickyKeys: [Param.stickyKeys, stickyKeys],
      highContrast: [Param.highContrast, highContrast],
      keyboardPref: [Param.keyboardPref, boolean8],
      keyboardCues: [Param.keyboardCues, boolean8],
      caretWidth: [Param.caretWidth, { width: u32 }],
      taskbarPos: [Param.taskbarPos, rectangle16],
      displayChange: [Param.displayChange, rectangle16],
      displayAnimationsEnabled: [Param.displayAnimationsEnabled, boolean8],
      displayAdvancedEffectsEnabled: [Param.displayAdvancedEffectsEnabled, boolean8],
      displayAutoHideScrollbars: [Param.displayAutoHideScrollbars, boolean8],
      displayMessageDuration: [Param.displayMessageDuration, { seconds: u32 }],
      closedCaptionFontColor: [Param.closedCaptionFontColor, captionColor],
      closedCaptionFontOpacity: [Param.closedCaptionFontOpacity, captionOpacity],
      closedCaptionFontSize: [Param.closedCaptionFontSize, { size: enumeration(u8, ClosedCaptionSize) }],
      closedCaptionFontStyle: [Param.closedCaptionFontStyle, { style: enumeration(u8, ClosedCaptionStyle) }],
      closedCaptionFontEdgeEffect: [
        Param.closedCaptionFontEdgeEffect,
        { edgeEffect: enumeration(u8, ClosedCaptionEdgeEffect) },
      ],
      closedCaptionBackgroundColor: [Param.closedCaptionBackgroundColor, captionColor],
      closedCaptionBackgroundOpacity: [Param.closedCaptionBackgroundOpacity, captionOpacity],
      closedCaptionRegionColor: [Param.closedCaptionRegionColor, captionColor],
      closedCaptionRegionOpacity: [Param.closedCaptionRegionOpacity, captionOpacity],
      accentColor: [Param.accentColor, accentColor],
      systemUsesLightTheme: [Param.systemUsesLightTheme, boolean32],
      appsUseLightTheme: [Param.appsUseLightTheme, boolean32],
    }),
  },
  { sentBy: "client" },
);
export type ClientSysParam = Infer<typeof ClientSysParam>;

/** One setting of the server's system: its screen saver, and whether that locks the desktop. */
export const ServerSysParam = pdu(
  "TS_RAIL_ORDER_SYSPARAM",
  "[MS-RDPERP] 2.2.2.5.1",
  {
    ...railHeader(RailOrderType.sysParam),
    systemParameter: tag(u32),
    parameter: union("systemParameter", {
      screenSaveActive: [Param.screenSaveActive, boolean8],
      screenSaveSecure: [Param.screenSaveSecure, boolean8],
    }),
  },
  { sentBy: "server" },
);
export type ServerSysParam = Infer<typeof ServerSysParam>;
