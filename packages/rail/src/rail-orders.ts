import { Family, type Pdu, type Source } from "@railvail/wire";
import { GetAppIdReq, GetAppIdResp, GetAppIdRespEx, GetAppIdRespShort } from "./pdu/app-id.js";
import { Activate, NotifyEvent, SysCommand, SysMenu } from "./pdu/client-events.js";
import { ClientStatus } from "./pdu/client-status.js";
import { Exec, ExecResult } from "./pdu/exec.js";
import { Handshake, HandshakeEx } from "./pdu/handshake.js";
import { CompartmentInfo, LangbarInfo, LanguageImeInfo } from "./pdu/language.js";
import { RailOrderType } from "./pdu/rail-header.js";
import { Cloak, PowerDisplayRequest, TaskbarInfo, ZOrderSync } from "./pdu/shell-state.js";
import { ClientSysParam, ServerSysParam } from "./pdu/system-parameters.js";
import { CaretBlinkInfo, TextScaleInfo } from "./pdu/text-scale.js";
import { LocalMoveSize, MinMaxInfo, SnapArrange, WindowMove } from "./pdu/window-move.js";

/** Bytes of an application id response whose name has 512 bytes. */
const shortAppIdSize = 520;

/** A family in which the length tells two forms of one order apart. */
class RailOrders extends Family {
  override match(source: Source, offset: number, end: number, sender: "client" | "server"): Pdu | undefined {
    const found = super.match(source, offset, end, sender);
    return found === GetAppIdResp && end - offset === shortAppIdSize ? GetAppIdRespShort : found;
  }
}

/** The orders of the static channel `rail`, [MS-RDPERP] 2.2.2. */
export const railOrders: Family = new RailOrders("rail order", "orderType", [
  Handshake,
  ClientStatus,
  HandshakeEx,
  Exec,
  ExecResult,
  ClientSysParam,
  ServerSysParam,
  Activate,
  SysMenu,
  SysCommand,
  NotifyEvent,
  GetAppIdReq,
  MinMaxInfo,
  LocalMoveSize,
  WindowMove,
  SnapArrange,
  GetAppIdResp,
  GetAppIdRespEx,
  LangbarInfo,
  LanguageImeInfo,
  CompartmentInfo,
  ZOrderSync,
  Cloak,
  PowerDisplayRequest,
  TaskbarInfo,
  TextScaleInfo,
  CaretBlinkInfo,
]);

const headerSize = 4;
const handshakeSize = 8;

/**
 * Bytes of the order at `offset`, of which several can stand in one channel message, or undefined
 * if the header is not complete or states less than itself or more than there is. xrdp states 4
 * for its Handshake and sends 8: those are taken together.
 */
export function railOrderLength(source: Source, offset: number, end: number): number | undefined {
  const available = end - offset;
  if (available < headerSize) return undefined;
  const stated = source.view.getUint16(offset + 2, true);
  if (stated < headerSize || stated > available) return undefined;
  if (stated >= handshakeSize || available < handshakeSize) return stated;
  return source.view.getUint16(offset, true) === RailOrderType.handshake ? handshakeSize : stated;
}
