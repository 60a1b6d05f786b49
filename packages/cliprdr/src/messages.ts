import { Family, type Pdu, type Sender, type Source } from "@railvail/wire";
import { guessLongNames } from "./format-list-form.js";
import { ClipCaps } from "./pdu/clip-caps.js";
import { LockClipData, UnlockClipData } from "./pdu/clip-data-lock.js";
import { FileContentsRequest, FileContentsResponse } from "./pdu/file-contents.js";
import { FormatDataRequest, FormatDataResponse } from "./pdu/format-data.js";
import { FormatListResponse } from "./pdu/format-list-response.js";
import { FormatListLong, FormatListShort } from "./pdu/format-list.js";
import { ClipboardMessageType } from "./pdu/header.js";
import { MonitorReady } from "./pdu/monitor-ready.js";
import { TempDirectory } from "./pdu/temp-directory.js";

/**
 * The messages of the `cliprdr` channel, by type. The two forms of the format list have one type;
 * {@link Family.match} gives the long one. Ask {@link clipboardPdu} to have the right one.
 */
export const clipboardMessages = new Family("clipboard message", "msgType", [
  MonitorReady,
  FormatListShort,
  FormatListLong,
  FormatListResponse,
  FormatDataRequest,
  FormatDataResponse,
  TempDirectory,
  ClipCaps,
  FileContentsRequest,
  FileContentsResponse,
  LockClipData,
  UnlockClipData,
]);

/**
 * The declaration for the message from `offset` to `end`, or undefined if its type is not known.
 *
 * @param longNames whether both sides announced long format names; leave it out if the
 * negotiation was not seen, and the form of a format list is guessed from its bytes
 */
export function clipboardPdu(
  source: Source,
  offset: number,
  end: number,
  sender: Exclude<Sender, "both">,
  longNames?: boolean,
): Pdu | undefined {
  if (clipboardMessages.tag(source, offset, end) !== ClipboardMessageType.formatList) {
    return clipboardMessages.match(source, offset, end, sender);
  }
  return (longNames ?? guessLongNames(source, offset, end)) ? FormatListLong : FormatListShort;
}
