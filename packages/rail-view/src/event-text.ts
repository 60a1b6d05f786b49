import { escapeText, quoteText } from "@railvail/command-line";
import { desktopWindowId, markerWindowId, type RailClientEvent } from "@railvail/rail";
import { errorInfoName, type ConnectionNotice, type ViewerEvent } from "@railvail/session";
import { ErrorInfo } from "@railvail/transport";
import { changeText, windowText } from "./window-text.js";

/** An event as a line for people; undefined for what they need not see. */
export function eventText(event: ViewerEvent): string | undefined {
  switch (event.type) {
    case "active":
      return `session active, desktop ${event.width}x${event.height}`;
    case "deactivated":
      return "session stopped for now";
    case "windowCreated":
      return `window ${event.window.windowId} created ${windowText(event.window)}`;
    case "windowChanged": {
      const change = changeText(event.window, event.before);
      return change === "" ? undefined : `window ${event.window.windowId} changed: ${change}`;
    }
    case "windowDeleted":
      return `window ${event.windowId} deleted`;
    case "activeWindow":
      return activeText(event.windowId);
    case "desktopSize":
      return `desktop ${event.width}x${event.height}`;
    case "frame":
    case "zOrder":
    case "desktopSync":
    case "notifyIcons":
    case "pointer":
      return undefined;
    case "rail":
      return railText(event.event);
    case "vail":
      return event.event.type === "ready" ? "pixels come through shared memory" : "the server uses no shared memory";
    case "clipboard":
      if (event.event.type !== "offered") return undefined;
      return `clipboard offers ${event.event.formats.map((each) => each.formatName || each.formatId).join(", ")}`;
    case "audioOutput":
      return event.event.type === "formats" ? `audio in ${event.event.formats.length} formats` : undefined;
    case "audioInput":
      return event.event.type === "open" ? "the server wants to record" : undefined;
    case "monitors":
      return undefined;
    case "appList":
      return event.event.type === "appUpdated" ? `application ${quoteText(event.event.app.desc)}` : undefined;
    case "channelRefused":
      return `channel ${escapeText(event.name)} refused`;
    case "connection":
      return connectionText(event.event);
    case "violation": {
      // The folder that was named here may be the wrong one: whoever runs the visit says so, once.
      if (isSectionFault(event)) return undefined;
      const { by, rule, message } = event.violation;
      const detail = (event.violation as { detail?: string }).detail;
      const who = by === "peer" ? "server" : "rail-view";
      return `${who} broke rule ${rule} of ${escapeText(event.channel)}: ${escapeText(detail ?? message)}`;
    }
    case "ended":
      return `session ended: ${endingText(event)}`;
  }
}

/** Memory that the server shares could not be opened or read. */
export const isSectionFault = (event: ViewerEvent): boolean =>
  event.type === "violation" && event.violation.rule === "section-failed";

/** Where no window is active, servers name the desktop, or WSLg its marker window. */
function activeText(windowId: number | undefined): string | undefined {
  if (windowId === undefined) return undefined;
  return windowId === desktopWindowId || windowId === markerWindowId ? "no window active" : `window ${windowId} active`;
}

const endings: Readonly<Record<string, string>> = {
  local: "rail-view left",
  peer: "the server disconnected",
  "no-frame": "what is there does not speak RDP",
  "no-common-security": "the server and rail-view have no security in common",
  "timed-out": "the server was silent for too long",
  "license-refused": "the server wants a licence",
};

/** What servers say most when they disconnect; the specification's names say little to a user. */
const reasons: ReadonlyMap<number, string> = new Map([
  [ErrorInfo.ERRINFO_RPC_INITIATED_DISCONNECT, "its administrator ended the session"],
  [ErrorInfo.ERRINFO_RPC_INITIATED_LOGOFF, "its administrator logged the user off"],
  [ErrorInfo.ERRINFO_IDLE_TIMEOUT, "nothing was done for too long"],
  [ErrorInfo.ERRINFO_LOGON_TIMEOUT, "the session lasted as long as it may"],
  [ErrorInfo.ERRINFO_DISCONNECTED_BY_OTHERCONNECTION, "another connection took its place"],
  [ErrorInfo.ERRINFO_OUT_OF_MEMORY, "it has no memory left"],
  [ErrorInfo.ERRINFO_SERVER_DENIED_CONNECTION, "it denied the connection, as when another client is there"],
  [ErrorInfo.ERRINFO_SERVER_INSUFFICIENT_PRIVILEGES, "the user may not log on there"],
  [ErrorInfo.ERRINFO_SERVER_FRESH_CREDENTIALS_REQUIRED, "it wants the password again"],
  [ErrorInfo.ERRINFO_RPC_INITIATED_DISCONNECT_BYUSER, "the user ended the session there"],
  [ErrorInfo.ERRINFO_LOGOFF_BY_USER, "the user logged off there"],
  [ErrorInfo.ERRINFO_SERVER_SHUTDOWN, "it shuts down"],
  [ErrorInfo.ERRINFO_SERVER_REBOOT, "it starts again"],
]);

type Ending = Pick<Extract<ViewerEvent, { readonly type: "ended" }>, "because" | "errorInfo">;

/** Why a session ended: a rule of the connection, or who ended it, with the reason that the server gave. */
export function endingText({ because, errorInfo }: Ending): string {
  const text = endings[because] ?? because;
  if (errorInfo === undefined) return text;
  const reason = reasons.get(errorInfo);
  return `${text}${reason === undefined ? "" : `: ${reason}`} (${errorInfoName(errorInfo) ?? errorInfo})`;
}

/** Whether the server ended the session because its user had no more use for it. */
export const isLogoff = (errorInfo: number | undefined): boolean => errorInfo === ErrorInfo.ERRINFO_LOGOFF_BY_USER;

function railText(event: RailClientEvent): string | undefined {
  switch (event.type) {
    case "ready":
      return "the server is ready for programs";
    case "execEnded":
      return event.execResult === 0 ? "program started" : `program not started: ${execResult(event.execResult)}`;
    case "execSilent":
      return "the server does not say whether the program started";
    case "execCut":
      return "the session ended before the program started";
    case "appId":
      return `window ${event.windowId} is of application ${quoteText(event.applicationId)}`;
    case "moveSizeStarted":
      return `window ${event.windowId}: the server starts a move or sizing`;
    default:
      return undefined;
  }
}

const execResults: readonly string[] = [
  "ok",
  "the server has no RAIL now",
  "the request could not be read",
  "it is not allowed",
  "",
  "there is no such file",
  "it failed",
  "the session is locked",
];

/** Why a program was not started. */
export const execResult = (code: number): string => execResults[code] ?? `result ${code}`;

function connectionText(event: ConnectionNotice): string | undefined {
  switch (event.type) {
    case "errorInfo":
      return event.errorInfo === 0 ? undefined : `the server says ${event.name ?? `error ${event.errorInfo}`}`;
    case "shutdownDenied":
      return "the server would go on with the session";
    case "redirected":
      return "the server sends rail-view elsewhere, which it does not follow";
    default:
      return undefined;
  }
}
