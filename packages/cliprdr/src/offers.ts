import { outcomeOf } from "./answers.js";
import type { CliprdrCancel, Outputs } from "./cliprdr-events.js";
import { cliprdrSend, cliprdrViolation } from "./cliprdr-machine.js";
import {
  cliprdrFeatures,
  withServing,
  type ClipboardFormat,
  type CliprdrState,
  type OfferLock,
} from "./cliprdr-state.js";
import { listable } from "./format-names.js";
import { FormatListLong } from "./pdu/format-list.js";
import { failData } from "./wanted-data.js";
import { failFiles } from "./wanted-files.js";

/**
 * The newest offer replaces the one before; what is still wanted of that fails, unless it is locked.
 * It is there also without a peer, and is listed to each that comes.
 */
export function makeOffer(state: CliprdrState, formats: readonly ClipboardFormat[], outputs: Outputs): CliprdrState {
  const before = failData(state, "replaced", outputs);
  const { offer, kept } = before.serving;
  const offerId = offer.offerId + 1;
  outputs.push({ type: "offering", offerId });
  const serving = { offer: { offerId, formats, listed: false }, kept: [...kept, offer], refused: false };
  const after = release(withServing(before, serving), "replaced", outputs);
  if (after.phase === "ready") return sendList(after, outputs);
  checkSendable(formats);
  return after;
}

/** Throws `EncodeError` now for what cannot be sent, and not when each peer comes. The short form takes as much. */
function checkSendable(formats: readonly ClipboardFormat[]): void {
  FormatListLong.encode({ msgFlags: 0, formats: listable(formats, true, false) });
}

/** Lets go of older offers that are not locked. */
function release(state: CliprdrState, reason: CliprdrCancel, outputs: Outputs): CliprdrState {
  const { kept, locks } = state.serving;
  const gone = kept.filter((offer) => !locks.some(({ offerId }) => offerId === offer.offerId));
  if (gone.length === 0) return state;
  const after = failFiles(state, (wanted) => gone.some(({ offerId }) => offerId === wanted.offerId), reason, outputs);
  for (const { offerId } of gone) if (offerId > 0) outputs.push({ type: "offerReleased", offerId });
  return withServing(after, { kept: kept.filter((offer) => !gone.includes(offer)) });
}

/** [MS-RDPECLIP] 3.1.5.2.1: the newest offer in the form that was negotiated. */
export function sendList(state: CliprdrState, outputs: Outputs): CliprdrState {
  const { longNames } = cliprdrFeatures(state);
  const formats = listable(state.serving.offer.formats, longNames, state.options.compat === "wslg");
  const message = longNames ? "formatListLong" : "formatListShort";
  outputs.push(cliprdrSend({ message, value: { msgFlags: 0, formats } }));
  return withServing(state, { unanswered: state.serving.unanswered + 1, listDeadline: undefined });
}

/** [MS-RDPECLIP] 3.1.5.2.4. Only the response to the newest list matters. */
export function listAnswered(state: CliprdrState, msgFlags: number, outputs: Outputs): CliprdrState {
  const unanswered = state.serving.unanswered - 1;
  if (unanswered < 0) {
    outputs.push(cliprdrViolation("peer", "unasked-list-response"));
    return state;
  }
  const { ok, rule } = outcomeOf(msgFlags);
  if (rule !== undefined) outputs.push(cliprdrViolation("peer", rule));
  const after = withServing(state, { unanswered, listDeadline: undefined });
  if (unanswered > 0) return after;
  outputs.push({ type: "offerAnswered", offerId: state.serving.offer.offerId, accepted: ok });
  return withServing(after, { refused: !ok });
}

/** An offer has no time of its own: the wait for a response begins with the next input that has one and counts. */
export function timeLists(state: CliprdrState, now: number): CliprdrState {
  const { unanswered, listDeadline } = state.serving;
  if (unanswered === 0 || listDeadline !== undefined) return state;
  const { answerTimeout, lateTimeout } = state.options;
  return withServing(state, { listDeadline: now + answerTimeout + lateTimeout });
}

/** Responses have no number: one that never comes would shift all later ones by one offer. */
export function expireLists(state: CliprdrState, now: number, outputs: Outputs): CliprdrState {
  const { listDeadline = Infinity } = state.serving;
  if (listDeadline > now) return state;
  outputs.push(cliprdrViolation("peer", "list-silence"));
  return withServing(state, { unanswered: 0, listDeadline: undefined });
}

/**
 * [MS-RDPECLIP] 3.1.5.3.2. The lock is for the newest offer, also if the peer may not have seen it
 * yet: mstsc locks before it responds to the list, so the two cannot be told apart.
 */
export function lockOffer(state: CliprdrState, clipDataId: number, outputs: Outputs): CliprdrState {
  const { options, serving } = state;
  const isSet = serving.locks.some((lock) => lock.clipDataId === clipDataId);
  if (isSet && options.compat === "wslg") return unlockOffer(state, clipDataId, outputs);
  if (!cliprdrFeatures(state).locks) outputs.push(cliprdrViolation("peer", "not-negotiated"));
  const isFull = !isSet && serving.locks.length >= options.maxLocks;
  const oldest = isFull ? serving.locks[0]?.clipDataId : undefined;
  if (isSet) outputs.push(cliprdrViolation("peer", "lock-id-in-use"));
  if (isFull) outputs.push(cliprdrViolation("peer", "too-many-locks"));
  if (isFull && oldest === undefined) return state;
  const { offerId } = serving.offer;
  const free = withoutLocks(state, (lock) => lock.clipDataId === clipDataId || lock.clipDataId === oldest, outputs);
  outputs.push({ type: "locked", clipDataId, offerId });
  return withServing(free, { locks: [...free.serving.locks, { clipDataId, offerId }] });
}

/** [MS-RDPECLIP] 3.1.5.3.4. */
export function unlockOffer(state: CliprdrState, clipDataId: number, outputs: Outputs): CliprdrState {
  if (!cliprdrFeatures(state).locks) outputs.push(cliprdrViolation("peer", "not-negotiated"));
  if (state.serving.locks.some((lock) => lock.clipDataId === clipDataId))
    return withoutLocks(state, (lock) => lock.clipDataId === clipDataId, outputs);
  outputs.push(cliprdrViolation("peer", "lock-unknown"));
  return state;
}

function withoutLocks(state: CliprdrState, isMeant: (lock: OfferLock) => boolean, outputs: Outputs): CliprdrState {
  const { locks } = state.serving;
  for (const lock of locks.filter(isMeant)) outputs.push({ type: "unlocked", ...lock });
  return release(withServing(state, { locks: locks.filter((lock) => !isMeant(lock)) }), "unlocked", outputs);
}
