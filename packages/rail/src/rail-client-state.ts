import type { Wake } from "@railvail/wire";
import type { RailAnnouncements } from "./rail-announcements.js";
import type { RailMessage, RailOrderOf, RailSend, RailValue, RailViolation } from "./rail-machine.js";
import type { LocalMove } from "./rail-server-state.js";

/** Times in milliseconds; numbers of things that may wait at a time. */
export interface RailClientOptions {
  readonly buildNumber: number;
  /** What the client understands: `ClientStatusFlags`. */
  readonly clientFlags: number;
  readonly handshakeTimeout: number;
  /** How long a start may take until it is given up; for as long again its result may still come. */
  readonly execTimeout: number;
  readonly maxExecs: number;
  /** Starts that were given up and whose late result is still known. */
  readonly maxLateExecs: number;
  readonly maxAppIdRequests: number;
  /** `wslg`: snapped windows are placed without their resize margins. */
  readonly compat: "wslg" | undefined;
}

const usualOptions: RailClientOptions = {
  buildNumber: 0,
  clientFlags: 0,
  handshakeTimeout: 10_000,
  execTimeout: 60_000,
  maxExecs: 32,
  maxLateExecs: 32,
  maxAppIdRequests: 256,
  compat: undefined,
};

/** A start that waits for its result, until it is given up; `until` is undefined while it waits for the handshake. */
export interface ClientStart {
  readonly id: number;
  readonly exec: RailValue<"exec">;
  readonly until: number | undefined;
}

/** What the client tells once at the beginning and again when it changes, in this order. */
export const settingNames = [
  "langbarInfo",
  "clientSysParam",
  "languageImeInfo",
  "compartmentInfo",
  "textScaleInfo",
  "caretBlinkInfo",
] as const;
export type SettingName = (typeof settingNames)[number];

/** The client's end of the channel `rail`. */
export interface RailClientState {
  readonly options: RailClientOptions;
  readonly phase: "closed" | "waiting" | "open";
  readonly announced: RailAnnouncements;
  /** The server's handshake came. */
  readonly hasHandshake: boolean;
  readonly handshakeUntil: number | undefined;
  /** The client's settings by kind; they survive the connection, and are told to each server. */
  readonly settings: ReadonlyMap<string, RailMessage>;
  readonly execs: readonly ClientStart[];
  /** Starts that were given up, the oldest first, until they are forgotten. */
  readonly lateExecs: readonly ClientStart[];
  readonly appIdRequests: readonly number[];
  readonly markerWindowId: number | undefined;
  readonly move: LocalMove | undefined;
}

/** Orders of the server that become events as they are. */
export const serverEvents = [
  "minMaxInfo",
  "serverSysParam",
  "langbarInfo",
  "compartmentInfo",
  "cloak",
  "powerDisplayRequest",
  "taskbarInfo",
] as const;

export type RailClientEvent =
  /** The handshake is done; `handshakeFlags` are `RailHandshakeFlags`, 0 after a Handshake. */
  | { readonly type: "ready"; readonly buildNumber: number; readonly handshakeFlags: number }
  /** A result. `late`: after `execSilent` for the same id. */
  | {
      readonly type: "execEnded";
      readonly id: number;
      readonly execResult: RailValue<"execResult">["execResult"];
      readonly rawResult: number;
      readonly late: boolean;
    }
  /** No result came in time; one may still come for a while. */
  | { readonly type: "execSilent"; readonly id: number }
  /** The channel closed before the result came. */
  | { readonly type: "execCut"; readonly id: number }
  /** A result for which no start is known. */
  | { readonly type: "execResult"; readonly value: RailValue<"execResult"> }
  | {
      readonly type: "appId";
      readonly windowId: number;
      readonly applicationId: string;
      readonly process: { readonly processId: number; readonly processImageName: string } | undefined;
    }
  /** The application moves or sizes the window locally, keeps input from the server, and ends with `place`. */
  | ({ readonly type: "moveSizeStarted" } & Omit<RailValue<"localMoveSize">, "isMoveSizeStart" | "trailing">)
  /** The window's corner is now there. */
  | { readonly type: "moveSizeEnded"; readonly windowId: number; readonly left: number; readonly top: number }
  /** Windows below this one in the z-order are not to be activated: see `mayActivate`. */
  | { readonly type: "marker"; readonly windowId: number }
  | RailOrderOf<(typeof serverEvents)[number]>;

export type RailClientOutput = RailSend | RailClientEvent | Wake | RailViolation;

/** The client before the channel is open. */
export const railClient = (options: Partial<RailClientOptions> = {}): RailClientState => ({
  options: { ...usualOptions, ...options },
  phase: "closed",
  announced: { railSupportLevel: 0, handshakeFlags: 0, clientFlags: 0 },
  hasHandshake: false,
  handshakeUntil: undefined,
  settings: new Map(),
  execs: [],
  lateExecs: [],
  appIdRequests: [],
  markerWindowId: undefined,
  move: undefined,
});
