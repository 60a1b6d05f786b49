import { reportFailed, type Outputs } from "./cliprdr-events.js";
import { cliprdrSend, cliprdrViolation, type CliprdrSend } from "./cliprdr-machine.js";
import {
  cliprdrFeatures,
  cliprdrState,
  noAsking,
  noServing,
  type CliprdrState,
  type Serving,
} from "./cliprdr-state.js";
import { ClipboardCapsVersion, type ClipCaps } from "./pdu/clip-caps.js";
import { waiting } from "./request-lane.js";

/** What this end can do: [MS-RDPECLIP] 2.2.2.1. */
export const ownCaps = ({ options: { generalFlags } }: CliprdrState): CliprdrSend =>
  cliprdrSend({
    message: "clipCaps",
    value: {
      msgFlags: 0,
      capabilitySets: [{ capabilityData: { type: "general", version: ClipboardCapsVersion.version2, generalFlags } }],
    },
  });

/** What the peer can do; without a general set, or without the message, it can do nothing special. */
export function capsReceived(state: CliprdrState, { capabilitySets }: ClipCaps, outputs: Outputs): CliprdrState {
  if (state.peerFlags !== undefined) outputs.push(cliprdrViolation("peer", "caps-again"));
  else if (state.phase === "ready") outputs.push(cliprdrViolation("peer", "caps-late"));
  let peerFlags = 0;
  for (const { capabilityData: set } of capabilitySets) if (set.type === "general") peerFlags |= set.generalFlags;
  const after = { ...state, peerFlags };
  if (state.phase === "ready") outputs.push({ type: "ready", features: cliprdrFeatures(after) });
  return after;
}

/** The initialization is over. */
export function becomeReady(state: CliprdrState, outputs: Outputs): CliprdrState {
  outputs.push({ type: "ready", features: cliprdrFeatures(state) });
  return { ...state, phase: "ready" };
}

/** Nothing can be sent any more: all that waits has its end. What is offered here is there for the next peer. */
export function close(state: CliprdrState, outputs: Outputs): CliprdrState {
  endAll(state, outputs);
  return { ...cliprdrState(state.options), serving: servingAnew(state) };
}

/**
 * The peer began anew: a proxy changed the server. What was asked of it or by it is gone; what is
 * offered here is still offered.
 */
export function restart(state: CliprdrState, outputs: Outputs): CliprdrState {
  outputs.push(cliprdrViolation("peer", "ready-again"));
  endAll(state, outputs);
  const { asking } = state;
  if (asking.offered !== undefined && asking.offered.length > 0) outputs.push({ type: "offered", formats: [] });
  return { ...state, serving: servingAnew(state), asking: { ...noAsking, nextStreamId: asking.nextStreamId } };
}

/**
 * The newest offer before the next peer knows of it. Requests are numbered on, so that an answer for the
 * peer before is not taken for one for the next.
 */
const servingAnew = ({ serving: { offer, nextRequestId } }: CliprdrState): Serving => ({
  ...noServing,
  offer: { ...offer, listed: false },
  nextRequestId,
});

function endAll({ asking, serving }: CliprdrState, outputs: Outputs): void {
  reportFailed([...waiting(asking.data), ...waiting(asking.files)], "closed", outputs);
  const wanted = serving.data === undefined ? serving.files : [serving.data, ...serving.files];
  for (const { requestId } of wanted) outputs.push({ type: "cancelled", requestId, reason: "closed" });
  for (const lock of serving.locks) outputs.push({ type: "unlocked", ...lock });
  for (const { offerId } of serving.kept) if (offerId > 0) outputs.push({ type: "offerReleased", offerId });
}
