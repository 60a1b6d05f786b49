import {
  bytes,
  count,
  counted,
  enumeration,
  list,
  literal,
  pdu,
  rest,
  struct,
  u32,
  u8,
  type Infer,
} from "@railvail/wire";
import { audioFormat, audioFormatFields, type AudioFormat } from "./audio-format.js";

/** Types of audio input messages: [MS-RDPEAI] 2.2.1. */
export const AudioInputMessageId = {
  version: 0x01,
  formats: 0x02,
  open: 0x03,
  openReply: 0x04,
  dataIncoming: 0x05,
  data: 0x06,
  formatChange: 0x07,
} as const;

const header = (id: number) => ({ messageId: literal(u8, id) });

/** The versions that are defined: [MS-RDPEAI] 2.2.2.1. */
export const AudioInputVersionNumber = { version1: 1, version2: 2 } as const;

/** The version of the sender; the server speaks first. */
export const AudioInputVersion = pdu("MSG_SNDIN_VERSION", "[MS-RDPEAI] 2.2.2.1", {
  ...header(AudioInputMessageId.version),
  version: enumeration(u32, AudioInputVersionNumber),
});
export type AudioInputVersion = Infer<typeof AudioInputVersion>;

/**
 * The formats the sender can record or take; the client answers with a subset, and both name a
 * format by its index in the client's list. `cbSizeFormatsPacket` is, from a client, the size of
 * the message in bytes without `extraData` (see {@link inputFormats}); from a server, anything.
 */
export const AudioInputFormats = pdu("MSG_SNDIN_FORMATS", "[MS-RDPEAI] 2.2.2.2", {
  ...header(AudioInputMessageId.formats),
  numFormats: count(u32),
  cbSizeFormatsPacket: u32,
  soundFormats: list(audioFormat, counted("numFormats")),
  extraData: bytes(rest),
});
export type AudioInputFormats = Infer<typeof AudioInputFormats>;

/** A formats message with the size that a client states. */
export function inputFormats(soundFormats: AudioFormat[]): AudioInputFormats {
  const message = { cbSizeFormatsPacket: 0, soundFormats, extraData: new Uint8Array(0) };
  return { ...message, cbSizeFormatsPacket: AudioInputFormats.size(message) };
}

/**
 * Record: in packets of `framesPerPacket` frames, encoded in format `initialFormat` of the client's
 * list, captured from the device in `captureFormat`.
 */
export const AudioInputOpen = pdu(
  "MSG_SNDIN_OPEN",
  "[MS-RDPEAI] 2.2.2.3",
  {
    ...header(AudioInputMessageId.open),
    framesPerPacket: u32,
    initialFormat: u32,
    captureFormat: struct(audioFormatFields),
  },
  { sentBy: "server" },
);
export type AudioInputOpen = Infer<typeof AudioInputOpen>;

/** Whether the device could be opened: an HRESULT, 0 for success. */
export const AudioInputOpenReply = pdu(
  "MSG_SNDIN_OPEN_REPLY",
  "[MS-RDPEAI] 2.2.2.4",
  { ...header(AudioInputMessageId.openReply), result: u32 },
  { sentBy: "client" },
);
export type AudioInputOpenReply = Infer<typeof AudioInputOpenReply>;

/** A data message comes next; it lets the server measure the throughput. */
export const AudioInputDataIncoming = pdu(
  "MSG_SNDIN_DATA_INCOMING",
  "[MS-RDPEAI] 2.2.3.1",
  { ...header(AudioInputMessageId.dataIncoming) },
  { sentBy: "client" },
);
export type AudioInputDataIncoming = Infer<typeof AudioInputDataIncoming>;

/** Recorded audio in the format of the last open or format change message. */
export const AudioInputData = pdu(
  "MSG_SNDIN_DATA",
  "[MS-RDPEAI] 2.2.3.2",
  { ...header(AudioInputMessageId.data), data: bytes(rest) },
  { sentBy: "client" },
);
export type AudioInputData = Infer<typeof AudioInputData>;

/** Audio is to be, or will be, in another format of the client's list. The client confirms. */
export const AudioInputFormatChange = pdu("MSG_SNDIN_FORMATCHANGE", "[MS-RDPEAI] 2.2.4.1", {
  ...header(AudioInputMessageId.formatChange),
  newFormat: u32,
});
export type AudioInputFormatChange = Infer<typeof AudioInputFormatChange>;
