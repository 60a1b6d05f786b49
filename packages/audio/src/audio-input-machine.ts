import { Messages, send, violationsOf, type MessageOf, type Send, type Violation } from "@railvail/wire";
import { audioInput } from "./input-messages.js";
import {
  AudioInputData,
  AudioInputDataIncoming,
  AudioInputFormatChange,
  AudioInputFormats,
  AudioInputOpen,
  AudioInputOpenReply,
  AudioInputVersion,
} from "./pdu/audio-input.js";

const pdus = {
  audioInputVersion: AudioInputVersion,
  audioInputFormats: AudioInputFormats,
  audioInputOpen: AudioInputOpen,
  audioInputOpenReply: AudioInputOpenReply,
  audioInputDataIncoming: AudioInputDataIncoming,
  audioInputData: AudioInputData,
  audioInputFormatChange: AudioInputFormatChange,
};

/** The messages of audio input, by name. */
export const audioInputVocabulary = new Messages(audioInput, pdus);
export type AudioInputMessage = MessageOf<typeof pdus>;

/** What a peer or the application can do wrong, and what it means. Unless said, nothing comes of it. */
export const audioInputRules = {
  "not-open": "the channel is not open",
  "already-open": "the channel is open already",
  "wrong-direction": "only the other side sends this message",
  "out-of-sequence": "this message does not belong here",
  "not-ready": "this cannot be done now",
  "too-many-formats": "more formats than are kept, or more extra data; those that come first count",
  "format-not-offered": "the client names a format that the server did not offer",
  "format-unknown": "no format of the client's list has this number",
  "format-fixed": "a client of version 1 does not change from one AAC format to another",
  "format-unasked": "the client changed to a format that it was not asked for; the audio is in it",
  "format-unconfirmed": "the client opened its device without a word on the format; the one asked for counts",
  "change-pending": "the client has not confirmed the last change of format",
  "not-announced": "audio or formats came without the message that announces them; they count",
  "nothing-announced": "something else came than what was announced; it counts",
  "data-before-reply": "audio came before the reply that the device is open; it counts",
  "open-again": "the server asked for a device that is open or being opened; it is opened anew",
} as const;
export type AudioInputRule = keyof typeof audioInputRules;

export type AudioInputViolation = Violation<AudioInputRule>;

/** What a machine wants sent on the channel. */
export type AudioInputSend = Send<AudioInputMessage>;

export const audioInputViolation = violationsOf(audioInputRules);

export const audioInputSend = send<AudioInputMessage>;
