import { ProfileType } from "./pdu/language.js";
import { inRange, isAnnounced } from "./rail-announcements.js";
import { exec, type ExecCommand } from "./rail-client-starts.js";
import { settingNames, type RailClientOutput, type RailClientState, type SettingName } from "./rail-client-state.js";
import { railSend, railViolation, type RailMessage, type RailOrderOf, type RailRule } from "./rail-machine.js";
import { fitsOrder, noMargins, withMargins, type Rectangle, type ResizeMargins } from "./window-placement.js";

type State = RailClientState;
type Outputs = RailClientOutput[];

/** Orders that a client's application sends as they are. */
type PlainName = "activate" | "sysMenu" | "sysCommand" | "notifyEvent" | "cloak";

export type RailClientCommand =
  | RailOrderOf<PlainName>
  /** A setting is now this. It is kept, told to servers that understand it, and told again after a reconnect. */
  | RailOrderOf<SettingName>
  | ExecCommand
  /** Asks for a window's application id, once until the answer comes. */
  | { readonly type: "requestAppId"; readonly windowId: number }
  /**
   * The window is now there, moved, sized or snapped by the user; `rectangle` is without resize
   * margins. Ends a local move.
   */
  | {
      readonly type: "place";
      readonly windowId: number;
      readonly rectangle: Rectangle;
      readonly margins?: ResizeMargins;
      readonly snapped?: boolean;
    }
  /** A window that is not the server's was activated, [MS-RDPERP] 3.2.5.2.9.2. */
  | { readonly type: "activateLocal" }
  /** The window is no more: nothing waits for it any longer. */
  | { readonly type: "windowGone"; readonly windowId: number };

export type ClientCommandHandlers = {
  readonly [Type in RailClientCommand["type"]]: (
    state: State,
    command: Extract<RailClientCommand, { readonly type: Type }>,
    outputs: Outputs,
  ) => State;
};

function refused(state: State, rule: RailRule, outputs: Outputs): State {
  outputs.push(railViolation("local", rule));
  return state;
}

function plain(state: State, { type, value }: RailOrderOf<PlainName>, outputs: Outputs): State {
  if (state.phase !== "open") return refused(state, "not-open", outputs);
  const message = { message: type, value } as RailMessage;
  if (!isAnnounced("client", message, state.announced)) return refused(state, "not-announced", outputs);
  outputs.push({ type: "send", message });
  return state;
}

/** Parameters are told one by one, each in an order of its own. */
const settingKey = (message: RailMessage): string =>
  message.message === "clientSysParam" ? `clientSysParam:${message.value.parameter.type}` : message.message;

function setting(state: State, { type, value }: RailOrderOf<SettingName>, outputs: Outputs): State {
  const message = { message: type, value } as RailMessage;
  if (!inRange(message)) return refused(state, "out-of-range", outputs);
  const next = { ...state, settings: new Map(state.settings).set(settingKey(message), message) };
  if (state.phase === "open" && isTold(next, message)) outputs.push({ type: "send", message });
  return next;
}

/** The state of an input method is told only while one is in use, [MS-RDPERP] 2.2.2.10.2. */
function isTold({ settings, announced }: State, message: RailMessage): boolean {
  if (!isAnnounced("client", message, announced)) return false;
  if (message.message !== "compartmentInfo") return true;
  const profile = settings.get("languageImeInfo");
  return profile?.message === "languageImeInfo" && profile.value.profileType === ProfileType.inputProcessor;
}

/** Sends all settings that the server understands. */
export function sendSettings(state: State, outputs: Outputs): void {
  for (const name of settingNames) {
    for (const message of state.settings.values()) {
      if (message.message === name && isTold(state, message)) outputs.push({ type: "send", message });
    }
  }
}

export const clientCommands: ClientCommandHandlers = {
  activate: plain,
  sysMenu: plain,
  sysCommand: plain,
  notifyEvent: plain,
  cloak: plain,
  clientSysParam: setting,
  langbarInfo: setting,
  languageImeInfo: setting,
  compartmentInfo: setting,
  textScaleInfo: setting,
  caretBlinkInfo: setting,
  exec,
  requestAppId(state, { windowId }, outputs) {
    if (state.phase !== "open") return refused(state, "not-open", outputs);
    const waiting = state.appIdRequests;
    if (waiting.includes(windowId)) return state;
    outputs.push(railSend("getAppIdReq", { windowId }));
    if (waiting.length < state.options.maxAppIdRequests) return { ...state, appIdRequests: [...waiting, windowId] };
    // Servers may leave requests unanswered, so what waits for long is worth least.
    outputs.push(railViolation("local", "too-many-requests"));
    return { ...state, appIdRequests: [...waiting.slice(1), windowId] };
  },
  place(state, { windowId, rectangle, margins = noMargins, snapped = false }, outputs) {
    if (state.phase !== "open") return refused(state, "not-open", outputs);
    const bare = snapped && state.options.compat === "wslg";
    const placed = withMargins(rectangle, bare ? noMargins : margins);
    if (!fitsOrder(placed)) return refused(state, "out-of-range", outputs);
    const value = { windowId, ...placed };
    const snap = railSend("snapArrange", value);
    // [MS-RDPERP] 3.2.5.2.7.5: a server that does not know of snapping is told of a move.
    const isSnap = snapped && isAnnounced("client", snap.message, state.announced);
    outputs.push(isSnap ? snap : railSend("windowMove", value));
    return state.move?.windowId === windowId ? { ...state, move: { ...state.move, placed: true } } : state;
  },
  activateLocal(state, _, outputs) {
    if (state.phase !== "open") return refused(state, "not-open", outputs);
    if (state.markerWindowId === undefined) return refused(state, "no-marker", outputs);
    outputs.push(railSend("activate", { windowId: state.markerWindowId, enabled: 0 }));
    return state;
  },
  windowGone(state, { windowId }) {
    const isMoving = state.move?.windowId === windowId;
    if (!isMoving && !state.appIdRequests.includes(windowId)) return state;
    const appIdRequests = state.appIdRequests.filter((each) => each !== windowId);
    return { ...state, appIdRequests, move: isMoving ? undefined : state.move };
  },
};
