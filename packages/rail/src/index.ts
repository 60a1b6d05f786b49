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
