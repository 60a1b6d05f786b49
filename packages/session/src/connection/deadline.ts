import type { Step } from "@railvail/wire";
import { broken, same, type CommonOutput } from "./common-output.js";
import type { SharedState } from "./shared-state.js";

/**
 * The time has come, or the transport is there: nothing was heard until the deadline, or the
 * waiting begins now.
 */
export function ticked<S extends SharedState>(
  state: S,
  patience: number | undefined,
  now: number,
): Step<S, CommonOutput> {
  const { deadline, phase } = state;
  if (deadline !== undefined)
    return now < deadline ? same(state) : withDeadline(state, broken(state, "timed-out"), patience, now);
  if (patience === undefined || phase === "active") return same(state);
  const at = now + patience;
  return same({ ...state, deadline: at }, { type: "wake", at });
}

/**
 * Sets until when the peer may be silent: `patience` milliseconds from each change on, no limit
 * once the session is active or the connection closed, and none where `patience` is undefined.
 */
export function withDeadline<S extends SharedState, O>(
  before: S,
  { state, outputs }: Step<S, O>,
  patience: number | undefined,
  now: number,
): Step<S, O | CommonOutput> {
  if (state === before && outputs.length === 0) return { state, outputs };
  const progress = state !== before || outputs.some((output) => (output as { type?: string }).type === "send");
  const unlimited = patience === undefined || state.phase === "active" || state.phase === "closed";
  const deadline = unlimited ? undefined : progress ? now + patience : state.deadline;
  if (deadline === state.deadline) return { state, outputs };
  return { state: { ...state, deadline }, outputs: [{ type: "wake", at: deadline }, ...outputs] };
}
