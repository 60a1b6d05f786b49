import {
  Messages,
  send,
  violationsOf,
  type MessageOf,
  type Sender,
  type Send,
  type Source,
  type Violation,
} from "@railvail/wire";
import { cliprdrMessageLength } from "./framing.js";
import { clipboardMessages, clipboardPdu } from "./messages.js";
import { ClipCaps } from "./pdu/clip-caps.js";
import { LockClipData, UnlockClipData } from "./pdu/clip-data-lock.js";
import { FileContentsRequest, FileContentsResponse } from "./pdu/file-contents.js";
import { FormatDataRequest, FormatDataResponse } from "./pdu/format-data.js";
import { FormatListResponse } from "./pdu/format-list-response.js";
import { FormatListLong, FormatListShort } from "./pdu/format-list.js";
import { MonitorReady } from "./pdu/monitor-ready.js";
import { TempDirectory } from "./pdu/temp-directory.js";

const pdus = {
  monitorReady: MonitorReady,
  formatListShort: FormatListShort,
  formatListLong: FormatListLong,
  formatListResponse: FormatListResponse,
  formatDataRequest: FormatDataRequest,
  formatDataResponse: FormatDataResponse,
  tempDirectory: TempDirectory,
  clipCaps: ClipCaps,
  fileContentsRequest: FileContentsRequest,
  fileContentsResponse: FileContentsResponse,
  lockClipData: LockClipData,
  unlockClipData: UnlockClipData,
};

export type CliprdrMessage = MessageOf<typeof pdus>;

/** The two forms of the format list have one number: which it is follows from the negotiation. */
class CliprdrMessages extends Messages<typeof pdus> {
  /**
   * Decodes the message that starts at `offset`; padding between the length that it states and
   * `end` is left out. Undefined if its type is not known. Throws `DecodeError`.
   *
   * @param longNames `cliprdrFeatures(state).longNames`; without it the form of a list is guessed
   */
  override read(
    source: Source,
    offset: number,
    end: number,
    sender: Exclude<Sender, "both">,
    longNames?: boolean,
  ): CliprdrMessage | undefined {
    const length = cliprdrMessageLength(source, offset, end);
    const stop = length === undefined ? end : offset + length;
    if (clipboardPdu(source, offset, stop, sender, longNames) !== FormatListShort)
      return super.read(source, offset, stop, sender);
    return { message: "formatListShort", value: FormatListShort.read(source, offset, stop) };
  }
}

/** The messages of the channel, by name. */
export const cliprdrVocabulary = new CliprdrMessages(clipboardMessages, pdus);

/** What a peer or the application can do wrong, and what it means. Unless said, nothing comes of it. */
export const cliprdrRules = {
  "not-open": "the channel is not open",
  "already-open": "the channel is open already",
  "not-ready": "the initialization is not over; what the peer sends before is taken all the same",
  "wrong-direction": "only the other side sends this message",
  "ready-again": "the server began anew; what was offered, asked and locked before is void",
  "caps-again": "the capabilities were stated a second time; the new ones count",
  "caps-late": "the capabilities came after the initialization; they count from now on",
  "not-negotiated": "the two sides did not both announce this; what is received is taken all the same",
  "list-form": "the format list has not the form that was negotiated; it is taken all the same",
  "too-many-formats": "the peer offers more formats than are allowed; it gets a failure and offers nothing",
  unreadable: "a message cannot be read; a format list and a request of data get a failure",
  "unasked-list-response": "no format list waits for a response",
  "list-silence": "no response to a format list came in time; none is waited for any more",
  "unasked-answer": "no request waits for this answer; its data is not used",
  "answer-flags": "a response says neither success nor failure, or both; both is a failure, neither is none",
  "answer-size": "the size of a file does not have 8 bytes; the request failed",
  "answer-too-long": "more bytes of a file came than were asked for; the request failed",
  "format-not-offered": "the peer asked for a format that is not offered; it gets a failure",
  "files-not-offered": "the peer asked for a file and no files are offered; it gets a failure",
  "file-request": "the peer asked for both size and bytes of a file, or neither, or file -1; it gets a failure",
  "too-many-requests":
    "more requests wait than are allowed; the new one failed, and those of data before it if as many had failed already",
  "too-many-locks": "more locks than are allowed; of the peer's the oldest goes, an own one is not sent",
  "lock-id-in-use": "this lock was set before; the peer's is now for what is offered now",
  "lock-unknown": "this lock is not set; a request that names it failed",
  "request-id-in-use": "a request of this id waits for its answer",
  "file-range": "the position has not 64 bits, or the bytes are none or more than are allowed; the request failed",
  "not-wanted": "this is not wanted, or not any more",
  "wrong-answer": "the answer is not what was asked for, or is longer",
} as const;
export type CliprdrRule = keyof typeof cliprdrRules;

export type CliprdrViolation = Violation<CliprdrRule>;

/** What a machine wants sent on the channel. */
export type CliprdrSend = Send<CliprdrMessage>;

export const cliprdrViolation = violationsOf(cliprdrRules);

export const cliprdrSend = send<CliprdrMessage>;
