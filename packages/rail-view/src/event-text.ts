import { escapeText, quoteText } from "@railvail/command-line";
import type { RailClientEvent } from "@railvail/rail";
import { errorInfoName, type ConnectionNotice, type ViewerEvent } from "@railvail/session";
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
      return event.windowId === undefined ? undefined : `window ${event.windowId} active`;
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
      const { by, rule, message } = event.violation;
      const detail = (event.violation as { detail?: string }).detail;
      const who = by === "peer" ? "server" : "rail-view";
      return `${who} broke rule ${rule} of ${escapeText(event.channel)}: ${escapeText(detail ?? message)}`;
    }
    case "ended": {
      const { because, errorInfo } = event;
      const name = errorInfo === undefined ? "" : ` (${errorInfoName(errorInfo) ?? errorInfo})`;
      return `session ended: ${endingText(because)}${name}`;
    }
  }
}

const endings: Readonly<Record<string, string>> = {
  local: "rail-view left",
  peer: "the server disconnected",
  "no-frame": "what is there does not speak RDP",
  "no-common-security": "the server and rail-view have no security in common",
  "timed-out": "the server was silent for too long",
  "license-refused": "the server wants a licence",
};

/** Why a session ended: a rule of the connection, or who ended it. */
export const endingText = (because: string): string => endings[because] ?? because;

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

const execResult = (code: number): string => execResults[code] ?? `result ${code}`;

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
