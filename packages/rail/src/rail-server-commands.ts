import { isAnnounced } from "./rail-announcements.js";
import {
  railSend,
  railViolation,
  type RailMessage,
  type RailOrderOf,
  type RailRule,
  type RailValue,
} from "./rail-machine.js";
import type { RailServerOutput, RailServerState } from "./rail-server-state.js";

type State = RailServerState;
type Outputs = RailServerOutput[];

/** Orders that a server's application sends as they are. */
type PlainName = "minMaxInfo" | "serverSysParam" | "compartmentInfo" | "cloak" | "powerDisplayRequest" | "taskbarInfo";

export type RailServerCommand =
  | RailOrderOf<PlainName>
  /** The state of the server's language bar: it is kept, and told again when the client states its own. */
  | RailOrderOf<"langbarInfo">
  | {
      readonly type: "execResult";
      readonly serial: number;
      readonly execResult: RailValue<"execResult">["execResult"];
      readonly rawResult: number;
    }
  /** The process is told only to clients that understand it. */
  | {
      readonly type: "appId";
      readonly windowId: number;
      readonly applicationId: string;
      readonly process?: { readonly processId: number; readonly processImageName: string };
    }
  /** The client is to move or size a window by itself, [MS-RDPERP] 3.3.5.2.6.2; send `minMaxInfo` just before. */
  | ({ readonly type: "startMoveSize" } & Omit<RailValue<"localMoveSize">, "isMoveSizeStart" | "trailing">)
  /** The window's corner after that, [MS-RDPERP] 3.3.5.2.6.4. */
  | { readonly type: "endMoveSize"; readonly windowId: number; readonly left: number; readonly top: number }
  /** The window is no more: nothing waits for it any longer. */
  | { readonly type: "windowGone"; readonly windowId: number };

export type ServerCommandHandlers = {
  readonly [Type in RailServerCommand["type"]]: (
    state: State,
    command: Extract<RailServerCommand, { readonly type: Type }>,
    outputs: Outputs,
  ) => State;
};

function refused(state: State, rule: RailRule, outputs: Outputs): State {
  outputs.push(railViolation("local", rule));
  return state;
}

function plain(state: State, { type, value }: RailOrderOf<PlainName>, outputs: Outputs): State {
  const message = { message: type, value } as RailMessage;
  if (!isAnnounced("server", message, state.announced)) return refused(state, "not-announced", outputs);
  outputs.push({ type: "send", message });
  return state;
}

/** The commands of an open channel. */
export const serverCommands: ServerCommandHandlers = {
  minMaxInfo: plain,
  serverSysParam: plain,
  compartmentInfo: plain,
  cloak: plain,
  powerDisplayRequest: plain,
  taskbarInfo: plain,
  langbarInfo(state, { value }, outputs) {
    const send = railSend("langbarInfo", value);
    // A client that does not understand it needs not know; the state is kept for the next one.
    if (isAnnounced("server", send.message, state.announced)) outputs.push(send);
    return { ...state, langbar: value };
  },
  execResult(state, { serial, execResult, rawResult }, outputs) {
    const waiting = state.execs.find((each) => each.serial === serial);
    if (waiting === undefined) return refused(state, "exec-unknown", outputs);
    outputs.push(resultOf(state, waiting, execResult, rawResult));
    return { ...state, execs: state.execs.filter((each) => each !== waiting) };
  },
  appId(state, { windowId, applicationId, process }, outputs) {
    if (!state.appIdRequests.includes(windowId)) return refused(state, "not-requested", outputs);
    const extended = process && railSend("getAppIdRespEx", { windowId, applicationId, ...process });
    const isUnderstood = extended !== undefined && isAnnounced("server", extended.message, state.announced);
    outputs.push(isUnderstood ? extended : railSend("getAppIdResp", { windowId, applicationId }));
    return { ...state, appIdRequests: state.appIdRequests.filter((each) => each !== windowId) };
  },
  startMoveSize(state, { windowId, moveSizeType, posX, posY }, outputs) {
    const send = railSend("localMoveSize", { windowId, isMoveSizeStart: 1, moveSizeType, posX, posY });
    if (!isAnnounced("server", send.message, state.announced)) return refused(state, "not-announced", outputs);
    if (state.move !== undefined) return refused(state, "move-running", outputs);
    outputs.push(send);
    return { ...state, move: { windowId, moveSizeType, placed: false } };
  },
  endMoveSize(state, { windowId, left: posX, top: posY }, outputs) {
    if (state.move?.windowId !== windowId) return refused(state, "no-move", outputs);
    const { moveSizeType } = state.move;
    outputs.push(railSend("localMoveSize", { windowId, isMoveSizeStart: 0, moveSizeType, posX, posY }));
    return { ...state, move: undefined };
  },
  windowGone(state, { windowId }) {
    const isMoving = state.move?.windowId === windowId;
    if (!isMoving && !state.appIdRequests.includes(windowId)) return state;
    const appIdRequests = state.appIdRequests.filter((each) => each !== windowId);
    return { ...state, appIdRequests, move: isMoving ? undefined : state.move };
  },
};

/** Flags and name are those of the start: by them the client knows which one is meant. */
export const resultOf = (
  { options }: State,
  { flags, exeOrFile }: Pick<RailValue<"exec">, "flags" | "exeOrFile">,
  execResult: RailValue<"execResult">["execResult"],
  rawResult: number,
) =>
  railSend("execResult", {
    flags,
    execResult,
    rawResult,
    exeOrFile: options.compat === "wslg" ? `${exeOrFile}\0` : exeOrFile,
  });
