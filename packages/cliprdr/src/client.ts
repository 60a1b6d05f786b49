import type { Step } from "@railvail/wire";
import type { CliprdrInput, CliprdrOutput } from "./cliprdr-events.js";
import { cliprdrSend } from "./cliprdr-machine.js";
import type { CliprdrOptions } from "./cliprdr-options.js";
import { cliprdrState, type CliprdrState } from "./cliprdr-state.js";
import { stepCliprdr, type CliprdrRole } from "./cliprdr-step.js";
import { becomeReady, ownCaps, restart } from "./life-cycle.js";
import { sendList } from "./offers.js";

/** [MS-RDPECLIP] 1.3.2.1: the client waits for the server, then says what it can do and what it offers. */
const clientRole: CliprdrRole = {
  own: "tempDirectory",
  early: ["clipCaps", "monitorReady"],
  readyByList: false,
  opened: (state) => state,
  monitorReady(state, outputs) {
    const begun = state.phase === "ready" ? restart(state, outputs) : state;
    outputs.push(ownCaps(begun));
    const { tempDirectory: wszTempDir } = begun.options;
    if (wszTempDir !== undefined)
      outputs.push(cliprdrSend({ message: "tempDirectory", value: { msgFlags: 0, wszTempDir } }));
    // Servers wait for this list, be it empty, before they offer anything.
    return sendList(becomeReady(begun, outputs), outputs);
  },
};

/** The client's end before the channel is open. */
export const cliprdrClient = (options: Partial<CliprdrOptions> = {}): CliprdrState => cliprdrState(options);

/** The client's next state: [MS-RDPECLIP] 3.1 and 3.2. */
export const stepCliprdrClient = (state: CliprdrState, input: CliprdrInput): Step<CliprdrState, CliprdrOutput> =>
  stepCliprdr(clientRole, state, input);
