import { presentFaults } from "./buffer-geometry.js";
import { gfxredirSend, gfxredirViolation, type GfxredirRule } from "./gfxredir-machine.js";
import { Orientation, type PresentBuffer, type PresentBufferAck } from "./pdu/present-buffer.js";
import { findPresent, isInFlight, pendingOf, withoutPresents, withPresent } from "./present-set.js";
import { destroyed, refuse } from "./server-pools.js";
import type { GfxredirServerOutput, GfxredirServerState } from "./server-state.js";

type State = GfxredirServerState;
type Outputs = GfxredirServerOutput[];

/** Shows a buffer whose pixels are written in a window; {@link PresentBuffer} says what the fields mean. */
export interface PresentCommand
  extends
    Pick<PresentBuffer, "windowId" | "bufferId" | "targetWidth" | "targetHeight" | "dirtyRect" | "opaqueRects">,
    Partial<Pick<PresentBuffer, "timestamp" | "orientation">> {
  readonly type: "present";
  /** Undefined: one more than the last. WSLg counts presents together with the frames of the graphics pipeline. */
  readonly presentId?: bigint;
}

export function present(state: State, command: PresentCommand, outputs: Outputs): State {
  const { windowId, bufferId, presentId = state.nextPresentId } = command;
  const value: PresentBuffer = {
    timestamp: command.timestamp ?? 0n,
    presentId,
    windowId,
    bufferId,
    orientation: command.orientation ?? Orientation.none,
    targetWidth: command.targetWidth,
    targetHeight: command.targetHeight,
    dirtyRect: command.dirtyRect,
    opaqueRects: command.opaqueRects,
  };
  const rule = presentFault(state, value);
  if (rule !== undefined) return refuse(state, rule, outputs);
  outputs.push(gfxredirSend({ message: "presentBuffer", value }));
  const presents = withPresent(state.presents, { windowId, presentId, bufferId });
  return { ...state, presents, nextPresentId: presentId + 1n };
}

function presentFault(state: State, value: PresentBuffer): GfxredirRule | undefined {
  const { windowId, bufferId, presentId } = value;
  const { presents, options } = state;
  const buffer = state.buffers.get(bufferId);
  if (buffer === undefined) return "buffer-unknown";
  if (state.destroying.has(bufferId)) return "buffer-closing";
  if (isInFlight(presents, bufferId)) return "buffer-in-flight";
  if (pendingOf(presents, windowId) >= options.presentsPerWindow) return "window-pending";
  if (presents.size >= options.maxPresents) return "too-many-presents";
  if (findPresent(presents, windowId, presentId) !== undefined) return "present-id-in-use";
  return presentFaults(value, buffer)[0];
}

export function acknowledged(state: State, { windowId, presentId }: PresentBufferAck, outputs: Outputs): State {
  const present = findPresent(state.presents, windowId, presentId);
  if (present === undefined) return late(state, windowId, presentId, outputs);
  outputs.push({ type: "acknowledged", ...present });
  const presents = withoutPresents(state.presents, [present]);
  const next = { ...state, presents };
  const goes = state.destroying.has(present.bufferId) && !isInFlight(presents, present.bufferId);
  return goes ? destroyed(next, present.bufferId, outputs) : next;
}

/** A client that was slow is no fault: the buffer went without its acknowledgement. */
function late(state: State, windowId: bigint, presentId: bigint, outputs: Outputs): State {
  const index = state.abandoned.findIndex((given) => given.windowId === windowId && given.presentId === presentId);
  if (index >= 0) return { ...state, abandoned: state.abandoned.toSpliced(index, 1) };
  outputs.push(gfxredirViolation("peer", "ack-unknown"));
  return state;
}
