import { displayTitle } from "./display-title.js";
import { isStartable } from "./rail-announcements.js";
import type { ClientStart, RailClientOutput, RailClientState } from "./rail-client-state.js";
import { railSend, railViolation, type RailRule, type RailValue } from "./rail-machine.js";

type State = RailClientState;
type Outputs = RailClientOutput[];

/** Starts a program, now or once the handshake is done. `id` is the application's own. */
export interface ExecCommand {
  readonly type: "exec";
  readonly id: number;
  readonly exec: RailValue<"exec">;
  readonly now: number;
}

export function exec(state: State, { id, exec: start, now }: ExecCommand, outputs: Outputs): State {
  const refuse = (rule: RailRule): State => {
    outputs.push(railViolation("local", rule));
    return state;
  };
  if (state.phase === "closed") return refuse("not-open");
  if (!isStartable(start)) return refuse("exec-text");
  if (state.execs.some((each) => each.id === id) || state.lateExecs.some((each) => each.id === id))
    return refuse("exec-id-in-use");
  if (state.execs.length >= state.options.maxExecs) return refuse("too-many-execs");
  const waiting = { id, exec: start, until: undefined };
  return { ...state, execs: [...state.execs, state.phase === "open" ? sent(state, waiting, now, outputs) : waiting] };
}

function sent({ options }: State, start: ClientStart, now: number, outputs: Outputs): ClientStart {
  outputs.push(railSend("exec", start.exec));
  return { ...start, until: now + options.execTimeout };
}

/** Sends what waited for the handshake. */
export const sendWaiting = (state: State, now: number, outputs: Outputs): State => ({
  ...state,
  execs: state.execs.map((start) => sent(state, start, now, outputs)),
});

/**
 * Gives up the starts whose time has come, and forgets those given up before. A result that never comes would
 * otherwise shift all later ones by one start.
 */
export function expire(state: State, now: number, outputs: Outputs): State {
  const isOver = ({ until }: ClientStart): boolean => until !== undefined && until <= now;
  const over = state.execs.filter(isOver);
  const young = state.lateExecs.filter((start) => !isOver(start));
  if (over.length === 0 && young.length === state.lateExecs.length) return state;
  for (const { id } of over) outputs.push({ type: "execSilent", id });
  const { execTimeout, maxLateExecs } = state.options;
  const late = [...young, ...over.map((start) => ({ ...start, until: now + execTimeout }))];
  const surplus = Math.max(0, late.length - maxLateExecs);
  if (surplus > 0) outputs.push(railViolation("local", "results-forgotten"));
  return { ...state, execs: state.execs.filter((start) => !isOver(start)), lateExecs: late.slice(surplus) };
}

/** Says of each start that waits that nothing will come. */
export function cutStarts({ execs }: State, outputs: Outputs): void {
  for (const { id } of execs) outputs.push({ type: "execCut", id });
}

/**
 * The start that a result belongs to: flags and name are all there is to tell, [MS-RDPERP] 2.2.2.3.2,
 * so of equal ones the oldest, one that was given up before one that waits: servers answer in order. WSLg's server
 * puts a NUL behind the name.
 */
function matching(
  starts: readonly ClientStart[],
  { flags, exeOrFile }: RailValue<"execResult">,
): ClientStart | undefined {
  const name = displayTitle(exeOrFile);
  return starts.find(
    ({ exec: start, until }) => until !== undefined && start.flags === flags && displayTitle(start.exeOrFile) === name,
  );
}

export function execResult(state: State, value: RailValue<"execResult">, outputs: Outputs): State {
  const { execResult: result, rawResult } = value;
  const late = matching(state.lateExecs, value);
  const start = late ?? matching(state.execs, value);
  if (start === undefined) {
    outputs.push(railViolation("peer", "exec-unmatched"), { type: "execResult", value });
    return state;
  }
  outputs.push({ type: "execEnded", id: start.id, execResult: result, rawResult, late: late !== undefined });
  return {
    ...state,
    execs: state.execs.filter((each) => each !== start),
    lateExecs: state.lateExecs.filter((each) => each !== start),
  };
}
