import { Family, type Pdu, type Source } from "@railvail/wire";
import { ConfirmActive, DeactivateAll, DemandActive } from "./pdu/activation.js";
import {
  Control,
  FontList,
  FontMap,
  FrameAcknowledge,
  MonitorLayout,
  PersistentKeyList,
  RefreshRect,
  SuppressOutput,
  Synchronize,
} from "./pdu/finalization.js";
import { Input } from "./pdu/input.js";
import { PointerUpdate } from "./pdu/pointer-update.js";
import { SaveSessionInfo } from "./pdu/save-session-info.js";
import { EnhancedServerRedirection } from "./pdu/server-redirection.js";
import {
  AutoReconnectStatus,
  BitmapCacheError,
  DrawGdiPlusError,
  DrawNineGridError,
  OffscreenCacheError,
  PlaySound,
  SetErrorInfo,
  SetKeyboardImeStatus,
  SetKeyboardIndicators,
  ShutdownDenied,
  ShutdownRequest,
  StatusInfo,
} from "./pdu/session-status.js";
import {
  CompressedType,
  flowMarker,
  FlowPdu,
  PduType,
  ShareControl,
  ShareData,
  shareDataHeaderSize,
} from "./pdu/share-header.js";
import { Update } from "./pdu/update.js";

/** Share PDUs that are not Data PDUs, by the type in the share control header. */
export const shareControlPdus = new Family("share control PDU", "pduKind", [
  DemandActive,
  ConfirmActive,
  DeactivateAll,
  EnhancedServerRedirection,
]);

/** Data PDUs, by the type in the share data header. */
export const shareDataPdus = new Family("share data PDU", "pduType2", [
  Update,
  Control,
  PointerUpdate,
  Input,
  Synchronize,
  RefreshRect,
  PlaySound,
  SuppressOutput,
  ShutdownRequest,
  ShutdownDenied,
  SaveSessionInfo,
  FontList,
  FontMap,
  SetKeyboardIndicators,
  PersistentKeyList,
  BitmapCacheError,
  SetKeyboardImeStatus,
  OffscreenCacheError,
  SetErrorInfo,
  DrawNineGridError,
  DrawGdiPlusError,
  AutoReconnectStatus,
  StatusInfo,
  MonitorLayout,
  FrameAcknowledge,
]);

const compressedTypeOffset = 15;
const flowPduSize = 8;
/** Old servers send a Deactivate All without even `pduSource`. */
const shortestSharePdu = 4;

/**
 * The share PDU that starts at `offset`: the declaration to decode it with, or undefined if there
 * are fewer bytes than a header. Compressed bodies, empty updates and unknown types give {@link ShareData} or
 * {@link ShareControl}, which keep the body as bytes.
 */
export function sharePdu(source: Source, offset: number, end: number, sender: "client" | "server"): Pdu | undefined {
  if (offset + shortestSharePdu > end) return undefined;
  if (source.view.getUint16(offset, true) === flowMarker) return FlowPdu;
  if ((source.view.getUint16(offset + 2, true) & 0x0f) !== PduType.data) {
    return shareControlPdus.match(source, offset, end, sender) ?? ShareControl;
  }
  if (offset + shareDataHeaderSize > end) return ShareControl;
  if ((source.view.getUint8(offset + compressedTypeOffset) & CompressedType.compressed) !== 0) return ShareData;
  const known = shareDataPdus.match(source, offset, end, sender);
  // Some servers send updates without a body.
  return known === undefined || (known === Update && end - offset === shareDataHeaderSize) ? ShareData : known;
}

/**
 * Bytes of the share PDU that starts at `offset`, for channel messages that hold several. A
 * stated length that cannot be (0, shorter than a header, or more than is there) gives all bytes
 * up to `end`; undefined means that there are fewer bytes than a header.
 */
export function sharePduLength(source: Source, offset: number, end: number): number | undefined {
  const available = end - offset;
  if (available < shortestSharePdu) return undefined;
  const stated = source.view.getUint16(offset, true);
  if (stated === flowMarker) return Math.min(flowPduSize, available);
  return stated < shortestSharePdu || stated > available ? available : stated;
}
