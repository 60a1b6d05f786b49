import {
  ClientAnnounceReply,
  ClientCoreCapability,
  DeviceIoCompletion,
  DeviceIoRequest,
  ServerAnnounce,
  ServerClientIdConfirm,
  ServerCoreCapability,
} from "@railvail/rdpdr";
import { by, type Pair } from "./pair.js";

/** Redirected devices, [MS-RDPEFS] 3.1.3; a device may answer in another order, or much later. */
export const devicePairs: readonly Pair[] = [
  { kind: "device announcement", first: [by(ServerAnnounce)], second: [by(ClientAnnounceReply)] },
  {
    kind: "device client",
    first: [by(ClientAnnounceReply, ({ clientId }) => clientId)],
    second: [by(ServerClientIdConfirm, ({ clientId }) => clientId)],
  },
  { kind: "device capabilities", first: [by(ServerCoreCapability)], second: [by(ClientCoreCapability)] },
  {
    kind: "device request",
    first: [by(DeviceIoRequest, ({ deviceId, completionId }) => `${deviceId} ${completionId}`)],
    second: [by(DeviceIoCompletion, ({ deviceId, completionId }) => `${deviceId} ${completionId}`)],
  },
];
