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

/** The messages of the dynamic channel `AUDIO_INPUT`. Each is one message of the channel. */
export const audioInput = new Family("audio input message", "messageId", [
  AudioInputVersion,
  AudioInputFormats,
  AudioInputOpen,
  AudioInputOpenReply,
  AudioInputDataIncoming,
  AudioInputData,
  AudioInputFormatChange,
]);
