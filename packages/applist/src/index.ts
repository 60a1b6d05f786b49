export { iconOf, iconPixels, type IconPixels } from "./icon.js";
export { applistMessageLength } from "./message-length.js";
export { applistChannel, applistMessages } from "./messages.js";
export { AppFlags } from "./pdu/app-flags.js";
export { AssociateWindowId } from "./pdu/associate-window-id.js";
export { channelVersion, ClientCaps, ServerCaps } from "./pdu/capabilities.js";
export { DeleteAppList, DeleteAppListProvider } from "./pdu/delete-app-list.js";
export { MessageId, stringByteLimit } from "./pdu/header.js";
export { IconFormat, UpdateAppList, type AppIcon } from "./pdu/update-app-list.js";
