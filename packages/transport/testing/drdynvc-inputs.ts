/** Histories of one end of `drdynvc`, and messages that arrive. */
import {
  drdynvcClient,
  drdynvcServer,
  stepDrdynvcClient,
  stepDrdynvcServer,
  type DrdynvcClientInput,
  type DrdynvcClientOptions,
  type DrdynvcServerInput,
  type DrdynvcServerOptions,
} from "../src/index.js";
import { received } from "./drdynvc-pair.js";

export function serverAfter(inputs: readonly DrdynvcServerInput[], options: Partial<DrdynvcServerOptions> = {}) {
  let step: ReturnType<typeof stepDrdynvcServer> = { state: drdynvcServer(options), outputs: [] };
  for (const input of inputs) step = stepDrdynvcServer(step.state, input);
  return step;
}

export function clientAfter(inputs: readonly DrdynvcClientInput[], options: Partial<DrdynvcClientOptions> = {}) {
  let step: ReturnType<typeof stepDrdynvcClient> = { state: drdynvcClient(options), outputs: [] };
  for (const input of inputs) step = stepDrdynvcClient(step.state, input);
  return step;
}

const noBytes = new Uint8Array(0);
export const data = (channelId: number) => received("data", { sp: 0, channelId, data: noBytes });
export const squeezed = (channelId: number) => received("dataCompressed", { sp: 0, channelId, data: noBytes });
export const close = (channelId: number) => received("close", { sp: 0, channelId });
export const response = (channelId: number, creationStatus = 0) =>
  received("createResponse", { sp: 0, channelId, creationStatus });
export const request = (channelId: number, channelName = "one", priority = 0) =>
  received("createRequest", { channelId, channelName, priority });
export const answer = (version: number) => received("capabilitiesResponse", { cbId: 0, sp: 0, version });
const charges = { priorityCharge0: 1, priorityCharge1: 2, priorityCharge2: 3, priorityCharge3: 4 };
export const offer = (version: number) =>
  received("capabilitiesRequest", { cbId: 0, sp: 0, version, ...(version > 1 ? { priorityCharges: charges } : {}) });

export const create: DrdynvcServerInput = { type: "create", name: "one" };
export const opened: DrdynvcServerInput = { type: "opened", now: 0 };
export const ready: DrdynvcServerInput[] = [opened, answer(3)];
export const open: DrdynvcServerInput[] = [...ready, create, response(1)];
export const silent: DrdynvcServerInput[] = [opened, { type: "tick", now: 10_000 }];
export const started: DrdynvcClientInput[] = [{ type: "opened" }, offer(3)];
export const listening = { listeners: ["one"] };
