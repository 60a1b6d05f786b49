import type { Step } from "@railvail/wire";
import { match } from "ts-pattern";
import { cut, presentFaults } from "./buffer-geometry.js";
import { closePool, createBuffer, destroyBuffer, openPool, refusePeer } from "./client-pools.js";
import { gfxredirClient, versionOf, type GfxredirClientOutput, type GfxredirClientState } from "./client-state.js";
import { gfxredirSend, gfxredirViolation, type GfxredirMessage, type GfxredirRule } from "./gfxredir-machine.js";
import { CapsVersion, type CapsSet } from "./pdu/capabilities.js";
import type { PresentBuffer } from "./pdu/present-buffer.js";
import { findPresent, withoutPresents, withPresent } from "./present-set.js";

type State = GfxredirClientState;
type Outputs = GfxredirClientOutput[];

export type GfxredirClientInput =
  | { readonly type: "opened" }
  | { readonly type: "closed" }
  | { readonly type: "received"; readonly message: GfxredirMessage }
  /** The present is on the screen, or dropped: the server may write the buffer again. */
  | { readonly type: "presented"; readonly windowId: bigint; readonly presentId: bigint }
  /** Tells the server of an error; no codes are defined. WSLg's server knows no such message. */
  | { readonly type: "reportError"; readonly errorCode: number };

/** The client's next state. Each present that arrives is acknowledged exactly once, unless the channel closes. */
export function stepGfxredirClient(state: State, input: GfxredirClientInput): Step<State, GfxredirClientOutput> {
  const outputs: Outputs = [];
  return { state: changed(state, input, outputs), outputs };
}

function changed(state: State, input: GfxredirClientInput, outputs: Outputs): State {
  if (input.type === "received") return received(state, input.message, outputs);
  const refuse = (rule: GfxredirRule): State => {
    outputs.push(gfxredirViolation("local", rule));
    return state;
  };
  return match(input)
    .with({ type: "opened" }, () => (state.phase === "closed" ? opened(state, outputs) : refuse("already-open")))
    .with({ type: "closed" }, () => closed(state, outputs))
    .with({ type: "presented" }, ({ windowId, presentId }) => {
      if (state.phase !== "ready") return refuse("not-ready");
      const present = findPresent(state.presents, windowId, presentId);
      if (present === undefined) return refuse("not-presented");
      acknowledge(windowId, presentId, outputs);
      return { ...state, presents: withoutPresents(state.presents, [present]) };
    })
    .with({ type: "reportError" }, ({ errorCode }) => {
      if (state.phase === "closed") return refuse("not-open");
      outputs.push(gfxredirSend({ message: "errorReport", value: { errorCode } }));
      return state;
    })
    .exhaustive();
}

function opened(state: State, outputs: Outputs): State {
  outputs.push(gfxredirSend({ message: "capsAdvertise", value: { capsSets: [...state.options.capsSets] } }));
  return { ...state, phase: "negotiating" };
}

/** Acknowledgements cannot be sent any more; the application lets go of all it has. */
function closed(state: State, outputs: Outputs): State {
  if (state.phase === "closed") return state;
  for (const bufferId of state.buffers.keys()) outputs.push({ type: "bufferDestroyed", bufferId });
  for (const poolId of state.pools.keys()) outputs.push({ type: "poolClosed", poolId });
  return gfxredirClient(state.options);
}

function received(state: State, message: GfxredirMessage, outputs: Outputs): State {
  if (state.phase === "closed") return refusePeer(state, "not-open", outputs);
  switch (message.message) {
    case "capsConfirm":
      return state.phase === "negotiating"
        ? confirmed(state, message.value.capsSet, outputs)
        : refusePeer(state, "caps-again", outputs);
    case "errorReport":
      outputs.push({ type: "errorReported", errorCode: message.value.errorCode });
      return state;
    case "legacyCaps":
    case "capsAdvertise":
    case "presentBufferAck":
      return refusePeer(state, "wrong-direction", outputs);
    default:
      return state.phase === "ready" ? drawn(state, message, outputs) : refusePeer(state, "not-ready", outputs);
  }
}

function confirmed(state: State, capsSet: CapsSet, outputs: Outputs): State {
  const version = versionOf(capsSet);
  if (!state.options.capsSets.some((offered) => versionOf(offered) === version))
    refusePeer(state, "caps-not-offered", outputs);
  if (version !== CapsVersion.version2) {
    outputs.push({ type: "unavailable", reason: "version", version });
    return { ...state, phase: "unavailable" };
  }
  outputs.push({ type: "ready", version });
  return { ...state, phase: "ready" };
}

type DrawingMessage = Extract<
  GfxredirMessage,
  { message: "openPool" | "closePool" | "createBuffer" | "destroyBuffer" | "presentBuffer" }
>;

function drawn(state: State, message: DrawingMessage, outputs: Outputs): State {
  switch (message.message) {
    case "presentBuffer":
      return present(state, message.value, outputs);
    case "openPool":
      return openPool(state, message.value, outputs);
    case "createBuffer":
      return createBuffer(state, message.value, outputs);
    case "destroyBuffer":
      return destroyBuffer(state, message.value.bufferId, outputs);
    case "closePool":
      return closePool(state, message.value.poolId, outputs);
  }
}

function acknowledge(windowId: bigint, presentId: bigint, outputs: Outputs): void {
  outputs.push(gfxredirSend({ message: "presentBufferAck", value: { windowId, presentId } }));
}

/** A present that cannot be shown is acknowledged at once: the server would wait for it for ever. */
function present(state: State, value: PresentBuffer, outputs: Outputs): State {
  const { windowId, presentId, bufferId, ...shown } = value;
  const buffer = state.buffers.get(bufferId);
  const dropped = (rule: GfxredirRule): State => {
    acknowledge(windowId, presentId, outputs);
    return refusePeer(state, rule, outputs);
  };
  if (buffer === undefined) return dropped("buffer-unknown");
  if (state.presents.size >= state.options.maxPresents) return dropped("too-many-presents");
  const faults = presentFaults(value, buffer);
  if (faults.includes("orientation")) return dropped("orientation");
  if (findPresent(state.presents, windowId, presentId) !== undefined) faults.push("present-id-in-use");
  for (const rule of faults) refusePeer(state, rule, outputs);
  const dirtyRect = cut(value.dirtyRect, buffer);
  const opaqueRects = value.opaqueRects.map((rect) => cut(rect, buffer));
  outputs.push({ type: "present", ...shown, windowId, presentId, buffer, dirtyRect, opaqueRects });
  return { ...state, presents: withPresent(state.presents, { windowId, presentId, bufferId }) };
}
