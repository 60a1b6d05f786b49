export type { ByteOutput, Role, Told } from "./connection/byte-output.js";
export { capabilityOf, withCapabilities, type ClientCapability, type ServerCapability } from "./connection/capability-list.js";
export type { ConnectionLimits } from "./connection/channel-receiver.js";
export { clientCapabilities, type ClientCapabilityChoices } from "./connection/client-capabilities.js";
export { ClientConnection, type ClientConnectionOutput, type UpdateReceived } from "./connection/client-connection.js";
export { stepClient } from "./connection/client-sequence.js";
export {
  clientStart,
  defaultClientSettings,
  type ClientCommand,
  type ClientEvent,
  type ClientInput,
  type ClientOutput,
  type ClientSettings,
  type ClientState,
  type ClientStep,
  type ServerBlock,
} from "./connection/client-state.js";
export type { CommonOutput, SequenceInput } from "./connection/common-output.js";
export { Connection } from "./connection/connection.js";

export { FrameSplitter, type TakeFrame } from "./connection/frame-splitter.js";
export { connectionRules, type ConnectionRule, type ConnectionViolation } from "./connection/rules.js";
export { serverCapabilities, type ServerCapabilityChoices } from "./connection/server-capabilities.js";
export { ServerConnection, type InputReceived, type ServerConnectionOutput } from "./connection/server-connection.js";
export { stepServer } from "./connection/server-sequence.js";
export {
  defaultServerSettings,
  serverStart,
  type ClientBlock,
  type ServerCommand,
  type ServerEvent,
  type ServerInput,
  type ServerOutput,
  type ServerSettings,
  type ServerState,
  type ServerStep,
} from "./connection/server-state.js";
export type { ShareBody, ShareDataHeader } from "./connection/share-values.js";
export { channelsOpen, type Phase, type SharedState, type StaticChannel } from "./connection/shared-state.js";
export {
  connectionPdus,
  type Carriage,
  type ConnectionMessage,
  type ConnectionMessageName,
  type ConnectionSend,
} from "./connection/vocabulary.js";
