import { dataAnswer } from "./answers.js";
import type { CliprdrCancel, Outputs } from "./cliprdr-events.js";
import { cliprdrViolation } from "./cliprdr-machine.js";
import { withServing, type CliprdrState } from "./cliprdr-state.js";
import { isFileList } from "./format-names.js";

/**
 * The peer asks for data: [MS-RDPECLIP] 3.1.5.4.2. If it has not yet seen the newest offer, it asks
 * for an older one, and gets what the newest has for the format; a format that only the older one
 * had is a failure and no fault of the peer's.
 */
export function dataRequested(
  state: CliprdrState,
  formatId: number | undefined,
  now: number,
  outputs: Outputs,
): CliprdrState {
  const { serving, options } = state;
  const offered = !serving.refused && serving.offer.formats.some((format) => format.formatId === formatId);
  if (!offered && formatId !== undefined && serving.unanswered === 0)
    outputs.push(cliprdrViolation("peer", "format-not-offered"));
  const asked = offered ? formatId : undefined;
  if (serving.data === undefined) {
    if (asked !== undefined) return handOver(state, asked, now, outputs);
    outputs.push(dataAnswer(undefined));
    return state;
  }
  if (serving.owed === 0 && serving.queued.length + 1 < options.maxWanted)
    return withServing(state, { queued: [...serving.queued, asked] });
  outputs.push(cliprdrViolation("peer", "too-many-requests"));
  if (serving.owed < options.maxWanted) return withServing(state, { owed: serving.owed + 1 });
  // A failure goes out only after the answers before it: so that they do not pile up, none is waited for any more.
  const failed = failData(state, "flooded", outputs);
  outputs.push(dataAnswer(undefined));
  return failed;
}

function handOver(state: CliprdrState, formatId: number, now: number, outputs: Outputs): CliprdrState {
  const { nextRequestId: requestId, offer } = state.serving;
  outputs.push({ type: "wanted", requestId, offerId: offer.offerId, formatId });
  const deadline = now + state.options.provideTimeout;
  return withServing(state, { data: { requestId, formatId, deadline }, nextRequestId: requestId + 1 });
}

/** The next that is wanted, after the first was answered. */
function next(state: CliprdrState, now: number, outputs: Outputs): CliprdrState {
  const { queued, owed } = state.serving;
  for (const [index, formatId] of queued.entries()) {
    if (formatId !== undefined)
      return handOver(withServing(state, { queued: queued.slice(index + 1) }), formatId, now, outputs);
    outputs.push(dataAnswer(undefined));
  }
  for (let count = 0; count < owed; count++) outputs.push(dataAnswer(undefined));
  return withServing(state, { data: undefined, queued: [], owed: 0 });
}

/** The application's answer: [MS-RDPECLIP] 3.1.5.4.3. */
export function provideData(
  state: CliprdrState,
  { requestId, data, now }: { readonly requestId: number; readonly data: Uint8Array | undefined; readonly now: number },
  outputs: Outputs,
): CliprdrState {
  const wanted = state.serving.data;
  if (wanted?.requestId !== requestId) {
    outputs.push(cliprdrViolation("local", "not-wanted"));
    return state;
  }
  outputs.push(dataAnswer(data));
  return next(data === undefined ? state : withListed(state, wanted.formatId), now, outputs);
}

/** Notes that the peer now knows the numbers of the files. */
function withListed(state: CliprdrState, formatId: number): CliprdrState {
  const { offer } = state.serving;
  const isList = offer.formats.some((format) => format.formatId === formatId && isFileList(format));
  return isList && !offer.listed ? withServing(state, { offer: { ...offer, listed: true } }) : state;
}

/** All that the peer wants of the newest offer fails. */
export function failData(state: CliprdrState, reason: CliprdrCancel, outputs: Outputs): CliprdrState {
  const { data, queued, owed } = state.serving;
  if (data === undefined) return state;
  outputs.push({ type: "cancelled", requestId: data.requestId, reason });
  for (let count = 0; count < 1 + queued.length + owed; count++) outputs.push(dataAnswer(undefined));
  return withServing(state, { data: undefined, queued: [], owed: 0 });
}

/** What the application did not provide in time fails. */
export function expireData(state: CliprdrState, now: number, outputs: Outputs): CliprdrState {
  const { data } = state.serving;
  if (data === undefined || data.deadline > now) return state;
  outputs.push({ type: "cancelled", requestId: data.requestId, reason: "timed-out" }, dataAnswer(undefined));
  return next(state, now, outputs);
}
