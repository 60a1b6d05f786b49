import { sendData } from "./asked-data.js";
import { sendFiles } from "./asked-files.js";
import { reportFailed, type Outputs } from "./cliprdr-events.js";
import { withAsking, type CliprdrState } from "./cliprdr-state.js";
import { expireLists } from "./offers.js";
import { expire, laneWake } from "./request-lane.js";
import { expireData } from "./wanted-data.js";
import { failFiles } from "./wanted-files.js";

/** When something happens without an input. */
export function nextWake({ asking, serving }: CliprdrState): number | undefined {
  const wanted = [serving.data, ...serving.files].map((each) => each?.deadline ?? Infinity);
  const at = Math.min(laneWake(asking.data), laneWake(asking.files), serving.listDeadline ?? Infinity, ...wanted);
  return at === Infinity ? undefined : at;
}

/** What has waited too long fails, on either side, and what waited behind it takes its place. */
export function passTime(state: CliprdrState, now: number, outputs: Outputs): CliprdrState {
  const data = expire(state.asking.data, now);
  const files = expire(state.asking.files, now);
  reportFailed([...data.asks, ...files.asks], "timed-out", outputs);
  const isSame = data.lane === state.asking.data && files.lane === state.asking.files;
  const asked = isSame ? state : withAsking(state, { data: data.lane, files: files.lane });
  const sent = sendFiles(sendData(asked, now, outputs), now, outputs);
  const provided = expireLists(expireData(sent, now, outputs), now, outputs);
  return failFiles(provided, ({ deadline }) => deadline <= now, "timed-out", outputs);
}
