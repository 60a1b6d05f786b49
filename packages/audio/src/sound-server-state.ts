import type { Wake } from "@railvail/wire";
import {
  blockWindow,
  isInFlight,
  nextOverdue,
  withoutOverdue,
  type BlockWindow,
  type Confirmed,
} from "./block-window.js";
import type { LatencyReport } from "./latency.js";
import { pcmFormat, type AudioFormat } from "./pdu/audio-format.js";
import type { SoundSend, SoundViolation } from "./sound-machine.js";

/** 0 is silence, 0xffff the loudest. */
export interface Volume {
  readonly left: number;
  readonly right: number;
}

export interface SoundServerOptions {
  /** What can be sent, the favourites first. */
  readonly formats: readonly AudioFormat[];
  readonly version: number;
  /** Bytes of the training message before the first audio, 0 or 9 to 65535; undefined: none is sent, as by WSLg. */
  readonly trainingSize: number | undefined;
  /** Sent once the client is ready, if it honours it. */
  readonly volume: Volume | undefined;
  /** Blocks that may be on their way, 1 to 256. */
  readonly credits: number;
  /**
   * Milliseconds of audio that the client may have and not have played yet, by the server's clock: it paces those who
   * send as fast as they may when the client confirms before it plays.
   */
  readonly maxLead: number;
  /** Milliseconds that the client may take for its formats, its quality mode and a training message. Windows: 10,000. */
  readonly timeout: number;
  /** Milliseconds that the confirm of a block may come after the block should have been played. */
  readonly confirmTimeout: number;
  /** Formats of the client that are kept. */
  readonly maxFormats: number;
  /**
   * `wslg`: what WSLg does. A credit comes back with the second confirm, which says that the block was played; time
   * stamps are 0; the first block has the number that the formats name as the last; no training; a volume is set.
   */
  readonly compat: "wslg" | undefined;
}

const usualOptions: SoundServerOptions = {
  formats: [pcmFormat(2, 44_100, 16)],
  version: 8,
  trainingSize: 1024,
  volume: undefined,
  credits: 256,
  maxLead: 2000,
  timeout: 10_000,
  confirmTimeout: 1000,
  maxFormats: 256,
  compat: undefined,
};

const wslgOptions: SoundServerOptions = {
  ...usualOptions,
  trainingSize: undefined,
  volume: { left: 0x7fff, right: 0x7fff },
  compat: "wslg",
};

/** A training message that waits for its answer. */
export interface PendingTraining {
  readonly wTimeStamp: number;
  readonly wPackSize: number;
  readonly sent: number;
}

/** What the client stated. */
export interface SoundClientInfo {
  /** The lower of both versions. */
  readonly version: number;
  readonly dwFlags: number;
  readonly volume: Volume;
  readonly dwPitch: number;
  /** Blocks name a format by its index here; the start of the client's list, if that has too many. */
  readonly formats: readonly AudioFormat[];
}

/** The server's end of audio output, which plays: [MS-RDPEA] 3.3. */
export interface SoundServerState {
  readonly options: SoundServerOptions;
  /**
   * What is waited for: the client's `formats`, its `quality` mode, its answer to the `training` message.
   * `stopped`: the end was announced. `unavailable`: the client does not play.
   */
  readonly phase: "closed" | "formats" | "quality" | "training" | "ready" | "stopped" | "unavailable";
  /** When the phase ends by itself. */
  readonly deadline: number | undefined;
  readonly training: PendingTraining | undefined;
  /** Formats that were offered and not answered: a client answers each time. */
  readonly answersDue: number;
  readonly client: SoundClientInfo | undefined;
  readonly quality: number;
  /** The format of blocks that name none: an index in the client's list. */
  readonly formatNo: number;
  readonly nextBlock: number;
  readonly window: BlockWindow;
  /** A block was refused; `room` is due. */
  readonly waiting: boolean;
}

/** Why nothing can be played: no answer in time, no format in common, or a client that plays nothing. */
export type SoundUnavailable = "silence" | "no-format" | "not-alive";

export type SoundServerOutput =
  | SoundSend
  /** Blocks can be played. `quality`: one of `QualityMode`, what the client wants. */
  | ({ readonly type: "ready"; readonly quality: number; readonly formatNo: number } & SoundClientInfo)
  | { readonly type: "quality"; readonly quality: number }
  | { readonly type: "unavailable"; readonly reason: SoundUnavailable }
  /** Enough is on its way: the block was not sent and is not kept. A `room` will follow. */
  | { readonly type: "full" }
  | { readonly type: "room" }
  /** `held`: milliseconds that the client says it had the block for; only if the server sends time stamps. */
  | ({ readonly type: "confirmed"; readonly blockNo: number; readonly held: number } & Exclude<
      Confirmed,
      { kind: "unexpected" }
    >)
  /** `size`: bytes of the training message, 0 if it was empty. */
  | { readonly type: "trained"; readonly roundTrip: number; readonly size: number }
  | ({ readonly type: "latency" } & LatencyReport)
  | Wake
  | SoundViolation;

/** The server before the channel is open. */
export function soundServer(options: Partial<SoundServerOptions> = {}): SoundServerState {
  const usual = options.compat === "wslg" ? wslgOptions : usualOptions;
  return {
    options: { ...usual, ...options },
    phase: "closed",
    deadline: undefined,
    training: undefined,
    answersDue: 0,
    client: undefined,
    quality: 0,
    formatNo: 0,
    nextBlock: 0,
    window: blockWindow(options.compat === "wslg" ? 2 : 1),
    waiting: false,
  };
}

const hasCredit = ({ window, nextBlock, options }: SoundServerState): boolean =>
  window.inFlight < Math.max(1, options.credits) && !isInFlight(window, nextBlock);

/** When the client has played so much that it may have more. */
const leadEnds = ({ window, options }: SoundServerState): number => window.playedUntil - options.maxLead;

/** When there may be room without another confirm. */
export const nextRoom = (state: SoundServerState): number =>
  Math.max(leadEnds(state), hasCredit(state) ? -Infinity : nextOverdue(state.window, state.options.confirmTimeout));

/** With the credits that time has brought back. */
export function atTime(state: SoundServerState, now: number): SoundServerState {
  const window = withoutOverdue(state.window, now, state.options.confirmTimeout);
  return window === state.window ? state : { ...state, window };
}

export const hasRoom = (state: SoundServerState, now: number): boolean => hasCredit(state) && leadEnds(state) <= now;

/** Whether a block may be sent now; if not although the phase is `ready`, it would be `full`. */
export const mayPlay = (state: SoundServerState, now: number): boolean =>
  state.phase === "ready" && hasRoom(atTime(state, now), now);
