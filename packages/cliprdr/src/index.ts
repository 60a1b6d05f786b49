export { cliprdrClient, stepCliprdrClient } from "./client.js";
export type { CliprdrCancel, CliprdrCommand, CliprdrFailure, CliprdrInput, CliprdrOutput } from "./cliprdr-events.js";
export {
  cliprdrRules,
  cliprdrVocabulary,
  type CliprdrMessage,
  type CliprdrRule,
  type CliprdrSend,
  type CliprdrViolation,
} from "./cliprdr-machine.js";
export type { CliprdrFeatures, CliprdrOptions } from "./cliprdr-options.js";
export {
  cliprdrFeatures,
  type Asking,
  type ClipboardFormat,
  type CliprdrState,
  type DataAsk,
  type FileAsk,
  type Offer,
  type OfferLock,
  type Serving,
  type WantedData,
  type WantedFile,
} from "./cliprdr-state.js";
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
export {
  fileRangeRequest,
  fileSizeHalves,
  fileSizeRequest,
  listedFileSize,
  requestedFileRange,
  type FileRange,
  type FileStream,
} from "./file-range.js";
export { FormatId, FormatName } from "./format-id.js";
export { hasFormatName } from "./format-names.js";
export { guessLongNames, negotiatedLongNames } from "./format-list-form.js";
export { cliprdrMessageLength, cliprdrPadding, maxPadding } from "./framing.js";
export { buildCfHtml, buildCfHtmlLikeWslg, type BuildCfHtml } from "./html-build.js";
export { parseCfHtml, type CfHtml, type CfHtmlFault } from "./html-parse.js";
export { clipboardMessages, clipboardPdu } from "./messages.js";
export { ClipboardCapsVersion, ClipboardGeneralFlags, ClipCaps } from "./pdu/clip-caps.js";
export { LockClipData, UnlockClipData } from "./pdu/clip-data-lock.js";
export { FileContentsFlags, FileContentsRequest, FileContentsResponse, FileContentsSize } from "./pdu/file-contents.js";
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
  type FileDescriptor,
} from "./pdu/packed-payload.js";
export { TempDirectory } from "./pdu/temp-directory.js";
export { AnsiText, UnicodeText } from "./pdu/text-payload.js";
export type { Flight, Lane } from "./request-lane.js";
export { cliprdrServer, stepCliprdrServer } from "./server.js";
export {
  ansiTextToString,
  stringToAnsiText,
  stringToUnicodeText,
  unicodeTextToString,
  type FromClipboardText,
  type ToClipboardText,
} from "./text.js";
