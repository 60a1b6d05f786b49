import type { Step } from "@railvail/wire";
import type { CliprdrInput, CliprdrOutput } from "./cliprdr-events.js";
import { cliprdrSend } from "./cliprdr-machine.js";
import type { CliprdrOptions } from "./cliprdr-options.js";
import { cliprdrState, type CliprdrState } from "./cliprdr-state.js";
import { stepCliprdr, type CliprdrRole } from "./cliprdr-step.js";
import { ownCaps } from "./life-cycle.js";

/** [MS-RDPECLIP] 1.3.2.1: the server begins, and is ready with the client's first format list. */
const serverRole: CliprdrRole = {
  own: "monitorReady",
  early: ["clipCaps", "tempDirectory", "formatListShort", "formatListLong"],
  readyByList: true,
  opened(state, outputs) {
    outputs.push(ownCaps(state), cliprdrSend({ message: "monitorReady", value: { msgFlags: 0 } }));
    return state;
  },
  monitorReady: (state) => state,
};

/** The server's end before the channel is open. */
export const cliprdrServer = (options: Partial<CliprdrOptions> = {}): CliprdrState => cliprdrState(options);

/** The server's next state: [MS-RDPECLIP] 3.1 and 3.3. */
export const stepCliprdrServer = (state: CliprdrState, input: CliprdrInput): Step<CliprdrState, CliprdrOutput> =>
  stepCliprdr(serverRole, state, input);
