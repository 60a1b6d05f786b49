import { pcmFormat, type AudioFormat } from "./pdu/audio-format.js";
import { QualityMode } from "./pdu/sound-setup.js";
import type { WaveInfo } from "./pdu/wave.js";
import type { SoundSend, SoundViolation } from "./sound-machine.js";
import type { Volume } from "./sound-server-state.js";

export interface SoundClientOptions {
  /** What can be played, the favourites first. */
  readonly formats: readonly AudioFormat[];
  readonly version: number;
  /** One of `QualityMode`. */
  readonly quality: number;
  /** The volume now, if the server may set it. */
  readonly volume: Volume | undefined;
  /** The pitch now, a factor with 16 fractional bits, if the server may set it. */
  readonly pitch: number | undefined;
  /**
   * When a block is confirmed: when the application says `played`, as [MS-RDPEA] 3.2.5.2.1.6 has it; when it comes;
   * both, which WSLg's server waits for; or never, for `AUDIO_PLAYBACK_LOSSY_DVC`.
   */
  readonly confirms: "played" | "received" | "both" | "never";
  /** `wslg`: the first block has the number that the formats name as the last; `confirms` is `both`. */
  readonly compat: "wslg" | undefined;
}

const usualOptions: SoundClientOptions = {
  formats: [pcmFormat(2, 44_100, 16)],
  version: 8,
  quality: QualityMode.high,
  volume: { left: 0xffff, right: 0xffff },
  pitch: undefined,
  confirms: "played",
  compat: undefined,
};

/** A block that the application has not yet said `played` to. */
export interface PendingBlock {
  readonly serial: number;
  readonly blockNo: number;
  readonly wTimeStamp: number;
  readonly received: number;
}

/** The client's end of audio output, which hears: [MS-RDPEA] 3.2. */
export interface SoundClientState {
  readonly options: SoundClientOptions;
  /** `stopped`: the server announced the end. */
  readonly phase: "closed" | "waiting" | "ready" | "stopped";
  /** The lower of both versions. */
  readonly version: number;
  /** The formats that both know; blocks name one by its index. */
  readonly formats: readonly AudioFormat[];
  /** What the next message is the rest of: see `readSoundMessage`. */
  readonly firstHalf: WaveInfo | undefined;
  readonly nextBlock: number;
  /** In the order in which they came, 256 at most. */
  readonly pending: readonly PendingBlock[];
  /** The serial of the next block; serials outlive the connection. */
  readonly nextSerial: number;
}

export type SoundClientOutput =
  | SoundSend
  /** Audio will come in one of these formats, or none if there are none that both know. */
  | {
      readonly type: "formats";
      readonly formats: readonly AudioFormat[];
      /** The lower of both versions. */
      readonly version: number;
    }
  /** Play it after what came before, then say `played` with its serial. */
  | {
      readonly type: "wave";
      readonly serial: number;
      readonly blockNo: number;
      readonly formatNo: number;
      readonly format: AudioFormat;
      /** Memory of the message that was received, if the block came in one. */
      readonly data: Uint8Array;
      /** Milliseconds modulo 65536, on the server's clock. */
      readonly timeStamp: number;
      /** When the server got the audio, in milliseconds modulo 2^32; undefined below version 8. WSLg: 0. */
      readonly audioTimeStamp: number | undefined;
      /** When it came, on the caller's clock. */
      readonly received: number;
    }
  | ({ readonly type: "volume" } & Volume)
  | { readonly type: "pitch"; readonly pitch: number }
  /** No more audio; what came is played to its end. */
  | { readonly type: "stopped" }
  | SoundViolation;

/** The client before the channel is open. */
export const soundClient = (options: Partial<SoundClientOptions> = {}): SoundClientState => ({
  options: { ...usualOptions, ...(options.compat === "wslg" ? { confirms: "both" } : {}), ...options },
  phase: "closed",
  version: 0,
  formats: [],
  firstHalf: undefined,
  nextBlock: 0,
  pending: [],
  nextSerial: 0,
});
