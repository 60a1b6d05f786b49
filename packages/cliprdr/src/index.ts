export { bmpToDib, dibToBmp, type ConvertDib } from "./dib.js";
export {
  DibCompression,
  DibHeaderSize,
  pixelOffset,
  pixelSize,
  readDibHeader,
  type DibFault,
  type DibHeader,
} from "./dib-header.js";
export { FormatId, FormatName } from "./format-id.js";
export { guessLongNames, negotiatedLongNames } from "./format-list-form.js";
export { cliprdrMessageLength, cliprdrPadding, maxPadding } from "./framing.js";
export { buildCfHtml, buildCfHtmlLikeWslg, type BuildCfHtml } from "./html-build.js";
export { parseCfHtml, type CfHtml, type CfHtmlFault } from "./html-parse.js";
export { clipboardMessages, clipboardPdu } from "./messages.js";
export { ClipboardCapsVersion, ClipboardGeneralFlags, ClipCaps } from "./pdu/clip-caps.js";
export { LockClipData, UnlockClipData } from "./pdu/clip-data-lock.js";
export { FileContentsFlags, FileContentsRequest, FileContentsResponse } from "./pdu/file-contents.js";
export { FormatDataRequest, FormatDataResponse } from "./pdu/format-data.js";
export { FormatListLong, FormatListShort } from "./pdu/format-list.js";
export { FormatListResponse } from "./pdu/format-list-response.js";
export { ClipboardMessageFlags, ClipboardMessageType, RawClipboardMessage } from "./pdu/header.js";
export { MonitorReady } from "./pdu/monitor-ready.js";
export {
  FileAttributes,
  FileDescriptorFlags,
  MappingMode,
  PackedFileList,
  PackedMetafile,
  PackedPalette,
} from "./pdu/packed-payload.js";
export { TempDirectory } from "./pdu/temp-directory.js";
export { AnsiText, UnicodeText } from "./pdu/text-payload.js";
export {
  ansiTextToString,
  stringToAnsiText,
  stringToUnicodeText,
  unicodeTextToString,
  type FromClipboardText,
  type ToClipboardText,
} from "./text.js";
