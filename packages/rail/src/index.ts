export { colorSchemeName, colorSchemeOf } from "./color-scheme.js";
export { guidBytes, guidText, LanguageProfileClsid, LanguageProfileGuid } from "./guid.js";
export {
  AccentColorFlags,
  FilterKeysFlags,
  HighContrastFlags,
  StickyKeysFlags,
  ToggleKeysFlags,
} from "./pdu/accessibility.js";
export { GetAppIdReq, GetAppIdResp, GetAppIdRespEx, GetAppIdRespShort } from "./pdu/app-id.js";
export { Activate, NotifyEvent, NotifyMessage, SysCommand, SysMenu, SystemCommand } from "./pdu/client-events.js";
export { ClientStatus, ClientStatusFlags, UnspecifiedClientStatusFlags } from "./pdu/client-status.js";
export {
  ClosedCaptionColor,
  ClosedCaptionEdgeEffect,
  ClosedCaptionOpacity,
  ClosedCaptionSize,
  ClosedCaptionStyle,
} from "./pdu/closed-captions.js";
export { DesktopFlags, MonitoredDesktop, NonMonitoredDesktop } from "./pdu/desktop.js";
export { Exec, ExecFlags, ExecResult, ExecResultCode } from "./pdu/exec.js";
export { Handshake, HandshakeEx, RailHandshakeFlags } from "./pdu/handshake.js";
export { IconDepth, noIconCache, type CachedIconInfo, type IconInfo } from "./pdu/icon-info.js";
export {
  CompartmentInfo,
  ImeConversionMode,
  ImeSentenceMode,
  ImeState,
  KanaMode,
  LangbarInfo,
  LanguageBarStatus,
  LanguageImeInfo,
  ProfileType,
} from "./pdu/language.js";
export {
  InfoTipFlags,
  NotifyIcon,
  NotifyIconDeleted,
  NotifyIconFields,
  NotifyIconState,
  NotifyIconVersion,
  NotifyIconWithoutColorTable,
} from "./pdu/notify-icon.js";
export { RailOrderType } from "./pdu/rail-header.js";
export {
  Cloak,
  CloakState,
  PowerDisplayRequest,
  PowerDisplayState,
  TaskbarInfo,
  TaskbarMessage,
  ZOrderSync,
} from "./pdu/shell-state.js";
export { ClientSysParam, ServerSysParam, SystemParameter } from "./pdu/system-parameters.js";
export { CaretBlinkInfo, caretDoesNotBlink, TextScaleInfo } from "./pdu/text-scale.js";
export {
  WindowCachedIcon,
  WindowDeleted,
  WindowIcon,
  WindowIconFlags,
  WindowIconWithoutColorTable,
} from "./pdu/window-icon.js";
export { LocalMoveSize, MinMaxInfo, MoveSizeType, SnapArrange, WindowMove } from "./pdu/window-move.js";
export { WindowFields, WindowState } from "./pdu/window-state.js";
export { windowingControlByte, WindowingState, WindowingType } from "./pdu/windowing-header.js";
export { railOrderLength, railOrders } from "./rail-orders.js";
export {
  encodeWindowingOrder,
  readWindowingOrder,
  windowingKind,
  windowingKindOf,
  windowingOrder,
  windowingOrderOf,
  windowingOrders,
  windowOrderLength,
  type WindowingKind,
  type WindowingOrder,
} from "./windowing-orders.js";
export {
  AppBarEdge,
  captionStyle,
  desktopWindowId,
  ExtendedWindowStyle,
  markerWindowId,
  ShowState,
  WindowStyle,
} from "./window-style.js";
export { applyWindowingOrder } from "./window-model.js";
export { displayTitle } from "./display-title.js";
export { iconToRgba, type IconBitmaps } from "./icon-pixels.js";
export { maskedImageToRgba, type MaskedImage, type RgbaImage } from "./masked-image.js";
export type { Icon, IconReference, WindowIcons } from "./icon-cache.js";
export {
  emptyWindowModel,
  windowModelLimits,
  type DesktopSync,
  type NotifyIconEntry,
  type RailWindow,
  type WindowModel,
  type WindowModelLimits,
} from "./window-model-state.js";
export { windowTree, type WindowNode } from "./window-tree.js";
export {
  emptyServerDesktop,
  type ServerDesktop,
  type ServerIcons,
  type ServerNotifyIcon,
  type ServerWindow,
} from "./server-desktop.js";
export type { WireDesktop } from "./wire-desktop.js";
export { cutText, type WindowFieldValues, type WireWindow } from "./wire-window.js";
export { capableWindowingClient, type WindowingClient } from "./windowing-client.js";
export { windowingRules, type WindowingRule, type WindowingViolation } from "./windowing-rules.js";
export {
  stepWindowingServer,
  toldDesktop,
  windowingServer,
  type WindowingServerInput,
  type WindowingServerOptions,
  type WindowingServerOutput,
  type WindowingServerState,
} from "./windowing-server.js";
export { isAnnounced as isRailOrderAnnounced, type RailAnnouncements } from "./rail-announcements.js";
export {
  railRules,
  railVocabulary,
  type RailMessage,
  type RailMessageName,
  type RailOrderOf,
  type RailRule,
  type RailSend,
  type RailValue,
  type RailViolation,
} from "./rail-machine.js";
export { stepRailClient, type RailClientInput } from "./rail-client.js";
export type { RailClientCommand } from "./rail-client-commands.js";
export type { ExecCommand } from "./rail-client-starts.js";
export {
  railClient,
  type ClientStart,
  type RailClientEvent,
  type RailClientOptions,
  type RailClientOutput,
  type RailClientState,
} from "./rail-client-state.js";
export { stepRailServer, type RailServerInput } from "./rail-server.js";
export type { RailServerCommand } from "./rail-server-commands.js";
export {
  railServer,
  type LocalMove,
  type RailServerEvent,
  type RailServerOptions,
  type RailServerOutput,
  type RailServerState,
  type WaitingStart,
} from "./rail-server-state.js";
export {
  mayActivate,
  noMargins,
  resizeMarginsOf,
  withMargins,
  withoutMargins,
  type Rectangle,
  type ResizeMargins,
} from "./window-placement.js";
