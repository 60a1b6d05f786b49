import { drawn } from "./drawing-model.js";
import { egfxSend, egfxViolation, type EgfxDrawing, type EgfxRule } from "./egfx-machine.js";
import { frameAcknowledged, framesOverdue, frameSent, isOutstanding } from "./frame-pacing.js";
import type { FrameAcknowledge, StartFrame } from "./pdu/frame.js";
import { mayStartFrame, type EgfxServerOutput, type EgfxServerState } from "./server-state.js";
import { surfaceCommanded, type Commanded, type SurfaceCommand } from "./server-surfaces.js";

type State = EgfxServerState;
type Outputs = EgfxServerOutput[];

export interface DrawCommand {
  readonly type: "draw";
  readonly message: EgfxDrawing;
  /**
   * The bitmap data of a wire-to-surface command in parts, such as the rows of a larger image; they are not copied.
   * The command's own `bitmapData` is empty then.
   */
  readonly payload?: readonly Uint8Array[];
}

/** Sends a frame: all of it, or nothing if one of the commands is not possible. See `mayStartFrame`. */
export interface FrameCommand {
  readonly type: "frame";
  readonly commands: readonly (DrawCommand | SurfaceCommand)[];
  /** Milliseconds on the caller's clock. */
  readonly now: number;
  /** Undefined: one more than the last. */
  readonly frameId?: number;
  /** The time of day; none unless said. */
  readonly timestamp?: StartFrame["timestamp"];
}

const noTimestamp: StartFrame["timestamp"] = { milliseconds: 0, seconds: 0, minutes: 0, hours: 0 };

export function frame(state: State, command: FrameCommand, outputs: Outputs): Commanded {
  const { commands, now, frameId = state.nextFrameId, timestamp = noTimestamp } = command;
  if (!mayStartFrame(state)) return "too-many-frames";
  if (isOutstanding(state.pacing, frameId)) return "frame-id-in-use";
  const sent: Outputs = [egfxSend({ message: "startFrame", value: { timestamp, frameId } })];
  let next = state;
  for (const each of commands) {
    const after = each.type === "draw" ? draw(next, each, sent) : surfaceCommanded(next, each, sent);
    if (typeof after === "string") return after;
    next = after;
  }
  outputs.push(...sent, egfxSend({ message: "endFrame", value: { frameId } }));
  const pacing = frameSent(state.pacing, frameId, now, state.options);
  return { ...next, pacing, nextFrameId: (frameId + 1) >>> 0 };
}

function draw(state: State, { message, payload }: DrawCommand, sent: Outputs): Commanded {
  const { graphics, capability, options } = state;
  if (capability === undefined) return "not-ready";
  const faults: EgfxRule[] = [];
  const size = payload?.reduce((sum, part) => sum + part.length, 0);
  const after = drawn(graphics, message, { capability, limits: options }, faults, size);
  const [fault] = faults;
  if (fault !== undefined || after === undefined) return fault ?? "surface-unknown";
  sent.push(payload === undefined ? egfxSend(message) : { type: "send", message, payload });
  return after === graphics ? state : { ...state, graphics: after };
}

export function acknowledged(state: State, ack: FrameAcknowledge, outputs: Outputs): State {
  const faults: EgfxRule[] = [];
  const pacing = frameAcknowledged(state.pacing, ack, state.options, faults);
  for (const rule of faults) outputs.push(egfxViolation("peer", rule));
  if (faults.length === 0) outputs.push({ type: "acknowledged", ...ack });
  if (pacing === state.pacing) return state;
  const { acknowledgements: before } = state.pacing;
  if (pacing.acknowledgements === "suspended") {
    if (before !== "suspended") outputs.push({ type: "acknowledgementsSuspended" });
  } else if (before !== "wanted") outputs.push({ type: "acknowledgementsResumed" });
  return { ...state, pacing };
}

/** Gives up the frames whose wait is over. */
export function giveUpOverdue(state: State, now: number, outputs: Outputs): State {
  const faults: EgfxRule[] = [];
  const pacing = framesOverdue(state.pacing, now, state.options, faults);
  for (const rule of faults) outputs.push(egfxViolation("peer", rule));
  return pacing === state.pacing ? state : { ...state, pacing };
}
