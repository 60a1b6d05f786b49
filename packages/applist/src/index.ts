export { appKey, desktopWindowId, isProviderId, isProviderName, type App, type AppLimits } from "./app.js";
export {
  applistRules,
  applistVocabulary,
  type ApplistMessage,
  type ApplistRule,
  type ApplistSend,
  type ApplistViolation,
} from "./applist-machine.js";
export { stepApplistClient, type ApplistClientInput } from "./client.js";
export {
  applistClient,
  listedApps,
  type ApplistClientOptions,
  type ApplistClientOutput,
  type ApplistClientState,
  type ListedApp,
  type Provider,
} from "./client-state.js";
export { iconOf, iconPixels, type IconPixels } from "./icon.js";
export { applistChannel, applistMessageLength, applistMessages } from "./messages.js";
export { AppFlags } from "./pdu/app-flags.js";
export { AssociateWindowId } from "./pdu/associate-window-id.js";
export { channelVersion, ClientCaps, ServerCaps } from "./pdu/capabilities.js";
export { DeleteAppList, DeleteAppListProvider } from "./pdu/delete-app-list.js";
export { MessageId, stringByteLimit } from "./pdu/header.js";
export { IconFormat, UpdateAppList, type AppIcon } from "./pdu/update-app-list.js";
export { emptyListApp } from "./server-list.js";
export { stepApplistServer, type ApplistServerCommand, type ApplistServerInput } from "./server.js";
export {
  applistServer,
  type ApplistServerOptions,
  type ApplistServerOutput,
  type ApplistServerState,
  type AssociateWindowCommand,
} from "./server-state.js";
