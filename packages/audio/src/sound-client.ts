import type { Step } from "@railvail/wire";
import { match } from "ts-pattern";
import { blockAfter } from "./block-window.js";
import { commonFormats } from "./format-choice.js";
import { ClientSoundFlags, type ServerSoundFormats } from "./pdu/sound-formats.js";
import { soundClient, type SoundClientOutput, type SoundClientState } from "./sound-client-state.js";
import { firstHalf, played, secondHalf, whole, withoutHalf } from "./sound-client-waves.js";
import { soundSend, soundViolation, type SoundMessage, type SoundRule } from "./sound-machine.js";

type State = SoundClientState;
type Outputs = SoundClientOutput[];

/** Times in milliseconds on the caller's clock. */
export type SoundClientInput =
  | { readonly type: "opened" }
  | { readonly type: "closed" }
  | { readonly type: "received"; readonly message: SoundMessage; readonly now: number }
  /** The block was played, or dropped. Nothing comes of it if the connection has ended since. */
  | { readonly type: "played"; readonly serial: number; readonly now: number };

/** From version 6 on the client states a quality mode. */
const qualityVersion = 6;
/** A factor of 1. */
const plainPitch = 0x1_0000;

/** The client's next state: [MS-RDPEA] 3.2. What is received is read by `readSoundMessage` with its `firstHalf`. */
export function stepSoundClient(state: State, input: SoundClientInput): Step<State, SoundClientOutput> {
  const outputs: Outputs = [];
  return { state: changed(state, input, outputs), outputs };
}

function changed(state: State, input: SoundClientInput, outputs: Outputs): State {
  if (input.type === "received") return received(state, input.message, input.now, outputs);
  return match(input)
    .with({ type: "opened" }, (): State => {
      if (state.phase === "closed") return { ...state, phase: "waiting" };
      outputs.push(soundViolation("local", "already-open"));
      return state;
    })
    .with({ type: "closed" }, (): State => {
      if (state.phase === "closed") return state;
      return { ...soundClient(state.options), nextSerial: state.nextSerial };
    })
    .with({ type: "played" }, ({ serial, now }) => played(state, serial, now, outputs))
    .exhaustive();
}

/** What a server may send only after its formats. */
const afterFormats: ReadonlySet<SoundMessage["message"]> = new Set([
  "wave2",
  "waveInfo",
  "training",
  "setVolume",
  "setPitch",
  "soundClose",
]);

function received(before: State, message: SoundMessage, now: number, outputs: Outputs): State {
  const report = (rule: SoundRule): void => void outputs.push(soundViolation("peer", rule));
  if (before.phase === "closed") {
    report("not-open");
    return before;
  }
  if (message.message === "waveData") return secondHalf(before, message.value, now, outputs);
  const state = withoutHalf(before, now, outputs);
  const isEarly = state.phase === "waiting" && afterFormats.has(message.message);
  if (isEarly) report("not-ready");
  switch (message.message) {
    case "wave2":
      return isEarly ? state : whole(state, message.value, now, outputs);
    case "waveInfo":
      return isEarly ? state : firstHalf(state, message.value);
    case "serverSoundFormats":
      return agreed(state, message.value, outputs);
    case "training": {
      const { wTimeStamp, wPackSize } = message.value;
      outputs.push(soundSend({ message: "trainingConfirm", value: { wTimeStamp, wPackSize } }));
      return state;
    }
    case "setVolume": {
      const { volumeLeft: left, volumeRight: right } = message.value;
      if (state.options.volume === undefined) report("setting-unsupported");
      outputs.push({ type: "volume", left, right });
      return state;
    }
    case "setPitch":
      if (state.options.pitch === undefined) report("setting-unsupported");
      outputs.push({ type: "pitch", pitch: message.value.pitch });
      return state;
    case "soundClose":
      outputs.push({ type: "stopped" });
      return state.phase === "ready" ? { ...state, phase: "stopped" } : state;
    case "cryptKey":
    case "waveEncrypt":
    case "udpWave":
    case "udpWaveLast":
      report("wrong-transport");
      return state;
    default:
      report("wrong-direction");
      return state;
  }
}

/** [MS-RDPEA] 3.2.5.1.1.2; servers state their formats anew whenever they like. */
function agreed(state: State, value: ServerSoundFormats, outputs: Outputs): State {
  const { options } = state;
  const { volume, pitch } = options;
  const version = Math.min(value.wVersion, options.version);
  const formats = commonFormats(options.formats, value.sndFormats);
  const { alive, volume: volumeFlag, pitch: pitchFlag } = ClientSoundFlags;
  const stated = {
    dwFlags: alive | (volume === undefined ? 0 : volumeFlag) | (pitch === undefined ? 0 : pitchFlag),
    volumeLeft: volume?.left ?? 0xffff,
    volumeRight: volume?.right ?? 0xffff,
    dwPitch: pitch ?? plainPitch,
    wDGramPort: 0,
    cLastBlockConfirmed: 0,
    wVersion: options.version,
    sndFormats: formats,
  };
  outputs.push(soundSend({ message: "clientSoundFormats", value: stated }));
  if (version >= qualityVersion) {
    const wQualityMode = options.quality;
    outputs.push(soundSend({ message: "soundQualityMode", value: { wQualityMode } }));
  }
  outputs.push({ type: "formats", formats, version });
  const last = value.cLastBlockConfirmed;
  const nextBlock = options.compat === "wslg" ? last : blockAfter(last);
  return { ...state, phase: "ready", version, formats, nextBlock };
}
