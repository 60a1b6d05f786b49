import { egfxViolation } from "./egfx-machine.js";
import { giveUpOverdue } from "./server-frames.js";
import { egfxServer, type EgfxServerOutput, type EgfxServerState, type EgfxUnavailable } from "./server-state.js";

type State = EgfxServerState;
type Outputs = EgfxServerOutput[];

/** What happens to the channel. Times in milliseconds on the caller's clock. */
export type ServerChannelInput =
  /** The channel was asked for; the wait for the client begins. */
  | { readonly type: "opening"; readonly now: number }
  /** The channel is there; the wait begins anew, so the first input may be this one. */
  | { readonly type: "opened"; readonly now: number }
  /** The client does not want the channel. */
  | { readonly type: "refused" }
  | { readonly type: "closed" }
  | { readonly type: "tick"; readonly now: number };

export function channelChanged(state: State, input: ServerChannelInput, outputs: Outputs): State {
  const isUp = state.phase === "negotiating" || state.phase === "ready";
  const isGone = state.phase === "closed" || state.phase === "unavailable";
  switch (input.type) {
    case "opening":
      return isGone ? waiting(state, "opening", input.now) : again(state, outputs);
    case "opened":
      return isUp ? again(state, outputs) : waiting(state, "negotiating", input.now);
    case "refused":
    case "closed":
      if (state.phase === "closed") return state;
      return { ...(isGone ? state : ended(state, input.type, outputs)), phase: "closed" };
    case "tick":
      return input.now >= (state.negotiateUntil ?? Infinity)
        ? ended(state, "silence", outputs)
        : giveUpOverdue(state, input.now, outputs);
  }
}

function again(state: State, outputs: Outputs): State {
  outputs.push(egfxViolation("local", "already-open"));
  return state;
}

const waiting = (state: State, phase: "opening" | "negotiating", now: number): State => ({
  ...state,
  phase,
  negotiateUntil: now + state.options.negotiationTimeout,
});

/** No more of this connection; ids go on from where they were. */
export function ended(state: State, reason: EgfxUnavailable, outputs: Outputs): State {
  outputs.push({ type: "unavailable", reason });
  const { options, nextSurfaceId, nextFrameId } = state;
  return { ...egfxServer(options), phase: "unavailable", nextSurfaceId, nextFrameId };
}
