import {
  AudioInputFormatChange,
  AudioInputFormats,
  AudioInputOpen,
  AudioInputOpenReply,
  AudioInputVersion,
  ClientSoundFormats,
  ServerSoundFormats,
  Training,
  TrainingConfirm,
  Wave2,
  WaveConfirm,
  WaveInfo,
} from "@railvail/audio";
import { by, type Pair } from "./pair.js";

/** Audio output, [MS-RDPEA], and input, [MS-RDPEAI]. */
export const soundPairs: readonly Pair[] = [
  { kind: "sound formats", first: [by(ServerSoundFormats)], second: [by(ClientSoundFormats)] },
  {
    kind: "sound training",
    first: [by(Training, ({ wTimeStamp, wPackSize }) => wTimeStamp * 0x1_0000 + wPackSize)],
    second: [by(TrainingConfirm, ({ wTimeStamp, wPackSize }) => wTimeStamp * 0x1_0000 + wPackSize)],
  },
  {
    // Clients confirm a block when it has come, when it was played, both times or never. Its number
    // is used again after 256 blocks.
    kind: "sound",
    first: [by(Wave2, ({ cBlockNo }) => cBlockNo), by(WaveInfo, ({ cBlockNo }) => cBlockNo)],
    second: [by(WaveConfirm, ({ cConfirmedBlockNo }) => cConfirmedBlockNo)],
    seconds: "many",
  },
  { kind: "recording version", first: [by(AudioInputVersion)], second: [by(AudioInputVersion)], from: "s2c" },
  { kind: "recording formats", first: [by(AudioInputFormats)], second: [by(AudioInputFormats)], from: "s2c" },
  { kind: "recording", first: [by(AudioInputOpen)], second: [by(AudioInputOpenReply)] },
  {
    kind: "recording format",
    first: [by(AudioInputFormatChange, ({ newFormat }) => newFormat)],
    second: [by(AudioInputFormatChange, ({ newFormat }) => newFormat)],
    from: "s2c",
  },
];
