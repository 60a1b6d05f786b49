import type { Step } from "@railvail/wire";
import { match } from "ts-pattern";
import { displayViolation, type DisplayMessage, type DisplaySend, type DisplayViolation } from "./display-machine.js";
import { layoutRules, layoutViolations } from "./layout-violations.js";
import type { DisplayCaps } from "./pdu/display-caps.js";
import type { MonitorDefinition } from "./pdu/monitor-layout.js";

/** The client's end of the channel: it sends the layout of its monitors, once it knows the limits. */
export interface DisplayClientState {
  readonly channel: "closed" | "open";
  /** What the server can show, once it has said so. */
  readonly caps: DisplayCaps | undefined;
  /** The latest layout that waits for the limits. */
  readonly waiting: readonly MonitorDefinition[] | undefined;
}

export type DisplayClientInput =
  | { readonly type: "opened" }
  | { readonly type: "closed" }
  | { readonly type: "received"; readonly message: DisplayMessage }
  /** The monitors are now these; before the limits are known only the latest layout is kept. */
  | { readonly type: "setLayout"; readonly monitors: readonly MonitorDefinition[] };

export type DisplayClientOutput =
  | DisplaySend
  | { readonly type: "caps"; readonly caps: DisplayCaps }
  | DisplayViolation;

type ClientStep = Step<DisplayClientState, DisplayClientOutput>;

/** The client before the channel is open. */
export const displayClient = (): DisplayClientState => ({ channel: "closed", caps: undefined, waiting: undefined });

/** [MS-RDPEDISP] 3.1. A layout that the server would have to ignore is not sent. */
export function stepDisplayClient(state: DisplayClientState, input: DisplayClientInput): ClientStep {
  return match<DisplayClientInput, ClientStep>(input)
    .with({ type: "opened" }, () => ({ state: { ...state, channel: "open" }, outputs: [] }))
    .with({ type: "closed" }, () => ({ state: displayClient(), outputs: [] }))
    .with({ type: "received" }, ({ message }) => received(state, message))
    .with({ type: "setLayout" }, ({ monitors }) => setLayout(state, monitors))
    .exhaustive();
}

function received(state: DisplayClientState, message: DisplayMessage): ClientStep {
  if (state.channel === "closed") return { state, outputs: [displayViolation("peer", "not-open")] };
  if (message.message === "monitorLayout") return { state, outputs: [displayViolation("peer", "wrong-direction")] };
  const caps = message.value;
  const outputs: DisplayClientOutput[] = [{ type: "caps", caps }];
  if (state.caps !== undefined) outputs.push(displayViolation("peer", "caps-again"));
  if (state.waiting !== undefined) outputs.push(sent(state.waiting, caps));
  return { state: { ...state, caps, waiting: undefined }, outputs };
}

function setLayout(state: DisplayClientState, monitors: readonly MonitorDefinition[]): ClientStep {
  if (state.channel === "closed") return { state, outputs: [displayViolation("local", "not-open")] };
  if (state.caps === undefined) return { state: { ...state, waiting: monitors }, outputs: [] };
  return { state, outputs: [sent(monitors, state.caps)] };
}

function sent(monitors: readonly MonitorDefinition[], caps: DisplayCaps): DisplayClientOutput {
  const broken = layoutViolations(monitors, caps);
  if (broken.some(({ rule }) => layoutRules[rule].voids === "layout"))
    return displayViolation("local", "layout-void", broken);
  return { type: "send", message: { message: "monitorLayout", value: { monitors: [...monitors] } } };
}
