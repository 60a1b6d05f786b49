import { outcomeOf } from "./answers.js";
import type { CliprdrCommand, Outputs } from "./cliprdr-events.js";
import { cliprdrSend, cliprdrViolation } from "./cliprdr-machine.js";
import { withAsking, type CliprdrState } from "./cliprdr-state.js";
import type { FormatDataResponse } from "./pdu/format-data.js";
import { launch, queue, withoutFlight } from "./request-lane.js";

/** Asks for data of the peer's offer: [MS-RDPECLIP] 3.1.5.4.1. Requests go out in the order of the calls. */
export function askData(state: CliprdrState, command: CliprdrCommand<"request">, outputs: Outputs): CliprdrState {
  const { requestId, formatId, limit = state.options.maxDataSize, now } = command;
  const { offered, data } = state.asking;
  if (!offered?.some((format) => format.formatId === formatId)) {
    outputs.push({ type: "failed", requestId, reason: "not-offered" });
    return state;
  }
  const { dataInFlight, maxQueued } = state.options;
  if (data.flying.length >= dataInFlight && data.queued.length >= maxQueued) {
    outputs.push(cliprdrViolation("local", "too-many-requests"), { type: "failed", requestId, reason: "queue-full" });
    return state;
  }
  return sendData(withAsking(state, { data: queue(data, { requestId, formatId, limit }) }), now, outputs);
}

/** Sends what waited for its turn. */
export function sendData(state: CliprdrState, now: number, outputs: Outputs): CliprdrState {
  const { lane, asks } = launch(state.asking.data, state.options.dataInFlight, state.options, now);
  for (const { formatId: requestedFormatId } of asks)
    outputs.push(cliprdrSend({ message: "formatDataRequest", value: { msgFlags: 0, requestedFormatId } }));
  return asks.length === 0 ? state : withAsking(state, { data: lane });
}

/**
 * [MS-RDPECLIP] 3.1.5.4.4. Answers have no number: each is to the oldest request without one.
 * Undefined is an answer that could not be read.
 */
export function dataAnswered(
  state: CliprdrState,
  answer: FormatDataResponse | undefined,
  now: number,
  outputs: Outputs,
): CliprdrState {
  const { data: lane } = state.asking;
  const [flight] = lane.flying;
  if (flight === undefined) {
    outputs.push(cliprdrViolation("peer", "unasked-answer"));
    return state;
  }
  const { requestId, limit } = flight.ask;
  const data = answer?.requestedFormatData;
  const size = data?.length ?? 0;
  const { ok, rule } = outcomeOf(answer?.msgFlags ?? 0);
  if (answer !== undefined && rule !== undefined) outputs.push(cliprdrViolation("peer", rule));
  if (flight.over) outputs.push({ type: "late", requestId, size });
  else if (data === undefined) outputs.push({ type: "failed", requestId, reason: "malformed" });
  else if (!ok) outputs.push({ type: "failed", requestId, reason: "refused" });
  else if (size > limit) outputs.push({ type: "failed", requestId, reason: "too-large", size });
  else outputs.push({ type: "received", requestId, data });
  return sendData(withAsking(state, { data: withoutFlight(lane, flight) }), now, outputs);
}
