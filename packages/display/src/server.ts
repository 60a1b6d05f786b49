import type { Step } from "@railvail/wire";
import { match } from "ts-pattern";
import { displayViolation, type DisplayMessage, type DisplaySend, type DisplayViolation } from "./display-machine.js";
import { layoutRules, layoutViolations } from "./layout-violations.js";
import type { DisplayCaps } from "./pdu/display-caps.js";
import type { MonitorDefinition } from "./pdu/monitor-layout.js";

/** The server's end of the channel: it states its limits, and gets the layouts that obey them. */
export interface DisplayServerState {
  readonly channel: "closed" | "open";
  readonly caps: DisplayCaps;
}

export type DisplayServerInput =
  | { readonly type: "opened" }
  | { readonly type: "closed" }
  | { readonly type: "received"; readonly message: DisplayMessage };

export type DisplayServerOutput =
  | DisplaySend
  /** The client's monitors are now these. Fields that the specification says to ignore may be among them. */
  | { readonly type: "layout"; readonly monitors: readonly MonitorDefinition[] }
  | DisplayViolation;

type ServerStep = Step<DisplayServerState, DisplayServerOutput>;

/** What WSLg states: 16 monitors of 8192 times 8192 pixels. */
const usualCaps: DisplayCaps = { maxNumMonitors: 16, maxMonitorAreaFactorA: 8192, maxMonitorAreaFactorB: 8192 };

/** The server before the channel is open. */
export const displayServer = (caps: DisplayCaps = usualCaps): DisplayServerState => ({ channel: "closed", caps });

/** [MS-RDPEDISP] 3.2. A layout that is void is reported, and the one before stays. */
export function stepDisplayServer(state: DisplayServerState, input: DisplayServerInput): ServerStep {
  return match<DisplayServerInput, ServerStep>(input)
    .with({ type: "opened" }, () => ({
      state: { ...state, channel: "open" },
      outputs: [{ type: "send", message: { message: "displayCaps", value: state.caps } }],
    }))
    .with({ type: "closed" }, () => ({ state: { ...state, channel: "closed" }, outputs: [] }))
    .with({ type: "received" }, ({ message }) => ({ state, outputs: received(state, message) }))
    .exhaustive();
}

function received(state: DisplayServerState, message: DisplayMessage): DisplayServerOutput[] {
  if (state.channel === "closed") return [displayViolation("peer", "not-open")];
  if (message.message === "displayCaps") return [displayViolation("peer", "wrong-direction")];
  const { monitors } = message.value;
  const broken = layoutViolations(monitors, state.caps);
  const isVoid = broken.some(({ rule }) => layoutRules[rule].voids === "layout");
  return isVoid ? [displayViolation("peer", "layout-void", broken)] : [{ type: "layout", monitors }];
}
