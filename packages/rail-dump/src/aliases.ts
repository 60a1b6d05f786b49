import type { Message } from "@railvail/dissect";
import type { Pdu } from "@railvail/wire";
import { byteOf, codecOf, fragmentOf, shareDataOf, u16Of, windowKindOf } from "./alias-values.js";

/** A short name, or what makes it from the message. It looks at bytes, so nothing is decoded. */
type Alias = string | ((message: Message) => string);

/** The flag of a clipboard message that says that the request failed. */
const clipboardFail = 2;
const clipboard = (name: string) => (message: Message) =>
  (u16Of(message, 2) & clipboardFail) === 0 ? name : `${name} FAIL`;

/** Where the short name is not the long one without its prefix. Keys are the specification's names. */
const aliases: Readonly<Record<string, Alias>> = {
  X224_CRQ: "ConnectionRequest",
  X224_CCF: "ConnectionConfirm",
  X224_DR: "DisconnectRequest",

  MCS_CONNECT_INITIAL: "ConnectInitial",
  MCS_CONNECT_RESPONSE: "ConnectResponse",
  MCS_ERECT_DOMAIN_REQUEST: "ErectDomain",
  MCS_ATTACH_USER_REQUEST: "AttachUserRequest",
  MCS_ATTACH_USER_CONFIRM: "AttachUserConfirm",
  MCS_CHANNEL_JOIN_REQUEST: "ChannelJoinRequest",
  MCS_CHANNEL_JOIN_CONFIRM: "ChannelJoinConfirm",
  MCS_DISCONNECT_PROVIDER_ULTIMATUM: "DisconnectProviderUltimatum",

  TS_INFO_PACKET: "CLIENT_INFO",
  TS_SECURITY_PACKET: "SECURITY_EXCHANGE",
  TS_DEMAND_ACTIVE_PDU: "DEMAND_ACTIVE",
  TS_CONFIRM_ACTIVE_PDU: "CONFIRM_ACTIVE",
  TS_DEACTIVATE_ALL_PDU: "DEACTIVATE_ALL",
  TS_ENHANCED_SECURITY_SERVER_REDIRECTION: "REDIRECTION",
  FlowPDU: "FLOW",
  TS_SHAREDATAHEADER: shareDataOf,
  TS_SYNCHRONIZE_PDU: "DATA SYNCHRONIZE",
  TS_CONTROL_PDU: "DATA CONTROL",
  TS_FONT_LIST_PDU: "DATA FONTLIST",
  TS_FONT_MAP_PDU: "DATA FONTMAP",
  TS_MONITOR_LAYOUT_PDU: "DATA MONITOR_LAYOUT",
  TS_FRAME_ACKNOWLEDGE_PDU: "DATA FRAME_ACKNOWLEDGE",
  TS_GRAPHICS_UPDATE: "DATA UPDATE",
  TS_POINTER_PDU: "DATA POINTER",
  TS_INPUT_PDU_DATA: "DATA INPUT",
  TS_REFRESH_RECT_PDU: "DATA REFRESH_RECT",
  TS_SUPPRESS_OUTPUT_PDU: "DATA SUPPRESS_OUTPUT",
  TS_BITMAPCACHE_PERSISTENT_LIST_PDU: "DATA BITMAP_CACHE_PERSISTENT_LIST",
  TS_SAVE_SESSION_INFO_PDU_DATA: "DATA SAVE_SESSION_INFO",
  TS_SET_ERROR_INFO_PDU: "DATA SET_ERROR_INFO",
  TS_STATUS_INFO_PDU: "DATA STATUS_INFO",
  TS_SHUTDOWN_REQ_PDU: "DATA SHUTDOWN_REQUEST",
  TS_SHUTDOWN_DENIED_PDU: "DATA SHUTDOWN_DENIED",
  TS_AUTORECONNECT_STATUS_PDU: "DATA AUTORECONNECT_STATUS",
  TS_PLAY_SOUND_PDU_DATA: "DATA PLAY_SOUND",
  TS_SET_KEYBOARD_INDICATORS_PDU: "DATA SET_KEYBOARD_INDICATORS",
  TS_SET_KEYBOARD_IME_STATUS_PDU: "DATA SET_KEYBOARD_IME_STATUS",

  DYNVC_CAPS: (message) => `CAPS v${u16Of(message, 2)}`,
  DYNVC_CAPS_RSP: (message) => `CAPS v${u16Of(message, 2)}`,
  DYNVC_CREATE_REQ: "CREATE_REQUEST",
  DYNVC_CREATE_RSP: "CREATE_RESPONSE",

  RDPGFX_WIRE_TO_SURFACE_PDU_1: (message) => `WIRETOSURFACE_1 ${codecOf(message)}`,
  RDPGFX_WIRE_TO_SURFACE_PDU_2: (message) => `WIRETOSURFACE_2 ${codecOf(message)}`,

  TS_RAIL_ORDER_COMPARTMENTINFO_BODY: "COMPARTMENTINFO",

  "New or Existing Window": windowKindOf,
  "Deleted Window": "WINDOW DELETED",
  "Window Icon": "WINDOW ICON",
  "Cached Icon": "WINDOW CACHED_ICON",
  "New or Existing Notification Icons": "NOTIFY",
  "Deleted Notification Icons": "NOTIFY",
  "Actively Monitored Desktop": "DESKTOP",
  "Non-Monitored Desktop": "DESKTOP",

  TS_FP_INPUT_EVENT: (message) => inputs[byteOf(message, 0) >> 5] ?? "UNKNOWN",
  TS_FP_UPDATE: (message) => `${updates[byteOf(message, 0) & 15] ?? "UNKNOWN"}${fragmentOf(message)}`,

  CLIPRDR_CAPS: clipboard("CLIP_CAPS"),
  FORMAT_LIST_RESPONSE: clipboard("FORMAT_LIST_RESPONSE"),

  SERVER_AUDIO_VERSION_AND_FORMATS: "FORMATS",
  CLIENT_AUDIO_VERSION_AND_FORMATS: "FORMATS",
  QUALITY_MODE_PDU: "QUALITYMODE",
  SNDTRAINING: "TRAINING",
  SNDTRAININGCONFIRM: "TRAINING",
  SNDWAVINFO: "WAVE",
  SNDWAV: "WAVE-data",
  SNDWAVE2: "WAVE2",
  SNDWAV_CONFIRM: "WAVECONFIRM",
  SNDCLOSE: "CLOSE",
  SNDVOL: "SETVOLUME",
  SNDPITCH: "SETPITCH",
  SNDCRYPT: "CRYPTKEY",
  SNDWAVCRYPT: "WAVEENCRYPT",
  SNDUDPWAVE: "UDPWAVE",
  SNDUDPWAVELAST: "UDPWAVELAST",

  RDPAPPLIST_SERVER_CAPS_PDU: "CAPS",
  RDPAPPLIST_CLIENT_CAPS_PDU: "CAPS",
};

/** Names of fast-path input events by code. */
const inputs = ["SCANCODE", "MOUSE", "MOUSEX", "SYNC", "UNICODE", "MOUSEREL", "QOE"];

/** Names of fast-path updates by code. */
const updates: Readonly<Record<number, string>> = {
  0: "ORDERS",
  1: "BITMAP",
  2: "PALETTE",
  3: "SYNCHRONIZE",
  4: "SURFCMDS",
  5: "PTR_NULL",
  6: "PTR_DEFAULT",
  8: "PTR_POSITION",
  9: "COLOR_POINTER",
  10: "CACHED",
  11: "POINTER",
  12: "LARGE_POINTER",
};

const license = (message: Message): string => `LICENSE type=0x${byteOf(message, 4).toString(16).padStart(2, "0")}`;
const licenses = /LICENSE|^SERVER_PLATFORM_CHALLENGE|^CLIENT_PLATFORM_CHALLENGE/;

/** Prefixes, and what short name they give. */
const rules: readonly (readonly [RegExp, (name: string) => Alias])[] = [
  [/^CLIPRDR_/, (name) => clipboard(name.slice(8))],
  [/^RDPGFX_/, (name) => name.slice(7).replace(/_PDU/, "").replaceAll("_", "")],
  [/^TS_RAIL_ORDER_/, (name) => name.slice(14)],
  [/^GFXREDIR_/, (name) => name.slice(9).replace(/_PDU$/, "")],
  [/^RDPAPPLIST_/, (name) => name.slice(11).replace(/_PDU$/, "")],
  [/^DISPLAYCONTROL_/, (name) => name.slice(15).replace(/_PDU$/, "")],
  [/^MSG_SNDIN_/, (name) => name.slice(10)],
  [/^DYNVC_/, (name) => name.slice(6)],
];

function aliasFor({ name }: Pdu): Alias {
  if (licenses.test(name)) return license;
  return aliases[name] ?? rules.find(([prefix]) => prefix.test(name))?.[1](name) ?? name;
}

const known = new WeakMap<Pdu, Alias>();

/** The short name that statistics use: `WINDOWMOVE`, `WIRETOSURFACE_1 ALPHA`, `DATA CONTROL`. */
export function shortName(message: Message): string {
  const { pdu } = message;
  if (pdu === undefined) return message.name;
  let alias = known.get(pdu);
  if (alias === undefined) known.set(pdu, (alias = aliasFor(pdu)));
  return typeof alias === "string" ? alias : alias(message);
}

const railLengthOffset = 2;

/**
 * Bytes that statistics count for a message: of a fast-path update, those after its header; of a
 * rail order, those that its header states (xrdp's handshake states fewer than there are).
 */
export function countedBytes(message: Message): number {
  const length = message.end - message.offset;
  const name = message.pdu?.name;
  if (name?.startsWith("TS_RAIL_ORDER_") === true) return u16Of(message, railLengthOffset);
  if (name !== "TS_FP_UPDATE") return length;
  return Math.max(length - (byteOf(message, 0) >= 0x80 ? 4 : 3), 0);
}
