import type { Step } from "@railvail/wire";
import { cacheImported, commanded, type EgfxClientCommand } from "./client-commands.js";
import { frameEnded, frameStarted, graphicsReset } from "./client-frames.js";
import { egfxClient, type EgfxClientOutput, type EgfxClientState } from "./client-state.js";
import {
  cleared,
  createSurface,
  deleteSurface,
  draw,
  mapToOutput,
  mapToWindow,
  refusePeer,
} from "./client-surfaces.js";
import { egfxCapability, versionOf } from "./egfx-capability.js";
import { egfxSend, egfxViolation, type EgfxMessage, type UnknownEgfxCommand } from "./egfx-machine.js";
import type { CapsSet } from "./pdu/capabilities.js";

type State = EgfxClientState;
type Outputs = EgfxClientOutput[];

export type EgfxClientInput =
  | { readonly type: "opened" }
  | { readonly type: "closed" }
  | { readonly type: "received"; readonly message: EgfxMessage | UnknownEgfxCommand }
  | EgfxClientCommand;

/** The client's next state. A drawing leaves it the same object unless the cache changes. */
export function stepEgfxClient(state: State, input: EgfxClientInput): Step<State, EgfxClientOutput> {
  const outputs: Outputs = [];
  return { state: changed(state, input, outputs), outputs };
}

function changed(state: State, input: EgfxClientInput, outputs: Outputs): State {
  switch (input.type) {
    case "received":
      return received(state, input.message, outputs);
    case "opened":
      return opened(state, outputs);
    case "closed":
      return closed(state, outputs);
    default:
      return commanded(state, input, outputs);
  }
}

function opened(state: State, outputs: Outputs): State {
  if (state.phase !== "closed") {
    outputs.push(egfxViolation("local", "already-open"));
    return state;
  }
  outputs.push(egfxSend({ message: "capsAdvertise", value: { capsSets: [...state.options.capsSets] } }));
  return { ...state, phase: "negotiating" };
}

/** The application's wishes stay: whether frames are acknowledged, and the queue's depth. */
function closed(state: State, outputs: Outputs): State {
  if (state.phase === "closed") return state;
  cleared(state, outputs);
  const { acknowledgements, queueDepth } = state;
  const wish = acknowledgements === "suspended" ? "suspending" : acknowledgements;
  return { ...egfxClient(state.options), acknowledgements: wish, queueDepth };
}

function received(state: State, message: EgfxMessage | UnknownEgfxCommand, outputs: Outputs): State {
  switch (state.phase) {
    case "ready":
      return performed(state, message, outputs);
    case "closed":
      return refusePeer(state, "not-open", outputs);
    case "restarting":
      return message.message === "capsConfirm" ? confirmed(state, message.value.capsSet, outputs) : state;
    case "negotiating":
      return message.message === "capsConfirm"
        ? confirmed(state, message.value.capsSet, outputs)
        : refusePeer(state, "not-ready", outputs);
  }
}

function confirmed(state: State, capsSet: CapsSet, outputs: Outputs): State {
  const capability = egfxCapability(capsSet);
  if (!state.options.capsSets.some((offered) => versionOf(offered) === capability.version))
    refusePeer(state, "caps-not-offered", outputs);
  outputs.push({ type: "ready", capability, restarted: state.phase === "restarting" });
  return { ...state, phase: "ready", capability };
}

function performed(state: State, message: EgfxMessage | UnknownEgfxCommand, outputs: Outputs): State {
  switch (message.message) {
    case "wireToSurface1":
    case "wireToSurface2":
    case "deleteEncodingContext":
    case "solidFill":
    case "surfaceToSurface":
    case "surfaceToCache":
    case "cacheToSurface":
    case "evictCacheEntry":
      return draw(state, message, outputs);
    case "startFrame":
      return frameStarted(state, message.value, outputs);
    case "endFrame":
      return frameEnded(state, message.value.frameId, outputs);
    case "createSurface":
      return createSurface(state, message.value, outputs);
    case "deleteSurface":
      return deleteSurface(state, message.value.surfaceId, outputs);
    case "mapSurfaceToWindow":
    case "mapSurfaceToScaledWindow":
      return mapToWindow(state, message.value, outputs);
    case "mapSurfaceToOutput":
    case "mapSurfaceToScaledOutput":
      return mapToOutput(state, message.value, outputs);
    case "resetGraphics":
      return graphicsReset(state, message.value, outputs);
    case "cacheImportReply":
      return cacheImported(state, message.value.cacheSlots, outputs);
    case "capsConfirm":
      return refusePeer(state, "caps-again", outputs);
    case "unknown":
      return refusePeer(state, "unknown-command", outputs);
    default:
      return refusePeer(state, "wrong-direction", outputs);
  }
}
