import { flag, flags, pdu, u32, when, type Infer } from "@railvail/wire";
import { AppFlags } from "./app-flags.js";
import { MessageId, messageHeader, text } from "./header.js";

/** Removes an application. The client wants the id. Server to client. */
export const DeleteAppList = pdu(
  "RDPAPPLIST_DELETE_APPLIST_PDU",
  "[WSLG-APPLIST] DELETE_APPLIST",
  {
    ...messageHeader(MessageId.deleteAppList),
    flags: flags(u32, AppFlags),
    appId: when(flag("flags", AppFlags.id), text()),
    appGroup: when(flag("flags", AppFlags.group), text()),
  },
  { sentBy: "server" },
);
export type DeleteAppList = Infer<typeof DeleteAppList>;

/** Removes a provider with all its applications, when the server stops. Server to client. */
export const DeleteAppListProvider = pdu(
  "RDPAPPLIST_DELETE_APPLIST_PROVIDER_PDU",
  "[WSLG-APPLIST] DELETE_APPLIST_PROVIDER",
  {
    ...messageHeader(MessageId.deleteAppListProvider),
    flags: flags(u32, AppFlags),
    appListProviderName: when(flag("flags", AppFlags.provider), text()),
  },
  { sentBy: "server" },
);
export type DeleteAppListProvider = Infer<typeof DeleteAppListProvider>;
