import type { Step } from "@railvail/wire";
import { gfxredirSend, gfxredirViolation, type GfxredirMessage, type GfxredirRule } from "./gfxredir-machine.js";
import { advertised, advertisedLegacy, channelChanged, ended, type ServerChannelInput } from "./server-channel.js";
import {
  closePool,
  createBuffer,
  destroyBuffer,
  openPool,
  type ClosePoolCommand,
  type CreateBufferCommand,
  type DestroyBufferCommand,
  type OpenPoolCommand,
} from "./server-pools.js";
import { acknowledged, present, type PresentCommand } from "./server-presents.js";
import type { GfxredirServerOutput, GfxredirServerState } from "./server-state.js";

type State = GfxredirServerState;
type Outputs = GfxredirServerOutput[];

export type GfxredirServerCommand =
  | OpenPoolCommand
  | CreateBufferCommand
  | PresentCommand
  | DestroyBufferCommand
  | ClosePoolCommand
  /** Tells the client of an error; no codes are defined. */
  | { readonly type: "reportError"; readonly errorCode: number };

export type GfxredirServerInput =
  | ServerChannelInput
  | { readonly type: "received"; readonly message: GfxredirMessage }
  | GfxredirServerCommand;

/**
 * The server's next state. Acknowledgements are a set: see `mayPresent` and `mayWrite`. In `unavailable` what
 * the client sends is passed over.
 */
export function stepGfxredirServer(state: State, input: GfxredirServerInput): Step<State, GfxredirServerOutput> {
  const outputs: Outputs = [];
  const next = changed(state, input, outputs);
  if (next.destroying !== state.destroying || next.negotiateUntil !== state.negotiateUntil) {
    const at = wakeTime(next);
    if (at !== wakeTime(state)) outputs.push({ type: "wake", at });
  }
  return { state: next, outputs };
}

function wakeTime({ negotiateUntil, destroying }: State): number | undefined {
  let at = negotiateUntil ?? Infinity;
  for (const until of destroying.values()) at = Math.min(at, until);
  return at === Infinity ? undefined : at;
}

function changed(state: State, input: GfxredirServerInput, outputs: Outputs): State {
  switch (input.type) {
    case "received":
      return received(state, input.message, outputs);
    case "openPool":
    case "createBuffer":
    case "present":
    case "destroyBuffer":
    case "closePool":
    case "reportError":
      return commanded(state, input, outputs);
    default:
      return channelChanged(state, input, outputs);
  }
}

function received(state: State, message: GfxredirMessage, outputs: Outputs): State {
  if (state.phase === "unavailable") return state;
  const violation = (rule: GfxredirRule): State => {
    outputs.push(gfxredirViolation("peer", rule));
    return state;
  };
  if (state.phase === "closed" || state.phase === "opening") return violation("not-open");
  switch (message.message) {
    case "presentBufferAck":
      return state.phase === "ready" ? acknowledged(state, message.value, outputs) : violation("not-ready");
    case "capsAdvertise":
      return state.phase === "ready" ? violation("caps-again") : advertised(state, message.value.capsSets, outputs);
    case "legacyCaps":
      return state.phase === "ready"
        ? violation("caps-again")
        : advertisedLegacy(state, message.value.version, outputs);
    case "errorReport":
      return ended(state, "error", outputs, message.value.errorCode);
    default:
      return violation("wrong-direction");
  }
}

function commanded(state: State, command: GfxredirServerCommand, outputs: Outputs): State {
  const mayReport = command.type === "reportError" && state.phase === "negotiating";
  if (state.phase !== "ready" && !mayReport) {
    outputs.push(gfxredirViolation("local", "not-ready"));
    return state;
  }
  switch (command.type) {
    case "present":
      return present(state, command, outputs);
    case "openPool":
      return openPool(state, command, outputs);
    case "createBuffer":
      return createBuffer(state, command, outputs);
    case "destroyBuffer":
      return destroyBuffer(state, command, outputs);
    case "closePool":
      return closePool(state, command, outputs);
    case "reportError":
      outputs.push(gfxredirSend({ message: "errorReport", value: { errorCode: command.errorCode } }));
      return state;
  }
}
