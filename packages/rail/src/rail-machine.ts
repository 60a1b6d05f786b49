import { Messages, send, violationsOf, type MessageOf, type Send, type Violation } from "@railvail/wire";
import { GetAppIdReq, GetAppIdResp, GetAppIdRespEx, GetAppIdRespShort } from "./pdu/app-id.js";
import { Activate, NotifyEvent, SysCommand, SysMenu } from "./pdu/client-events.js";
import { ClientStatus } from "./pdu/client-status.js";
import { Exec, ExecResult } from "./pdu/exec.js";
import { Handshake, HandshakeEx } from "./pdu/handshake.js";
import { CompartmentInfo, LangbarInfo, LanguageImeInfo } from "./pdu/language.js";
import { Cloak, PowerDisplayRequest, TaskbarInfo, ZOrderSync } from "./pdu/shell-state.js";
import { ClientSysParam, ServerSysParam } from "./pdu/system-parameters.js";
import { CaretBlinkInfo, TextScaleInfo } from "./pdu/text-scale.js";
import { LocalMoveSize, MinMaxInfo, SnapArrange, WindowMove } from "./pdu/window-move.js";
import { railOrders } from "./rail-orders.js";

const pdus = {
  handshake: Handshake,
  handshakeEx: HandshakeEx,
  clientStatus: ClientStatus,
  exec: Exec,
  execResult: ExecResult,
  clientSysParam: ClientSysParam,
  serverSysParam: ServerSysParam,
  activate: Activate,
  sysMenu: SysMenu,
  sysCommand: SysCommand,
  notifyEvent: NotifyEvent,
  getAppIdReq: GetAppIdReq,
  getAppIdResp: GetAppIdResp,
  getAppIdRespShort: GetAppIdRespShort,
  getAppIdRespEx: GetAppIdRespEx,
  minMaxInfo: MinMaxInfo,
  localMoveSize: LocalMoveSize,
  windowMove: WindowMove,
  snapArrange: SnapArrange,
  langbarInfo: LangbarInfo,
  languageImeInfo: LanguageImeInfo,
  compartmentInfo: CompartmentInfo,
  zOrderSync: ZOrderSync,
  cloak: Cloak,
  powerDisplayRequest: PowerDisplayRequest,
  taskbarInfo: TaskbarInfo,
  textScaleInfo: TextScaleInfo,
  caretBlinkInfo: CaretBlinkInfo,
};

/** The orders of the channel `rail`, by name. */
export const railVocabulary = new Messages(railOrders, pdus);
export type RailMessage = MessageOf<typeof pdus>;
export type RailMessageName = RailMessage["message"];
export type RailValue<Name extends RailMessageName> = Extract<RailMessage, { readonly message: Name }>["value"];

/** A command or an event that is one order and nothing more: its name and its value. */
export type RailOrderOf<Names extends RailMessageName> = {
  readonly [Name in Names]: { readonly type: Name; readonly value: RailValue<Name> };
}[Names];

/** What a peer or the application can do wrong, and what it means. Unless said, nothing comes of it. */
export const railRules = {
  "not-open": "the channel is not open, or the handshake is not done",
  "already-open": "the channel is open already",
  "before-handshake": "no order counts before the handshake of its sender",
  "handshake-again": "the handshake was done already; the first counts",
  "handshake-silence": "the other side's handshake did not come in time; it may still come",
  "wrong-direction": "only the other side sends this order",
  "unknown-order": "the order has a number that is not known",
  "not-announced":
    "the receiver did not announce that it understands this order; one received counts, one commanded is not sent",
  "before-status": "a program is to be started before the client stated its features; it is started",
  "status-again": "the client stated its features a second time; the new ones count",
  "out-of-range": "a number is outside its range; an order received counts, one commanded is not sent",
  "exec-text":
    "a program's name is empty, or a text of the start is too long; an order received counts, one commanded is not sent",
  "too-many-execs": "more starts than are allowed wait for a result; one received is answered as failed",
  "exec-id-in-use": "a start with this id waits for its result",
  "exec-unknown": "no start with this serial number waits for a result",
  "exec-unmatched": "the result belongs to no start that waits, nor to one that was given up not long ago",
  "results-forgotten": "so many starts were given up that a late result of the oldest will look unmatched",
  "too-many-requests": "more requests for application ids than are allowed wait; the oldest is forgotten",
  "not-requested": "nobody asked for the application id of this window; one received counts",
  "move-running": "a window is being moved or sized already; one that the server starts takes its place",
  "no-move": "this window is not being moved or sized; the end that a server states counts",
  "closing-move-missing": "the move or sizing ended before the application placed the window, as only it can",
  "no-marker": "the server has no marker window",
} as const;
export type RailRule = keyof typeof railRules;

export type RailViolation = Violation<RailRule>;

/** What a machine wants sent on the channel. */
export type RailSend = Send<RailMessage>;

export const railViolation = violationsOf(railRules);

export const railSend = <Name extends RailMessageName>(message: Name, value: RailValue<Name>): RailSend =>
  send({ message, value } as RailMessage);
