import { chosenFormat, chosenFormatLikeWslg, keptFormats, sameFormat } from "./format-choice.js";
import { ClientSoundFlags, type ClientSoundFormats } from "./pdu/sound-formats.js";
import { QualityMode, type TrainingConfirm } from "./pdu/sound-setup.js";
import { soundSend, soundViolation } from "./sound-machine.js";
import { commanded, refuse, train } from "./sound-server-play.js";
import type { SoundServerOutput, SoundServerState, SoundUnavailable } from "./sound-server-state.js";

type State = SoundServerState;
type Outputs = SoundServerOutput[];

/** From version 6 on the client states a quality mode. */
const qualityVersion = 6;

/** Blocks that are on their way keep their numbers and credits: their confirms may come at any time. */
export function offered(state: State, now: number, outputs: Outputs): State {
  const { formats, version, compat, timeout } = state.options;
  const value = {
    dwFlags: 0,
    dwVolume: 0,
    dwPitch: 0,
    wDGramPort: 0,
    cLastBlockConfirmed: compat === "wslg" ? state.nextBlock : (state.nextBlock + 0xff) & 0xff,
    wVersion: version,
    sndFormats: [...formats],
  };
  outputs.push(soundSend({ message: "serverSoundFormats", value }));
  const answersDue = state.answersDue + 1;
  return { ...state, phase: "formats", deadline: now + timeout, answersDue, client: undefined, waiting: false };
}

export function unavailable(state: State, reason: SoundUnavailable, outputs: Outputs): State {
  outputs.push({ type: "unavailable", reason });
  return { ...state, phase: "unavailable", deadline: undefined, training: undefined, waiting: false };
}

/** [MS-RDPEA] 3.3.5.1.1.2. */
export function stated(state: State, value: ClientSoundFormats, now: number, outputs: Outputs): State {
  const { options } = state;
  const formats = keptFormats(value.sndFormats, options.maxFormats);
  if (formats.length < value.sndFormats.length) outputs.push(soundViolation("peer", "too-many-formats"));
  if (formats.some((format) => !options.formats.some((ours) => sameFormat(ours, format))))
    outputs.push(soundViolation("peer", "format-not-offered"));
  if ((value.dwFlags & ClientSoundFlags.alive) === 0) return unavailable(state, "not-alive", outputs);
  const choose = options.compat === "wslg" ? chosenFormatLikeWslg : chosenFormat;
  const formatNo = choose(options.formats, formats);
  if (formatNo === undefined) return unavailable(state, "no-format", outputs);
  const version = Math.min(value.wVersion, options.version);
  const volume = { left: value.volumeLeft, right: value.volumeRight };
  const client = { version, dwFlags: value.dwFlags, volume, dwPitch: value.dwPitch, formats };
  const next: State = { ...state, client, formatNo, quality: QualityMode.dynamic, deadline: undefined };
  if (version >= qualityVersion) return { ...next, phase: "quality", deadline: now + options.timeout };
  return qualityKnown(next, now, outputs);
}

/** It may come late, and change. */
export function qualityStated(state: State, quality: number, now: number, outputs: Outputs): State {
  const isUsed = state.client !== undefined && state.client.version >= qualityVersion;
  if (!isUsed) return refuse(state, "peer", "quality-unexpected", outputs);
  if (state.phase === "quality") return qualityKnown({ ...state, quality }, now, outputs);
  outputs.push({ type: "quality", quality });
  return { ...state, quality };
}

export function qualityKnown(state: State, now: number, outputs: Outputs): State {
  const { trainingSize } = state.options;
  const next: State = { ...state, deadline: undefined };
  if (trainingSize === undefined) return ready(next, outputs);
  const training = next.training === undefined ? train(next, trainingSize, now, outputs) : next;
  return training.training === undefined ? ready(next, outputs) : { ...training, phase: "training" };
}

function ready(state: State, outputs: Outputs): State {
  const { client, quality, formatNo, options } = state;
  if (client === undefined) return state;
  outputs.push({ type: "ready", quality, formatNo, ...client });
  const next: State = { ...state, phase: "ready" };
  const isHonoured = (client.dwFlags & ClientSoundFlags.volume) !== 0 || options.compat === "wslg";
  return options.volume !== undefined && isHonoured
    ? commanded(next, { type: "setVolume", ...options.volume }, outputs)
    : next;
}

/** [MS-RDPEA] 3.3.5.1.1.5. */
export function trained(
  state: State,
  { wTimeStamp, wPackSize }: TrainingConfirm,
  now: number,
  outputs: Outputs,
): State {
  const { training } = state;
  if (training === undefined || training.wTimeStamp !== wTimeStamp || training.wPackSize !== wPackSize)
    return refuse(state, "peer", "training-unexpected", outputs);
  outputs.push({ type: "trained", roundTrip: now - training.sent, size: wPackSize });
  const next: State = { ...state, training: undefined };
  return state.phase === "training" ? ready(next, outputs) : next;
}
