export type { ByteOutput, Role, Told } from "./byte-output.js";
export { capabilityOf, withCapabilities, type ClientCapability, type ServerCapability } from "./capability-list.js";
export type { ConnectionLimits } from "./channel-receiver.js";
export { clientCapabilities, type ClientCapabilityChoices } from "./client-capabilities.js";
export { ClientConnection, type ClientConnectionOutput, type UpdateReceived } from "./client-connection.js";
export { stepClient } from "./client-sequence.js";
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
} from "./client-state.js";
export type { CommonOutput, SequenceInput } from "./common-output.js";
export { Connection } from "./connection.js";

export { FrameSplitter, type TakeFrame } from "./frame-splitter.js";
export { connectionRules, type ConnectionRule, type ConnectionViolation } from "./rules.js";
export { serverCapabilities, type ServerCapabilityChoices } from "./server-capabilities.js";
export { ServerConnection, type InputReceived, type ServerConnectionOutput } from "./server-connection.js";
export { stepServer } from "./server-sequence.js";
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
} from "./server-state.js";
export type { ShareBody, ShareDataHeader } from "./share-values.js";
export { channelsOpen, type Phase, type SharedState, type StaticChannel } from "./shared-state.js";
export {
  connectionPdus,
  type Carriage,
  type ConnectionMessage,
  type ConnectionMessageName,
  type ConnectionSend,
} from "./vocabulary.js";
