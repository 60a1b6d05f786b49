import { blockAfter } from "./block-window.js";
import type { Wave2, WaveData, WaveInfo } from "./pdu/wave.js";
import type { PendingBlock, SoundClientOutput, SoundClientState } from "./sound-client-state.js";
import { shortTime, soundSend, soundViolation } from "./sound-machine.js";
import { joinWave, waveSize, type Wave } from "./wave-halves.js";

type State = SoundClientState;
type Outputs = SoundClientOutput[];

/** A block that came in one message. */
export function whole(state: State, { dwAudioTimeStamp, ...wave }: Wave2, now: number, outputs: Outputs): State {
  return heard(state, wave, dwAudioTimeStamp, now, outputs);
}

/** Its bytes are kept until the second half comes, when its message may be gone. */
export const firstHalf = (state: State, info: WaveInfo): State => ({
  ...state,
  firstHalf: { ...info, data: info.data.slice() },
});

/** [MS-RDPEA] 3.2.5.2.1.2. */
export function secondHalf(state: State, rest: WaveData, now: number, outputs: Outputs): State {
  const info = state.firstHalf;
  if (info === undefined) {
    outputs.push(soundViolation("peer", "second-half-alone"));
    return state;
  }
  const wave = joinWave(info, rest);
  if (wave.data.length !== waveSize(info)) outputs.push(soundViolation("peer", "wave-size"));
  return heard({ ...state, firstHalf: undefined }, wave, undefined, now, outputs);
}

/** A message with a type came: if a second half was due, its block is dropped. */
export function withoutHalf(state: State, now: number, outputs: Outputs): State {
  const info = state.firstHalf;
  if (info === undefined) return state;
  outputs.push(soundViolation("peer", "second-half-missing"));
  return dropped({ ...state, firstHalf: undefined }, info, now, outputs);
}

function heard(
  before: State,
  { wTimeStamp, wFormatNo, cBlockNo, data }: Wave,
  audioTimeStamp: number | undefined,
  now: number,
  outputs: Outputs,
): State {
  // Servers that announce a pause by a close, as xrdp does, go on without new formats.
  if (before.phase === "stopped") outputs.push(soundViolation("peer", "after-close"));
  const format = before.formats[wFormatNo];
  if (format === undefined) {
    outputs.push(soundViolation("peer", "format-unknown"));
    return dropped(before, { wTimeStamp, cBlockNo }, now, outputs);
  }
  const serial = before.nextSerial;
  const state = arrived(
    { ...before, phase: "ready" },
    { serial, blockNo: cBlockNo, wTimeStamp, received: now },
    outputs,
  );
  outputs.push({
    type: "wave",
    serial,
    blockNo: cBlockNo,
    formatNo: wFormatNo,
    format,
    data,
    timeStamp: wTimeStamp,
    audioTimeStamp,
    received: now,
  });
  return state;
}

/** A dropped block counts as consumed, so that its credit is not lost: [MS-RDPEA] 1.3.2.2. */
function dropped(
  state: State,
  { wTimeStamp, cBlockNo }: Pick<WaveInfo, "wTimeStamp" | "cBlockNo">,
  now: number,
  outputs: Outputs,
): State {
  const serial = state.nextSerial;
  const next = arrived(state, { serial, blockNo: cBlockNo, wTimeStamp, received: now }, outputs);
  return played(next, serial, now, outputs);
}

function arrived(state: State, block: PendingBlock, outputs: Outputs): State {
  const { confirms } = state.options;
  if (block.blockNo !== state.nextBlock) outputs.push(soundViolation("peer", "block-number"));
  const others = state.pending.filter(({ blockNo }) => blockNo !== block.blockNo);
  if (others.length < state.pending.length) outputs.push(soundViolation("peer", "block-reused"));
  if (confirms === "received" || confirms === "both") confirm(block, block.received, outputs);
  return {
    ...state,
    nextBlock: blockAfter(block.blockNo),
    nextSerial: block.serial + 1,
    pending: confirms === "played" || confirms === "both" ? [...others, block] : others,
  };
}

/** The time stamp tells for how long the block was here: [MS-RDPEA] 3.2.5.2.1.6. */
function confirm({ blockNo, wTimeStamp, received }: PendingBlock, now: number, outputs: Outputs): void {
  const value = { wTimeStamp: shortTime(wTimeStamp + (now - received)), cConfirmedBlockNo: blockNo };
  outputs.push(soundSend({ message: "waveConfirm", value }));
}

/** The application is done with a block. If it need not be confirmed (any more), nothing comes of it. */
export function played(state: State, serial: number, now: number, outputs: Outputs): State {
  const block = state.pending.find((each) => each.serial === serial);
  if (block !== undefined) {
    confirm(block, now, outputs);
    return { ...state, pending: state.pending.filter((each) => each !== block) };
  }
  if (serial >= state.nextSerial) outputs.push(soundViolation("local", "not-given"));
  return state;
}
