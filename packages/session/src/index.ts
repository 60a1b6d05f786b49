export type { ChannelEnd, SendMessage } from "./channels/channel-end.js";
export { channelDataRules, type ChannelDataRule, type ChannelsViolation } from "./channels/channels-violation.js";
export { ClientChannels } from "./channels/client-channels.js";
export * as clientMachines from "./channels/client-machines.js";
export type { ClientDynamicOptions, Listener } from "./channels/client-dynamic-ends.js";
export type { DynamicEndsOptions } from "./channels/dynamic-ends.js";
export { MachineEnd, type Machine, type MachineEvent, type Unreadable } from "./channels/machine-end.js";
export { segmentedEnd, type SegmentedEndOptions, type SegmentsViolation } from "./channels/segmented-end.js";
export type { ChannelsHost } from "./channels/channels.js";
export { ServerChannels } from "./channels/server-channels.js";
export * as serverMachines from "./channels/server-machines.js";
export type { ChannelRequest, ServerDynamicOptions } from "./channels/server-dynamic-ends.js";
export type { ChannelData, SendOnChannel } from "./channels/static-ends.js";
export type { ByteOutput, Role, Told } from "./connection/byte-output.js";
export {
  capabilityOf,
  withCapabilities,
  type ClientCapability,
  type ServerCapability,
} from "./connection/capability-list.js";
export type { ConnectionLimits } from "./connection/channel-receiver.js";
export { clientCapabilities, type ClientCapabilityChoices } from "./connection/client-capabilities.js";
export { ClientConnection, type ClientConnectionOutput } from "./connection/client-connection.js";
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

export { errorInfoName } from "./connection/error-names.js";
export { FrameSplitter, type TakeFrame } from "./connection/frame-splitter.js";
export type { DesktopArea, OutputRequest } from "./connection/output-requests.js";
export type { UpdateReceived } from "./connection/received-update.js";
export type {
  ClientReconnection,
  HmacMd5,
  KnownNetwork,
  ReconnectionCookie,
  ServerReconnection,
} from "./connection/reconnection.js";
export { connectionRules, type ConnectionRule, type ConnectionViolation } from "./connection/rules.js";
export { serverCapabilities, type ServerCapabilityChoices } from "./connection/server-capabilities.js";
export {
  ServerConnection,
  type ImeStatus,
  type InputReceived,
  type ServerConnectionOutput,
} from "./connection/server-connection.js";
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
export { SectionError, type Section, type SectionFault, type SectionStore } from "./sections.js";
export {
  evdevButtons,
  type ButtonInput,
  type InputEvent,
  type KeyInput,
  type LockKeys,
  type PointerButton,
  type PointerMoved,
  type RelativePointer,
  type SyncInput,
  type UnicodeInput,
  type WheelInput,
} from "./input/input-event.js";
export { keyOfEvdev, keyOfScancode } from "./input/key-input.js";
export { InputReader, type InputRead, type InputReaderOptions } from "./input/read-input.js";
export { evdevOfScancode, scancodeOfEvdev, type Scancode } from "./input/scancodes.js";
export { noWheelRests, wheelStep, wheelSteps, type WheelRests } from "./input/wheel-steps.js";
export type { WireInput } from "./input/wire-input.js";
export { wireInput } from "./input/write-input.js";
export type { Picture } from "./viewer/picture.js";
export { Viewer } from "./viewer/viewer.js";
export type { ViewerChannels } from "./viewer/viewer-channels.js";
export { firstExec } from "./viewer/viewer-rail.js";
export type { PointerNotice } from "./viewer/pointer-notice.js";
export type { ConnectionNotice, VailNotice, ViewerEvent, ViewerOutput } from "./viewer/viewer-events.js";
export { viewerRules, type ViewerRule, type ViewerViolation } from "./viewer/viewer-rules.js";
export { usualViewer, type RemoteApp, type ViewerLimits, type ViewerSettings } from "./viewer/viewer-settings.js";
export type { WindowEvent } from "./viewer/window-orders-reader.js";
export { Compositor } from "./compositor/compositor.js";
export type { CompositorEnds } from "./compositor/compositor-ends.js";
export type { CompositorEvent, CompositorOutput, RailNotice, WindowWish } from "./compositor/compositor-events.js";
export { CompositorPeer } from "./compositor/compositor-peer.js";
export { usualCompositor, type CompositorSettings, type CookieMaker } from "./compositor/compositor-settings.js";
export {
  isShown,
  type CompositorWindow,
  type NewWindow,
  type WindowRole,
  type WindowShowState,
} from "./compositor/compositor-window.js";
export type { Box, Size } from "./pixels/box.js";
export type { MoveKind, Place } from "./compositor/local-move.js";
export type { Canvas } from "./compositor/paths/pixel-path.js";
export type { PixelPathName } from "./pixels/pixel-path-name.js";
export { WindowStack } from "./compositor/window-stack.js";
export type { EncodeTile, TilePixels } from "./pixels/bitmap-update.js";
export { requestedDepth, type BitsPerPixel } from "./connection/color-depth.js";
export { tileCompressor } from "./pixels/compress-tile.js";
export { DesktopImage, type Color } from "./pixels/desktop-image.js";
export { FramePacing } from "./pixels/frame-pacing.js";
export { frameUpdates, type FrameOptions } from "./pixels/frame-updates.js";
export { pixelBytes, placeOf, type Layer, type PixelImage } from "./pixels/pixel-image.js";
export { rectangleLimit, Region, type Rectangle } from "./pixels/region.js";
export type { UpdateBody } from "./pixels/update-body.js";
export { chooseUpdates, type UpdateChoice, type UpdateWishes } from "./pixels/update-choice.js";
export { choosePointers, type PointerChoice } from "./pointers/pointer-choice.js";
export {
  PointerImages,
  type PointerChange,
  type PointerImage,
  type PointerUpdateReceived,
} from "./pointers/pointer-images.js";
export type { Pointer, PointerShape } from "./pointers/pointer-shape.js";
export { PointerUpdates } from "./pointers/pointer-updates.js";
