import type { Step } from "@railvail/wire";
import { match } from "ts-pattern";
import { askData, dataAnswered } from "./asked-data.js";
import { askFile, fileAnswered } from "./asked-files.js";
import type { CliprdrInput, CliprdrOutput, Outputs } from "./cliprdr-events.js";
import { cliprdrViolation, type CliprdrMessage, type CliprdrRule } from "./cliprdr-machine.js";
import { cliprdrFeatures, type ClipboardFormat, type CliprdrState } from "./cliprdr-state.js";
import { nextWake, passTime } from "./deadlines.js";
import { becomeReady, capsReceived, close } from "./life-cycle.js";
import { listAnswered, lockOffer, makeOffer, sendList, timeLists, unlockOffer } from "./offers.js";
import { ClipboardMessageType } from "./pdu/header.js";
import { listReceived, lockPeer, unlockPeer } from "./peer-offer.js";
import { waiting } from "./request-lane.js";
import { dataRequested, provideData } from "./wanted-data.js";
import { fileRequested, provideFile } from "./wanted-files.js";

/** What the two ends of the channel do differently: the initialization, [MS-RDPECLIP] 1.3.2.1. */
export interface CliprdrRole {
  /** What only this end sends. */
  readonly own: CliprdrMessage["message"];
  /** What the peer may send before this end is ready. */
  readonly early: readonly CliprdrMessage["message"][];
  /** The peer's first format list ends the initialization. */
  readonly readyByList: boolean;
  readonly opened: (state: CliprdrState, outputs: Outputs) => CliprdrState;
  readonly monitorReady: (state: CliprdrState, outputs: Outputs) => CliprdrState;
}

/** The next state of an end. Each request of the application ends in one event, unless it broke a rule. */
export function stepCliprdr(
  role: CliprdrRole,
  state: CliprdrState,
  input: CliprdrInput,
): Step<CliprdrState, CliprdrOutput> {
  const outputs: Outputs = [];
  const after = changed(role, state, input, outputs);
  const next = after === state || !("now" in input) ? after : timeLists(after, input.now);
  const at = nextWake(next);
  if (at !== nextWake(state)) outputs.push({ type: "wake", at });
  return { state: next, outputs };
}

function changed(role: CliprdrRole, state: CliprdrState, input: CliprdrInput, outputs: Outputs): CliprdrState {
  const isOpen = state.phase !== "closed";
  const refuse = (rule: CliprdrRule): CliprdrState => {
    outputs.push(cliprdrViolation("local", rule));
    return state;
  };
  switch (input.type) {
    case "opened":
      return isOpen ? refuse("already-open") : role.opened({ ...state, phase: "waiting" }, outputs);
    case "closed":
      return isOpen ? close(state, outputs) : state;
    case "tick":
      return passTime(state, input.now, outputs);
    case "received":
    case "unreadable":
      if (isOpen) return arrived(role, state, input, outputs);
      outputs.push(cliprdrViolation("peer", "not-open"));
      return state;
    case "request":
    case "requestFile": {
      const { data, files } = state.asking;
      const { requestId } = input;
      if ([...waiting(data), ...waiting(files)].some((ask) => ask.requestId === requestId))
        return refuse("request-id-in-use");
      if (isOpen) return input.type === "request" ? askData(state, input, outputs) : askFile(state, input, outputs);
      refuse("not-open");
      outputs.push({ type: "failed", requestId, reason: "closed" });
      return state;
    }
    case "offer":
      return makeOffer(state, input.formats, outputs);
    default:
      return isOpen ? commanded(state, input, outputs) : refuse("not-open");
  }
}

type Command = Extract<CliprdrInput, { readonly type: "provide" | "provideFile" | "lock" | "unlock" }>;

function commanded(state: CliprdrState, command: Command, outputs: Outputs): CliprdrState {
  return match(command)
    .with({ type: "provide" }, (answer) => provideData(state, answer, outputs))
    .with({ type: "provideFile" }, (answer) => provideFile(state, answer, outputs))
    .with({ type: "lock" }, ({ clipDataId }) => lockPeer(state, clipDataId, outputs))
    .with({ type: "unlock" }, ({ clipDataId }) => unlockPeer(state, clipDataId, outputs))
    .exhaustive();
}

type Arrival = Extract<CliprdrInput, { readonly type: "received" | "unreadable" }>;

function arrived(role: CliprdrRole, state: CliprdrState, arrival: Arrival, outputs: Outputs): CliprdrState {
  if (arrival.type === "received") return received(role, state, arrival.message, arrival.now, outputs);
  outputs.push(cliprdrViolation("peer", "unreadable"));
  const { msgType, now } = arrival;
  if (msgType === ClipboardMessageType.formatList) return listCame(role, state, undefined, outputs);
  if (msgType === ClipboardMessageType.formatDataRequest) return dataRequested(state, undefined, now, outputs);
  if (msgType === ClipboardMessageType.formatDataResponse) return dataAnswered(state, undefined, now, outputs);
  return state;
}

function received(
  role: CliprdrRole,
  state: CliprdrState,
  { message, value }: CliprdrMessage,
  now: number,
  outputs: Outputs,
): CliprdrState {
  const report = (rule: CliprdrRule): number => outputs.push(cliprdrViolation("peer", rule));
  if (message === role.own) report("wrong-direction");
  else if (state.phase === "waiting" && !role.early.includes(message)) report("not-ready");
  switch (message) {
    case "clipCaps":
      return capsReceived(state, value, outputs);
    case "monitorReady":
      return role.monitorReady(state, outputs);
    case "tempDirectory":
      if (message !== role.own) outputs.push({ type: "tempDirectory", path: value.wszTempDir });
      return state;
    case "formatListShort":
    case "formatListLong": {
      const isLong = message === "formatListLong";
      if (value.formats.length > 0 && isLong !== cliprdrFeatures(state).longNames) report("list-form");
      return listCame(role, state, value.formats, outputs);
    }
    case "formatListResponse":
      return listAnswered(state, value.msgFlags, outputs);
    case "formatDataRequest":
      return dataRequested(state, value.requestedFormatId, now, outputs);
    case "formatDataResponse":
      return dataAnswered(state, value, now, outputs);
    case "fileContentsRequest":
      return fileRequested(state, value, now, outputs);
    case "fileContentsResponse":
      return fileAnswered(state, value, now, outputs);
    case "lockClipData":
      return lockOffer(state, value.clipDataId, outputs);
    case "unlockClipData":
      return unlockOffer(state, value.clipDataId, outputs);
  }
}

function listCame(
  role: CliprdrRole,
  state: CliprdrState,
  formats: readonly ClipboardFormat[] | undefined,
  outputs: Outputs,
): CliprdrState {
  if (!role.readyByList || state.phase === "ready") return listReceived(state, formats, outputs);
  const ready = listReceived(becomeReady(state, outputs), formats, outputs);
  // A list without formats would empty the clipboard of a client that has seen none that it could take back.
  return ready.serving.offer.formats.length > 0 ? sendList(ready, outputs) : ready;
}
