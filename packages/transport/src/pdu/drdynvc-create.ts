import { bits, i32, latin1, nul, pdu, type Infer } from "@railvail/wire";
import { channelHeader, DynamicCommand, spare } from "./drdynvc-header.js";

/**
 * Asks to open a dynamic channel on a listener of the client. Server to client. `priority` is the
 * class 0 to 3 and means something from version 2 on; `channelName` is ANSI text.
 */
export const CreateRequest = pdu(
  "DYNVC_CREATE_REQ",
  "[MS-RDPEDYC] 2.2.2.1",
  {
    ...channelHeader(DynamicCommand.create, { priority: bits("header", 2, 2) }),
    channelName: latin1(nul),
  },
  { sentBy: "server" },
);
export type CreateRequest = Infer<typeof CreateRequest>;

/** Answers {@link CreateRequest}. Client to server. A negative `creationStatus` refuses. */
export const CreateResponse = pdu(
  "DYNVC_CREATE_RSP",
  "[MS-RDPEDYC] 2.2.2.2",
  { ...channelHeader(DynamicCommand.create, spare), creationStatus: i32 },
  { sentBy: "client" },
);
export type CreateResponse = Infer<typeof CreateResponse>;
