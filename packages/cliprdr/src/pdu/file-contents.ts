import { bytes, flags, i32, optional, pdu, rest, u32, u64, type Infer } from "@railvail/wire";
import { clipHeader, ClipboardMessageType } from "./header.js";

/** What is asked of a file: [MS-RDPECLIP] 2.2.5.3. The two exclude each other. */
export const FileContentsFlags = {
  /** The size of the file, as 8 bytes; `cbRequested` is 8. */
  size: 0x0000_0001,
  /** Bytes of the file, from the position on. */
  range: 0x0000_0002,
} as const;

/**
 * Asks for the size of a file in the list, or for a run of its bytes. The position is in bytes,
 * its halves apart; `lindex` counts from 0; `clipDataId` names a lock. See `fileSizeRequest`,
 * `fileRangeRequest` and `requestedFileRange`.
 */
export const FileContentsRequest = pdu("CLIPRDR_FILECONTENTS_REQUEST", "[MS-RDPECLIP] 2.2.5.3", {
  ...clipHeader(ClipboardMessageType.fileContentsRequest),
  streamId: u32,
  lindex: i32,
  dwFlags: flags(u32, FileContentsFlags),
  nPositionLow: u32,
  nPositionHigh: u32,
  cbRequested: u32,
  clipDataId: optional(u32),
});
export type FileContentsRequest = Infer<typeof FileContentsRequest>;

/** A {@link FileContentsSize} or bytes of a file; none if `msgFlags` is `responseFail`. */
export const FileContentsResponse = pdu("CLIPRDR_FILECONTENTS_RESPONSE", "[MS-RDPECLIP] 2.2.5.4", {
  ...clipHeader(ClipboardMessageType.fileContentsResponse),
  streamId: u32,
  requestedFileContentsData: bytes(rest),
});
export type FileContentsResponse = Infer<typeof FileContentsResponse>;

/** What a response holds when the size was asked for: bytes of the file. */
export const FileContentsSize = pdu("FILECONTENTS_SIZE", "[MS-RDPECLIP] 2.2.5.4", { size: u64 });
export type FileContentsSize = Infer<typeof FileContentsSize>;
