import { pdu, type Infer } from "@railvail/wire";
import { channelHeader, DynamicCommand, spare } from "./drdynvc-header.js";

/** Closes a dynamic channel, or answers that it is closed. Sent by both sides. */
export const Close = pdu("DYNVC_CLOSE", "[MS-RDPEDYC] 2.2.4", channelHeader(DynamicCommand.close, spare));
export type Close = Infer<typeof Close>;
