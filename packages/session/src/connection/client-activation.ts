import type { DemandActive } from "@railvail/transport";
import { capabilityOf, withCapabilities } from "./capability-list.js";
import { clientCapabilities } from "./client-capabilities.js";
import type { ClientOutput, ClientState, ClientStep } from "./client-state.js";
import { control, cooperate, fontList, requestControl, synchronize, type ShareSender } from "./share-values.js";
import { chunkSizeOf, serverChannelId } from "./shared-state.js";
import { send } from "./vocabulary.js";

export const clientShare = ({ shareId, userId }: ClientState): ShareSender => ({ pduSource: userId, shareId });

/** What the client's Confirm Active states. */
export function statedCapabilities({ settings }: ClientState) {
  const { desktop, rail, core } = settings;
  const defaults = clientCapabilities({
    desktopWidth: desktop.width,
    desktopHeight: desktop.height,
    rail,
    keyboardLayout: core.keyboardLayout ?? 0x409,
    keyboardType: core.keyboardType ?? 4,
  });
  return withCapabilities(defaults, settings.capabilities);
}

/** [MS-RDPBCGR] 3.2.5.3.13 to 3.2.5.3.18: the answer, and all that follows it without waiting. */
export function demanded(state: ClientState, { shareId, combinedCapabilities }: DemandActive): ClientStep {
  const peerCapabilities = combinedCapabilities.capabilitySets.map(({ capability }) => capability);
  const chunkSize = chunkSizeOf(capabilityOf(peerCapabilities, "virtualChannel")?.vcChunkSize);
  const next: ClientState = { ...state, phase: "finalization", shareId, peerCapabilities, chunkSize };
  const from = clientShare(next);
  const confirm = send("confirmActive", {
    ...from,
    originatorId: serverChannelId,
    sourceDescriptor: "MSTSC\0",
    combinedCapabilities: { capabilitySets: statedCapabilities(next).map((capability) => ({ capability })) },
  });
  const outputs: ClientOutput[] = [
    { type: "capabilities", capabilities: peerCapabilities },
    confirm,
    synchronize(from, serverChannelId),
    control(from, cooperate),
    control(from, requestControl),
    fontList(from),
  ];
  return { state: next, outputs };
}
