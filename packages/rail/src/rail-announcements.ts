import { ClientStatusFlags, UnspecifiedClientStatusFlags } from "./pdu/client-status.js";
import { RailHandshakeFlags } from "./pdu/handshake.js";
import { railVocabulary, type RailMessage, type RailMessageName, type RailValue } from "./rail-machine.js";

/** What both sides of a `rail` channel said that they understand. */
export interface RailAnnouncements {
  /** RailSupportLevel, [MS-RDPERP] 2.2.1.1.1: the bits that both sides set. */
  readonly railSupportLevel: number;
  /** Of the server's HandshakeEx; 0 for a Handshake. */
  readonly handshakeFlags: number;
  /** Of the client's Client Information PDU; 0 until it came. */
  readonly clientFlags: number;
}

/** Bits of RailSupportLevel that orders depend on, [MS-RDPERP] 2.2.1.1.1. */
export const RailLevel = {
  dockedLangbar: 0x02,
  shellIntegration: 0x04,
  languageImeSync: 0x08,
  serverToClientImeSync: 0x10,
  windowCloaking: 0x40,
  handshakeEx: 0x80,
} as const;

type Needs = readonly [of: keyof RailAnnouncements, bit: number];

const byClient: { readonly [Name in RailMessageName]?: Needs } = {
  snapArrange: ["handshakeFlags", RailHandshakeFlags.snapArrangeSupported],
  textScaleInfo: ["handshakeFlags", RailHandshakeFlags.textScaleSupported],
  caretBlinkInfo: ["handshakeFlags", RailHandshakeFlags.caretBlinkSupported],
  langbarInfo: ["railSupportLevel", RailLevel.dockedLangbar],
  languageImeInfo: ["railSupportLevel", RailLevel.languageImeSync],
  compartmentInfo: ["railSupportLevel", RailLevel.languageImeSync],
  cloak: ["railSupportLevel", RailLevel.windowCloaking],
};

const byServer: { readonly [Name in RailMessageName]?: Needs } = {
  zOrderSync: ["clientFlags", ClientStatusFlags.zOrderSync],
  localMoveSize: ["clientFlags", ClientStatusFlags.allowLocalMoveSize],
  minMaxInfo: ["clientFlags", ClientStatusFlags.allowLocalMoveSize],
  cloak: ["clientFlags", ClientStatusFlags.bidirectionalCloakSupported],
  powerDisplayRequest: ["clientFlags", ClientStatusFlags.powerDisplayRequestSupported],
  getAppIdRespEx: ["clientFlags", UnspecifiedClientStatusFlags.getAppIdResponseEx],
  langbarInfo: ["railSupportLevel", RailLevel.dockedLangbar],
  compartmentInfo: ["railSupportLevel", RailLevel.serverToClientImeSync],
  taskbarInfo: ["railSupportLevel", RailLevel.shellIntegration],
};

const { extendedSpiSupported: spi, extendedSpi2Supported: spi2, extendedSpi3Supported: spi3 } = RailHandshakeFlags;
type ParameterType = RailValue<"clientSysParam">["parameter"]["type"];

/** The bit of HandshakeEx that a parameter depends on, [MS-RDPERP] 2.2.2.4.1; 0 for those from the beginning. */
const parameterNeeds: { readonly [Type in ParameterType]: number } = {
  mouseButtonSwap: 0,
  dragFullWindows: 0,
  workArea: 0,
  highContrast: 0,
  keyboardPref: 0,
  keyboardCues: 0,
  taskbarPos: 0,
  displayChange: 0,
  caretWidth: spi,
  stickyKeys: spi,
  toggleKeys: spi,
  filterKeys: spi,
  displayAnimationsEnabled: spi2,
  displayAdvancedEffectsEnabled: spi2,
  displayAutoHideScrollbars: spi2,
  displayMessageDuration: spi2,
  closedCaptionFontColor: spi2,
  closedCaptionFontOpacity: spi2,
  closedCaptionFontSize: spi2,
  closedCaptionFontStyle: spi2,
  closedCaptionFontEdgeEffect: spi2,
  closedCaptionBackgroundColor: spi2,
  closedCaptionBackgroundOpacity: spi2,
  closedCaptionRegionColor: spi2,
  closedCaptionRegionOpacity: spi2,
  accentColor: spi3,
  systemUsesLightTheme: spi3,
  appsUseLightTheme: spi3,
  unknown: 0,
};

/** Whether the receiver announced that it understands an order that `by` sends. */
export function isAnnounced(by: "client" | "server", order: RailMessage, announced: RailAnnouncements): boolean {
  if (order.message === "clientSysParam") {
    const bit = parameterNeeds[order.value.parameter.type];
    return bit === 0 || (announced.handshakeFlags & bit) !== 0;
  }
  const needs = (by === "client" ? byClient : byServer)[order.message];
  return needs === undefined || (announced[needs[0]] & needs[1]) !== 0;
}

/** Whether this side may send such an order at all. */
export const isSentBy = (by: "client" | "server", { message }: RailMessage): boolean => {
  const { sentBy } = railVocabulary.pdus[message];
  return sentBy === by || sentBy === "both";
};

/** [MS-RDPERP] 2.2.2.15.1, in percent; 2.2.2.4.1, in pixels. */
const textScales = { least: 100, most: 225 };
const leastCaretWidth = 1;

/** Whether the numbers of an order are in the ranges that its integers do not show. */
export function inRange(order: RailMessage): boolean {
  if (order.message === "textScaleInfo") {
    const { textScaleFactor } = order.value;
    return textScaleFactor >= textScales.least && textScaleFactor <= textScales.most;
  }
  if (order.message !== "clientSysParam") return true;
  const { parameter } = order.value;
  return parameter.type !== "caretWidth" || parameter.width >= leastCaretWidth;
}

/** In UTF-16 units: 520 and 16,000 bytes, [MS-RDPERP] 2.2.2.3.1. */
const mostNameUnits = 260;
const mostArgumentUnits = 8000;

/** Whether the texts of a start are as long as they may be. */
export const isStartable = ({ exeOrFile, workingDir, arguments: given }: RailValue<"exec">): boolean =>
  exeOrFile.length > 0 &&
  exeOrFile.length <= mostNameUnits &&
  workingDir.length <= mostNameUnits &&
  given.length <= mostArgumentUnits;
