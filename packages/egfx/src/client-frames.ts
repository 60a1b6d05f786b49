import type { EgfxClientOutput, EgfxClientState } from "./client-state.js";
import { refusePeer } from "./client-surfaces.js";
import { egfxSend, type EgfxValue } from "./egfx-machine.js";
import { isOutputSize } from "./graphics-model.js";
import { QueueDepth } from "./pdu/frame.js";
import { monitorLimit, type ResetGraphics } from "./pdu/reset-graphics.js";

type State = EgfxClientState;
type Outputs = EgfxClientOutput[];

export function frameStarted(state: State, { frameId, timestamp }: EgfxValue<"startFrame">, outputs: Outputs): State {
  if (state.openFrame !== undefined) refusePeer(state, "frame-open", outputs);
  outputs.push({ type: "frameStarted", frameId, timestamp });
  return { ...state, openFrame: frameId };
}

/** Each end is acknowledged, also one that is out of place: the server would wait for it for ever. */
export function frameEnded(state: State, frameId: number, outputs: Outputs): State {
  if (state.openFrame === undefined) refusePeer(state, "frame-not-open", outputs);
  else if (state.openFrame !== frameId) refusePeer(state, "frame-id-differs", outputs);
  outputs.push({ type: "frameEnded", frameId });
  const framesDecoded = (state.framesDecoded + 1) >>> 0;
  const next: State = { ...state, openFrame: undefined, framesDecoded };
  if (state.acknowledgements === "suspended") return next;
  const isLast = state.acknowledgements === "suspending";
  const queueDepth = isLast ? QueueDepth.suspendFrameAcknowledgement : state.queueDepth;
  const value = { queueDepth, frameId, totalFramesDecoded: framesDecoded };
  outputs.push(egfxSend({ message: "frameAcknowledge", value }));
  return isLast ? { ...next, acknowledgements: "suspended" } : next;
}

export function graphicsReset(state: State, value: ResetGraphics, outputs: Outputs): State {
  const { width, height } = value;
  if (!isOutputSize(width, height)) return refusePeer(state, "output-size", outputs);
  if (value.monitorDefArray.length > monitorLimit) return refusePeer(state, "too-many-monitors", outputs);
  const monitors =
    state.options.compat === "wslg"
      ? value.monitorDefArray.map((monitor) => {
          const { left, top, right, bottom } = monitor;
          return { ...monitor, right: left + right - 1, bottom: top + bottom - 1 };
        })
      : value.monitorDefArray;
  outputs.push({ type: "graphicsReset", width, height, monitors });
  return state;
}
