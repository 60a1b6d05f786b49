import { Family } from "@railvail/wire";
import {
  AudioInputData,
  AudioInputDataIncoming,
  AudioInputFormatChange,
  AudioInputFormats,
  AudioInputOpen,
  AudioInputOpenReply,
  AudioInputVersion,
} from "./pdu/audio-input.js";

/** The name of the dynamic channel, [MS-RDPEAI] 2.1. */
export const audioInputChannel = "AUDIO_INPUT";

/** The messages of the channel {@link audioInputChannel}. Each is one message of the channel. */
export const audioInput = new Family("audio input message", "messageId", [
  AudioInputVersion,
  AudioInputFormats,
  AudioInputOpen,
  AudioInputOpenReply,
  AudioInputDataIncoming,
  AudioInputData,
  AudioInputFormatChange,
]);
