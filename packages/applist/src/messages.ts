import { Family, lengthInHeader } from "@railvail/wire";
import { AssociateWindowId } from "./pdu/associate-window-id.js";
import { ClientCaps, ServerCaps } from "./pdu/capabilities.js";
import { DeleteAppList, DeleteAppListProvider } from "./pdu/delete-app-list.js";
import { UpdateAppList } from "./pdu/update-app-list.js";

/** The name of the dynamic channel. */
export const applistChannel = "Microsoft::Windows::RDS::RemoteApplicationList";

/** The messages of the channel; number 1 has another form from each side. */
export const applistMessages = new Family("applist message", "cmdId", [
  ServerCaps,
  ClientCaps,
  UpdateAppList,
  DeleteAppList,
  DeleteAppListProvider,
  AssociateWindowId,
]);

/** Bytes of the message that starts at an offset; see `lengthInHeader`. */
export const applistMessageLength = lengthInHeader;
