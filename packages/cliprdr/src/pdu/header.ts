import {
  byteLength,
  bytes,
  enumeration,
  flags,
  length,
  literal,
  pdu,
  sized,
  u16,
  u32,
  type Infer,
} from "@railvail/wire";

/** Types of clipboard messages: [MS-RDPECLIP] 2.2.1. */
export const ClipboardMessageType = {
  monitorReady: 0x0001,
  formatList: 0x0002,
  formatListResponse: 0x0003,
  formatDataRequest: 0x0004,
  formatDataResponse: 0x0005,
  tempDirectory: 0x0006,
  clipCaps: 0x0007,
  fileContentsRequest: 0x0008,
  fileContentsResponse: 0x0009,
  lockClipData: 0x000a,
  unlockClipData: 0x000b,
} as const;

/** Flags of the common header: [MS-RDPECLIP] 2.2.1. Messages that have none send 0. */
export const ClipboardMessageFlags = {
  /** A response: the request succeeded. */
  responseOk: 0x0001,
  /** A response: the request failed. */
  responseFail: 0x0002,
  /** A format list with short names: the names are ASCII, not UTF-16. */
  asciiNames: 0x0004,
} as const;

/** The common header's size in bytes. */
export const headerSize = 8;

/** The common header of a message of one type; `dataLen` counts the bytes after the header. */
export const clipHeader = (type: number) => ({
  msgType: literal(u16, type),
  msgFlags: flags(u16, ClipboardMessageFlags),
  dataLen: byteLength(u32, { bias: -headerSize }),
});

/**
 * Any clipboard message as its header and its bytes, for types that have no declaration of their
 * own and for messages whose body cannot be read. Given a whole channel message, it keeps the
 * padding after the stated length in `trailing`.
 */
export const RawClipboardMessage = pdu("CLIPRDR_HEADER", "[MS-RDPECLIP] 2.2.1", {
  msgType: enumeration(u16, ClipboardMessageType),
  msgFlags: flags(u16, ClipboardMessageFlags),
  dataLen: length(u32),
  data: bytes(sized("dataLen")),
});
export type RawClipboardMessage = Infer<typeof RawClipboardMessage>;
