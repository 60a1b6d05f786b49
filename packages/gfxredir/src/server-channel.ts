import { match } from "ts-pattern";
import { gfxredirSend, gfxredirViolation } from "./gfxredir-machine.js";
import { CapsVersion, legacyVersion, type CapsSet } from "./pdu/capabilities.js";
import { destroyOverdue } from "./server-pools.js";
import {
  gfxredirServer,
  type GfxredirServerOutput,
  type GfxredirServerState,
  type GfxredirUnavailable,
} from "./server-state.js";

type State = GfxredirServerState;
type Outputs = GfxredirServerOutput[];

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
  const again = (): State => {
    outputs.push(gfxredirViolation("local", "already-open"));
    return state;
  };
  const wait = (phase: "opening" | "negotiating", now: number): State => ({
    ...state,
    phase,
    negotiateUntil: now + state.options.negotiationTimeout,
  });
  const gone = (reason: GfxredirUnavailable): State => {
    if (state.phase === "closed") return state;
    return isGone ? { ...state, phase: "closed" } : { ...ended(state, reason, outputs), phase: "closed" };
  };
  return match(input)
    .with({ type: "opening" }, ({ now }) => (isGone ? wait("opening", now) : again()))
    .with({ type: "opened" }, ({ now }) => (isUp ? again() : wait("negotiating", now)))
    .with({ type: "refused" }, () => gone("refused"))
    .with({ type: "closed" }, () => gone("closed"))
    .with({ type: "tick" }, ({ now }) =>
      now >= (state.negotiateUntil ?? Infinity)
        ? ended(state, "silence", outputs)
        : destroyOverdue(state, now, outputs),
    )
    .exhaustive();
}

/** No more of this connection; the waits end, because what they wait for cannot come. */
export function ended(state: State, reason: GfxredirUnavailable, outputs: Outputs, errorCode?: number): State {
  for (const poolId of state.pools.keys()) outputs.push({ type: "poolClosed", poolId });
  outputs.push({ type: "unavailable", reason, errorCode });
  const { options, nextPoolId, nextBufferId, nextPresentId } = state;
  return { ...gfxredirServer(options), phase: "unavailable", nextPoolId, nextBufferId, nextPresentId };
}

const confirm = (capsSet: CapsSet): GfxredirServerOutput =>
  gfxredirSend({ message: "capsConfirm", value: { capsSet } });

/** The highest version that is known, not the highest there is; the set goes back as it came. */
export function advertised(state: State, sets: readonly CapsSet[], outputs: Outputs): State {
  const version2 = sets.find(({ capsData }) => capsData.type === "version2");
  const chosen = version2 ?? sets.find(({ capsData }) => capsData.type === "version1");
  if (chosen !== undefined) outputs.push(confirm(chosen));
  if (version2 === undefined) return ended(state, "version", outputs);
  outputs.push({ type: "ready", version: CapsVersion.version2 });
  return { ...state, phase: "ready", negotiateUntil: undefined };
}

/** Nothing was drawn with version 1; the answer lets the client know that it was heard. */
export function advertisedLegacy(state: State, version: number, outputs: Outputs): State {
  if (version === legacyVersion) outputs.push(confirm({ capsData: { type: "version1" } }));
  else outputs.push(gfxredirViolation("peer", "legacy-version"));
  return ended(state, "legacy", outputs);
}
