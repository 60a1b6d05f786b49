import { listAnswer } from "./answers.js";
import { reportFailed, type Outputs } from "./cliprdr-events.js";
import { cliprdrSend, cliprdrViolation, type CliprdrRule } from "./cliprdr-machine.js";
import { cliprdrFeatures, withAsking, type ClipboardFormat, type CliprdrState } from "./cliprdr-state.js";
import { giveUp } from "./request-lane.js";

/** [MS-RDPECLIP] 3.1.5.2.2. Undefined is a list that could not be read. */
export function listReceived(
  state: CliprdrState,
  formats: readonly ClipboardFormat[] | undefined,
  outputs: Outputs,
): CliprdrState {
  const isTooLong = formats !== undefined && formats.length > state.options.maxFormats;
  if (isTooLong) outputs.push(cliprdrViolation("peer", "too-many-formats"));
  const isTaken = formats !== undefined && !isTooLong;
  const after = forget(state, outputs);
  outputs.push(listAnswer(isTaken));
  return setOffered(after, isTaken ? formats : [], outputs);
}

const setOffered = (state: CliprdrState, offered: readonly ClipboardFormat[], outputs: Outputs): CliprdrState => {
  outputs.push({ type: "offered", formats: offered });
  return withAsking(state, { offered });
};

/** What was asked of the offer before is void; locked files can still be asked for. */
function forget(state: CliprdrState, outputs: Outputs): CliprdrState {
  const data = giveUp(state.asking.data, () => true);
  const files = giveUp(state.asking.files, ({ clipDataId }) => clipDataId === undefined);
  reportFailed([...data.asks, ...files.asks], "replaced", outputs);
  return withAsking(state, { data: data.lane, files: files.lane });
}

/** Asks the peer to keep the files that it offers: [MS-RDPECLIP] 3.1.5.3.1. */
export function lockPeer(state: CliprdrState, clipDataId: number, outputs: Outputs): CliprdrState {
  const rule = lockFault(state, clipDataId);
  if (rule !== undefined) {
    outputs.push(cliprdrViolation("local", rule));
    return state;
  }
  outputs.push(cliprdrSend({ message: "lockClipData", value: { msgFlags: 0, clipDataId } }));
  return withAsking(state, { locks: [...state.asking.locks, clipDataId] });
}

function lockFault(state: CliprdrState, clipDataId: number): CliprdrRule | undefined {
  const { locks } = state.asking;
  if (state.phase !== "ready") return "not-ready";
  if (!cliprdrFeatures(state).locks) return "not-negotiated";
  if (locks.includes(clipDataId)) return "lock-id-in-use";
  return locks.length >= state.options.maxLocks ? "too-many-locks" : undefined;
}

/** The peer need not keep the files any more: [MS-RDPECLIP] 3.1.5.3.3. */
export function unlockPeer(state: CliprdrState, clipDataId: number, outputs: Outputs): CliprdrState {
  const { locks } = state.asking;
  if (!locks.includes(clipDataId)) {
    outputs.push(cliprdrViolation("local", "lock-unknown"));
    return state;
  }
  const files = giveUp(state.asking.files, (ask) => ask.clipDataId === clipDataId);
  reportFailed(files.asks, "unlocked", outputs);
  outputs.push(cliprdrSend({ message: "unlockClipData", value: { msgFlags: 0, clipDataId } }));
  return withAsking(state, { files: files.lane, locks: locks.filter((each) => each !== clipDataId) });
}
