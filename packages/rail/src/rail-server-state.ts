import type { Wake } from "@railvail/wire";
import type { RailAnnouncements } from "./rail-announcements.js";
import type { RailOrderOf, RailSend, RailValue, RailViolation } from "./rail-machine.js";
import type { Rectangle } from "./window-placement.js";
import { markerWindowId } from "./window-style.js";

/** Times in milliseconds; numbers of things that may wait at a time. */
export interface RailServerOptions {
  readonly buildNumber: number;
  /** `RailHandshakeFlags`. With `hidef` a HandshakeEx is sent whatever was negotiated. */
  readonly handshakeFlags: number;
  /** How long the client may take for its Handshake. WSLg: 100,000. */
  readonly handshakeTimeout: number;
  /** The window below which none is to be activated; clients that understand it are told. */
  readonly markerWindowId: number;
  /** What the server's screen saver does, told after the handshake; undefined is not told. */
  readonly screenSaveActive: boolean | undefined;
  readonly screenSaveSecure: boolean | undefined;
  readonly maxExecs: number;
  readonly maxAppIdRequests: number;
  /** `wslg`: the marker before the client stated its features, and a NUL behind names in results. */
  readonly compat: "wslg" | undefined;
}

const usualOptions: RailServerOptions = {
  buildNumber: 0,
  handshakeFlags: 0x07,
  handshakeTimeout: 10_000,
  markerWindowId,
  screenSaveActive: false,
  screenSaveSecure: false,
  maxExecs: 32,
  maxAppIdRequests: 256,
  compat: undefined,
};

/** A start that the client waits for. */
export interface WaitingStart {
  readonly serial: number;
  readonly flags: number;
  readonly exeOrFile: string;
}

/** A window that is moved or sized locally, and whether the client said where it went. */
export interface LocalMove {
  readonly windowId: number;
  readonly moveSizeType: number;
  readonly placed: boolean;
}

/** The server's end of the channel `rail`. */
export interface RailServerState {
  readonly options: RailServerOptions;
  readonly phase: "closed" | "handshaking" | "open";
  readonly announced: RailAnnouncements;
  readonly hasStatus: boolean;
  /** When the client's silence is reported. */
  readonly handshakeUntil: number | undefined;
  readonly execs: readonly WaitingStart[];
  /** The number of the next start; it survives the connection. */
  readonly nextSerial: number;
  /** Windows whose application id the client asked for, the oldest request first. */
  readonly appIdRequests: readonly number[];
  readonly move: LocalMove | undefined;
  /** The state of the server's language bar, as the application last gave it. */
  readonly langbar: RailValue<"langbarInfo"> | undefined;
}

/** Orders of the client that become events as they are. */
export const clientEvents = [
  "activate",
  "sysMenu",
  "sysCommand",
  "notifyEvent",
  "clientSysParam",
  "langbarInfo",
  "languageImeInfo",
  "compartmentInfo",
  "cloak",
  "textScaleInfo",
  "caretBlinkInfo",
] as const;

export type RailServerEvent =
  /** The client's Handshake came. */
  | { readonly type: "ready"; readonly buildNumber: number }
  /** What the client understands, as `ClientStatusFlags`: time to tell of the windows. */
  | { readonly type: "clientStatus"; readonly flags: number }
  /** To be started, and answered with `execResult` and this number. */
  | { readonly type: "exec"; readonly serial: number; readonly exec: RailValue<"exec"> }
  /** May be answered with `appId`. */
  | { readonly type: "appIdRequested"; readonly windowId: number }
  /**
   * Where the client put a window, resize margins included: see `withoutMargins`. `ends`: this
   * closes a local move or sizing; the application now sends `endMoveSize`.
   */
  | {
      readonly type: "placed";
      readonly windowId: number;
      readonly rectangle: Rectangle;
      readonly snapped: boolean;
      readonly ends: boolean;
    }
  | RailOrderOf<(typeof clientEvents)[number]>;

export type RailServerOutput = RailSend | RailServerEvent | Wake | RailViolation;

/** The server before the channel is open. */
export const railServer = (options: Partial<RailServerOptions> = {}): RailServerState => ({
  options: { ...usualOptions, ...options },
  phase: "closed",
  announced: { railSupportLevel: 0, handshakeFlags: 0, clientFlags: 0 },
  hasStatus: false,
  handshakeUntil: undefined,
  execs: [],
  nextSerial: 1,
  appIdRequests: [],
  move: undefined,
  langbar: undefined,
});
