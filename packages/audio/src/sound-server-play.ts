import { blockAfter, confirmBlock, reportLatency, withBlock, withLatencyReset } from "./block-window.js";
import type { WaveConfirm } from "./pdu/sound-control.js";
import { ClientSoundFlags } from "./pdu/sound-formats.js";
import { shortTime, soundSend, soundViolation, type SoundMessage, type SoundRule } from "./sound-machine.js";
import { atTime, hasRoom, type SoundServerOutput, type SoundServerState } from "./sound-server-state.js";
import { maxWaveSize, splitWave } from "./wave-halves.js";

type State = SoundServerState;
type Outputs = SoundServerOutput[];

/** Audio to be played after what was sent before. */
export interface PlayCommand {
  readonly type: "play";
  /** 5 to 65,523 bytes, which are not kept; for PCM, whole frames. */
  readonly data: Uint8Array;
  readonly now: number;
  /** Index in the client's list; undefined: that of the state. */
  readonly formatNo?: number;
  /** When the audio was made, in milliseconds since the system was started; undefined: `now`, or 0 like WSLg. */
  readonly audioTimeStamp?: number;
}

/** What an application asks of the server's end. */
export type SoundServerCommand =
  | PlayCommand
  /** The format of blocks that name none. */
  | { readonly type: "setFormat"; readonly formatNo: number }
  /** 0 to 0xffff; heard as a logarithm. */
  | { readonly type: "setVolume"; readonly left: number; readonly right: number }
  /** A factor with 16 fractional bits. */
  | { readonly type: "setPitch"; readonly pitch: number }
  /** Measures the way to the client with so many bytes, 0 or 9 to 65535: see `trained`. */
  | { readonly type: "train"; readonly size: number; readonly now: number }
  /** Gives the latency since the last report. */
  | { readonly type: "reportLatency" }
  /** Playing begins anew: what was measured says nothing about now. */
  | { readonly type: "resetLatency" }
  /** No more audio, until `restart`. */
  | { readonly type: "stop" };

/** From version 8 on a block is one message. */
const wave2Version = 8;
/** Bytes of a Wave2 that its size counts beside the audio. */
const wave2Head = 12;
const maxWave2Size = 0xffff - wave2Head;
/** [MS-RDPEA] 3.3.5.2.1.1: more than four bytes. */
const minWaveSize = 5;
const trainingHead = 8;

/** The rule is reported, and nothing has changed. */
export function refuse(state: State, by: "peer" | "local", rule: SoundRule, outputs: Outputs): State {
  outputs.push(soundViolation(by, rule));
  return state;
}

export function commanded(state: State, command: SoundServerCommand, outputs: Outputs): State {
  switch (command.type) {
    case "play":
      return play(state, command, outputs);
    case "setFormat":
      if (state.client === undefined) return refuse(state, "local", "not-ready", outputs);
      if (state.client.formats[command.formatNo] === undefined)
        return refuse(state, "local", "format-unknown", outputs);
      return { ...state, formatNo: command.formatNo };
    case "setVolume": {
      const { left, right } = command;
      const value = { volumeLeft: left, volumeRight: right };
      return set(state, ClientSoundFlags.volume, { message: "setVolume", value }, outputs);
    }
    case "setPitch":
      return set(state, ClientSoundFlags.pitch, { message: "setPitch", value: { pitch: command.pitch } }, outputs);
    case "train":
      return train(state, command.size, command.now, outputs);
    case "reportLatency": {
      const { window, report } = reportLatency(state.window);
      outputs.push({ type: "latency", ...report });
      return { ...state, window };
    }
    case "resetLatency":
      return { ...state, window: withLatencyReset(state.window) };
    case "stop":
      if (state.phase !== "ready") return refuse(state, "local", "not-ready", outputs);
      outputs.push(soundSend({ message: "soundClose", value: {} }));
      return { ...state, phase: "stopped", waiting: false };
  }
}

function play(before: State, { data, now, formatNo, audioTimeStamp }: PlayCommand, outputs: Outputs): State {
  if (before.phase !== "ready" || before.client === undefined) return refuse(before, "local", "not-ready", outputs);
  const index = formatNo ?? before.formatNo;
  const format = before.client.formats[index];
  if (format === undefined) return refuse(before, "local", "format-unknown", outputs);
  const inOne = before.client.version >= wave2Version;
  if (data.length < minWaveSize || data.length > (inOne ? maxWave2Size : maxWaveSize))
    return refuse(before, "local", "wave-size", outputs);
  const state = credited(before, now, outputs);
  if (!hasRoom(state, now)) {
    outputs.push({ type: "full" });
    return { ...state, waiting: true };
  }
  const isWslg = state.options.compat === "wslg";
  const names = { wTimeStamp: isWslg ? 0 : shortTime(now), wFormatNo: index, cBlockNo: state.nextBlock };
  if (inOne) {
    const dwAudioTimeStamp = (audioTimeStamp ?? (isWslg ? 0 : now)) >>> 0;
    outputs.push(soundSend({ message: "wave2", value: { ...names, dwAudioTimeStamp, data } }));
  } else {
    const [info, rest] = splitWave({ ...names, data });
    outputs.push(soundSend({ message: "waveInfo", value: info }), soundSend({ message: "waveData", value: rest }));
  }
  const duration = format.nAvgBytesPerSec === 0 ? 0 : (data.length * 1000) / format.nAvgBytesPerSec;
  const window = withBlock(state.window, state.nextBlock, now, duration, names.wTimeStamp);
  return { ...state, window, nextBlock: blockAfter(state.nextBlock), waiting: false };
}

/** [MS-RDPEA] 3.3.5.3: WSLg does not ask whether the client honours it. */
function set(state: State, flag: number, message: SoundMessage, outputs: Outputs): State {
  if (state.phase !== "ready" || state.client === undefined) return refuse(state, "local", "not-ready", outputs);
  if ((state.client.dwFlags & flag) === 0 && state.options.compat !== "wslg")
    return refuse(state, "local", "setting-unsupported", outputs);
  outputs.push(soundSend(message));
  return state;
}

/** [MS-RDPEA] 3.3.5.1.1.4: at any time once versions are exchanged. */
export function train(state: State, wPackSize: number, now: number, outputs: Outputs): State {
  if (state.client === undefined) return refuse(state, "local", "not-ready", outputs);
  if (state.training !== undefined) return refuse(state, "local", "training-pending", outputs);
  if (wPackSize !== 0 && (wPackSize <= trainingHead || wPackSize > 0xffff))
    return refuse(state, "local", "training-size", outputs);
  const wTimeStamp = shortTime(now);
  const data = new Uint8Array(Math.max(0, wPackSize - trainingHead));
  outputs.push(soundSend({ message: "training", value: { wTimeStamp, wPackSize, data } }));
  return { ...state, training: { wTimeStamp, wPackSize, sent: now } };
}

export function confirmed(state: State, value: WaveConfirm, now: number, outputs: Outputs): State {
  const blockNo = value.cConfirmedBlockNo;
  const { window, confirmed: of } = confirmBlock(state.window, blockNo, now);
  if (of.kind === "unexpected") return refuse(state, "peer", "confirm-unexpected", outputs);
  const held = shortTime(value.wTimeStamp - (state.window.blocks[blockNo]?.wTimeStamp ?? 0));
  outputs.push({ type: "confirmed", blockNo, ...of, held });
  return withRoom({ ...state, window }, now, outputs);
}

/** With the credits that time has brought back; a client that is late is reported. */
export function credited(state: State, now: number, outputs: Outputs): State {
  const next = atTime(state, now);
  if (!state.window.late && next.window.late) outputs.push(soundViolation("peer", "not-confirmed"));
  return next;
}

/** Tells those who wait. */
export function withRoom(state: State, now: number, outputs: Outputs): State {
  if (!state.waiting || !hasRoom(state, now)) return state;
  outputs.push({ type: "room" });
  return { ...state, waiting: false };
}
