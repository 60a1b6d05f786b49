import type { Wake } from "@railvail/wire";
import type { AudioInputSend, AudioInputViolation } from "./audio-input-machine.js";
import { FormatTag, pcmFormat, type AudioFormat } from "./pdu/audio-format.js";
import { AudioInputVersionNumber } from "./pdu/audio-input.js";

export interface AudioInputServerOptions {
  /** What can be recorded, the favourites first. */
  readonly formats: readonly AudioFormat[];
  readonly version: number;
  /** Frames that the client should put in a message; clients do as they like. */
  readonly framesPerPacket: number;
  /** How the device should capture; undefined: as in the format that was chosen, uncompressed. */
  readonly captureFormat: AudioFormat | undefined;
  /** Milliseconds that the client may take for each answer. Windows: 5000. */
  readonly timeout: number;
  /** Formats of the client that are kept. */
  readonly maxFormats: number;
  /** `wslg`: version 1, mono; the device is to capture in stereo; any format of the same tag, channels and rate will do. */
  readonly compat: "wslg" | undefined;
}

const usualOptions: AudioInputServerOptions = {
  formats: [pcmFormat(1, 44_100, 16)],
  version: AudioInputVersionNumber.version2,
  framesPerPacket: 441,
  captureFormat: undefined,
  timeout: 5000,
  maxFormats: 256,
  compat: undefined,
};

const wslgOptions: AudioInputServerOptions = {
  ...usualOptions,
  version: AudioInputVersionNumber.version1,
  captureFormat: pcmFormat(2, 44_100, 16),
  compat: "wslg",
};

/** The server's end of audio input, which records: [MS-RDPEAI] 3.3. */
export interface AudioInputServerState {
  readonly options: AudioInputServerOptions;
  /**
   * What is waited for: the client's `version`, its `formats`, its reply when `opening`. `refused`: the device could not
   * be opened. `unavailable`: the client cannot record.
   */
  readonly phase: "closed" | "version" | "formats" | "opening" | "recording" | "refused" | "unavailable";
  /** When the client's silence counts as a refusal. */
  readonly deadline: number | undefined;
  /** The lower of both versions. */
  readonly version: number;
  /** The client's list; formats are named by their index here. */
  readonly formats: readonly AudioFormat[];
  /** The format of the data that comes. */
  readonly formatNo: number;
  /** The format that the client was asked for and has not confirmed. */
  readonly asked: number | undefined;
  /** When the next message was announced. */
  readonly announced: number | undefined;
  /** Data that came before the reply was reported. */
  readonly early: boolean;
}

/** Why nothing can be recorded: no answer in time, or no format in common. */
export type AudioInputUnavailable = "silence" | "no-format";

export type AudioInputServerOutput =
  | AudioInputSend
  | {
      readonly type: "recording";
      readonly version: number;
      readonly formatNo: number;
      readonly format: AudioFormat;
    }
  /** The device could not be opened, for a reason that is an HRESULT; `open` asks again. */
  | { readonly type: "refused"; readonly result: number }
  /** Close the channel. */
  | { readonly type: "unavailable"; readonly reason: AudioInputUnavailable }
  | {
      readonly type: "data";
      /** Memory of the message that was received. */
      readonly data: Uint8Array;
      readonly formatNo: number;
      readonly format: AudioFormat;
      /** Milliseconds from the message that announced it; undefined if none did. */
      readonly transfer: number | undefined;
    }
  /** Data from here on is in this format. */
  | { readonly type: "format"; readonly formatNo: number; readonly format: AudioFormat }
  | Wake
  | AudioInputViolation;

/** The server before the channel is open. */
export function audioInputServer(options: Partial<AudioInputServerOptions> = {}): AudioInputServerState {
  const usual = options.compat === "wslg" ? wslgOptions : usualOptions;
  return {
    options: { ...usual, ...options },
    phase: "closed",
    deadline: undefined,
    version: 0,
    formats: [],
    formatNo: 0,
    asked: undefined,
    announced: undefined,
    early: false,
  };
}

/** How the device should capture for data in `format`: [MS-RDPEAI] 3.2.5.1.6. */
export function captureFormatFor({ captureFormat }: AudioInputServerOptions, format: AudioFormat): AudioFormat {
  if (captureFormat !== undefined) return captureFormat;
  return format.wFormatTag === FormatTag.pcm ? format : pcmFormat(format.nChannels, format.nSamplesPerSec, 16);
}
