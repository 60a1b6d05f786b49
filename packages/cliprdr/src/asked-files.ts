import { outcomeOf } from "./answers.js";
import type { CliprdrCommand, CliprdrFailure, Outputs } from "./cliprdr-events.js";
import { cliprdrSend, cliprdrViolation, type CliprdrRule } from "./cliprdr-machine.js";
import { cliprdrFeatures, withAsking, type CliprdrState, type FileAsk } from "./cliprdr-state.js";
import { fileRangeRequest, fileSizeRequest, type FileRange } from "./file-range.js";
import { isFileList } from "./format-names.js";
import { FileContentsSize, type FileContentsResponse } from "./pdu/file-contents.js";
import { launch, queue, withoutFlight, type Flight } from "./request-lane.js";
import { hugePosition } from "./wanted-files.js";

interface Refusal {
  readonly reason: CliprdrFailure;
  readonly rule?: CliprdrRule;
}

/** Asks for the size or bytes of a file: [MS-RDPECLIP] 3.1.5.4.5. */
export function askFile(state: CliprdrState, command: CliprdrCommand<"requestFile">, outputs: Outputs): CliprdrState {
  const { requestId, lindex, range, clipDataId, now } = command;
  const refusal = refusalOf(state, command);
  if (refusal !== undefined) {
    if (refusal.rule !== undefined) outputs.push(cliprdrViolation("local", refusal.rule));
    outputs.push({ type: "failed", requestId, reason: refusal.reason });
    return state;
  }
  const { files, nextStreamId: streamId } = state.asking;
  const lane = queue(files, { requestId, streamId, lindex, range, clipDataId });
  return sendFiles(withAsking(state, { files: lane, nextStreamId: (streamId + 1) % 2 ** 32 }), now, outputs);
}

function refusalOf(state: CliprdrState, command: CliprdrCommand<"requestFile">): Refusal | undefined {
  const { range, clipDataId } = command;
  const { asking, options } = state;
  const features = cliprdrFeatures(state);
  if (!features.files || (!features.hugeFiles && range !== undefined && range.position >= hugePosition))
    return { reason: "not-negotiated", rule: "not-negotiated" };
  if (range !== undefined && !isAllowed(range, options.maxFileChunk))
    return { reason: "out-of-range", rule: "file-range" };
  if (clipDataId !== undefined && !asking.locks.includes(clipDataId))
    return { reason: "not-locked", rule: "lock-unknown" };
  if (clipDataId === undefined && !asking.offered?.some(isFileList)) return { reason: "not-offered" };
  const isFull = asking.files.flying.length >= options.filesInFlight && asking.files.queued.length >= options.maxQueued;
  return isFull ? { reason: "queue-full", rule: "too-many-requests" } : undefined;
}

const isAllowed = ({ position, length }: FileRange, most: number): boolean =>
  position === BigInt.asUintN(64, position) && Number.isInteger(length) && length > 0 && length <= most;

/** Sends what waited for its turn. */
export function sendFiles(state: CliprdrState, now: number, outputs: Outputs): CliprdrState {
  const { lane, asks } = launch(state.asking.files, state.options.filesInFlight, state.options, now);
  for (const ask of asks) {
    const value = ask.range === undefined ? fileSizeRequest(ask) : fileRangeRequest(ask, ask.range);
    outputs.push(cliprdrSend({ message: "fileContentsRequest", value }));
  }
  return asks.length === 0 ? state : withAsking(state, { files: lane });
}

/** [MS-RDPECLIP] 3.1.5.4.8. */
export function fileAnswered(
  state: CliprdrState,
  answer: FileContentsResponse,
  now: number,
  outputs: Outputs,
): CliprdrState {
  const { files: lane } = state.asking;
  const flight = lane.flying.find(({ ask }) => ask.streamId === answer.streamId);
  if (flight === undefined) {
    outputs.push(cliprdrViolation("peer", "unasked-answer"));
    return state;
  }
  take(flight, answer, outputs);
  return sendFiles(withAsking(state, { files: withoutFlight(lane, flight) }), now, outputs);
}

function take({ ask, over }: Flight<FileAsk>, answer: FileContentsResponse, outputs: Outputs): void {
  const { requestId, range } = ask;
  const { msgFlags, requestedFileContentsData: data } = answer;
  const { ok, rule } = outcomeOf(msgFlags);
  const size = data.length;
  if (rule !== undefined) outputs.push(cliprdrViolation("peer", rule));
  if (over) outputs.push({ type: "late", requestId, size });
  else if (!ok) outputs.push({ type: "failed", requestId, reason: "refused" });
  else if (range === undefined) takeSize(requestId, data, outputs);
  else if (size > range.length) {
    outputs.push(cliprdrViolation("peer", "answer-too-long"));
    outputs.push({ type: "failed", requestId, reason: "too-large", size });
  } else outputs.push({ type: "received", requestId, data });
}

function takeSize(requestId: number, data: Uint8Array, outputs: Outputs): void {
  if (data.length === 8) {
    outputs.push({ type: "receivedSize", requestId, size: FileContentsSize.decode(data).size });
    return;
  }
  outputs.push(cliprdrViolation("peer", "answer-size"), { type: "failed", requestId, reason: "malformed" });
}
