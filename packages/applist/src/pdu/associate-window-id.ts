import { flag, flags, pdu, u32, when, type Infer } from "@railvail/wire";
import { AppFlags } from "./app-flags.js";
import { MessageId, messageHeader, text } from "./header.js";

/**
 * Says to which application a RAIL window belongs, so that the client can group and pin it. Needs
 * version 4. `appWindowId` is always on the wire; the client wants the bit `windowId` in `flags`
 * all the same, and the id. Server to client.
 */
export const AssociateWindowId = pdu(
  "RDPAPPLIST_ASSOCIATE_WINDOW_ID_PDU",
  "[WSLG-APPLIST] ASSOCIATE_WINDOW_ID",
  {
    ...messageHeader(MessageId.associateWindowId),
    flags: flags(u32, AppFlags),
    appWindowId: u32,
    appId: when(flag("flags", AppFlags.id), text()),
    appGroup: when(flag("flags", AppFlags.group), text()),
    appExecPath: when(flag("flags", AppFlags.execPath), text()),
    appDesc: when(flag("flags", AppFlags.desc), text()),
  },
  { sentBy: "server" },
);
export type AssociateWindowId = Infer<typeof AssociateWindowId>;
