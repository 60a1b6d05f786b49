import { Family } from "@railvail/wire";
import { CapabilitiesRequest, CapabilitiesResponse } from "./drdynvc-capabilities.js";
import { Close } from "./drdynvc-close.js";
import { CreateRequest, CreateResponse } from "./drdynvc-create.js";
import { Data, DataCompressed, DataFirst, DataFirstCompressed } from "./drdynvc-data.js";
import { SoftSyncRequest, SoftSyncResponse } from "./drdynvc-soft-sync.js";

/** The messages of the static channel `drdynvc`, told apart by their command and sender. */
export const dynamicChannelPdus = new Family("drdynvc", "cmd", [
  CapabilitiesRequest,
  CapabilitiesResponse,
  CreateRequest,
  CreateResponse,
  DataFirst,
  Data,
  Close,
  DataFirstCompressed,
  DataCompressed,
  SoftSyncRequest,
  SoftSyncResponse,
]);
