import {
  CapabilitiesRequest,
  CapabilitiesResponse,
  CreateRequest,
  CreateResponse,
  SoftSyncRequest,
  SoftSyncResponse,
} from "@railvail/transport";
import { by, type Pair } from "./pair.js";

/** The management of dynamic channels, [MS-RDPEDYC]. */
export const dynamicChannelPairs: readonly Pair[] = [
  { kind: "dynamic channels", first: [by(CapabilitiesRequest)], second: [by(CapabilitiesResponse)] },
  {
    kind: "channel creation",
    first: [by(CreateRequest, ({ channelId }) => channelId)],
    second: [by(CreateResponse, ({ channelId }) => channelId)],
  },
  { kind: "soft sync", first: [by(SoftSyncRequest)], second: [by(SoftSyncResponse)] },
];
