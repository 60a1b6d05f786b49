export {
  displayClient,
  stepDisplayClient,
  type DisplayClientInput,
  type DisplayClientOutput,
  type DisplayClientState,
} from "./client.js";
export { clientMonitor, desktopBox, mouseToClient, type ClientMonitor, type Point } from "./client-monitor.js";
export {
  displayRules,
  displayVocabulary,
  type DisplayMessage,
  type DisplayRule,
  type DisplaySend,
  type DisplayViolation,
} from "./display-machine.js";
export { displayChannel, displayMessageLength, displayMessages } from "./display-messages.js";
export { placeOutputs, toClient, toLogical, type LogicalPoint, type Output } from "./exact-layout.js";
export { layoutRules, layoutViolations, type LayoutRule, type LayoutViolation } from "./layout-violations.js";
export type { Scaling } from "./monitor-scale.js";
export { DisplayCaps } from "./pdu/display-caps.js";
export { DisplayMessageType } from "./pdu/display-header.js";
export { MonitorFlags, MonitorLayout, MonitorOrientation, type MonitorDefinition } from "./pdu/monitor-layout.js";
export { floorOf, numberOf, ratio, type Ratio } from "./ratio.js";
export {
  placeOutputsLikeWslg,
  toClientLikeWslg,
  toLogicalLikeWslg,
  type WslgLayoutFault,
  type WslgLayoutOptions,
  type WslgOutput,
} from "./wslg-layout.js";
export {
  displayServer,
  stepDisplayServer,
  type DisplayServerInput,
  type DisplayServerOutput,
  type DisplayServerState,
} from "./server.js";
