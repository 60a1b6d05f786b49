import type { ClientInfo, ConnectInitial } from "@railvail/transport";
import type { Step } from "@railvail/wire";
import type { ClientCapability, ServerCapability } from "./capability-list.js";
import type { CommonOutput, SequenceInput } from "./common-output.js";
import type { ReconnectionCookie, ServerReconnection } from "./reconnection.js";
import { sharedStart, type SharedState } from "./shared-state.js";
import type { ConnectionMessage } from "./vocabulary.js";

/** How a server behaves. */
export interface ServerSettings {
  /** What is allowed: plain RDP without encryption, for local peers only; TLS, which the caller sets up. */
  readonly security: readonly ("rdp" | "tls")[];
  /** `ask`: a logon waits for the command `accept` or `refuse`; `accept`: every logon is accepted. */
  readonly logon: "accept" | "ask";
  /** Put in the place of the default capability sets of the same type, or added. */
  readonly capabilities: readonly ServerCapability[];
  /** Size of the desktop in pixels; undefined: what the client asks for. */
  readonly desktop: { readonly width: number; readonly height: number } | undefined;
  /** Clients that can do without joining channels need not join them. */
  readonly skipChannelJoin: boolean;
  /** Bytes of a chunk of a static channel: 1600 to 16,256. */
  readonly chunkSize: number;
  /** `wslg`: answers as WSLg's server does where it departs from the specification. */
  readonly compat: "specification" | "wslg";
  /** Lets clients come back to their sessions with a cookie; undefined: they log on as any other. */
  readonly reconnection: ServerReconnection | undefined;
  /** How long the client may be silent before the session is active, in milliseconds. */
  readonly patience: number;
}

export const defaultServerSettings: ServerSettings = {
  security: ["rdp"],
  logon: "accept",
  capabilities: [],
  desktop: undefined,
  skipChannelJoin: true,
  chunkSize: 1600,
  compat: "specification",
  reconnection: undefined,
  patience: 30_000,
};

/** A settings block of the client's Connect-Initial; `type` names it. */
export type ClientBlock = ConnectInitial["userData"]["userData"]["blocks"][number]["body"];

/** A monitor in pixels, right and bottom inclusive, [MS-RDPBCGR] 2.2.1.3.6.1. */
export type MonitorDef = Extract<ClientBlock, { readonly type: "monitor" }>["monitors"][number];

/** The server's end of a connection. */
export interface ServerState extends SharedState {
  readonly settings: ServerSettings;
  /** `SecurityProtocol` bits that the client requested. */
  readonly requestedProtocols: number;
  readonly blocks: readonly ClientBlock[];
  /** The monitors of the desktop, if they are others than the client stated in its blocks; none: one as large as it. */
  readonly monitors: readonly MonitorDef[] | undefined;
  readonly info: ClientInfo | undefined;
  /** What the client's Confirm Active stated. */
  readonly peerCapabilities: readonly ClientCapability[];
  /** The client showed a wrong cookie, which it is to be told. */
  readonly cookieRefused: boolean;
  /** Shares so far; each reactivation makes another. */
  readonly shares: number;
}

/** The server before the first byte. */
export const serverStart = (settings: Partial<ServerSettings> = {}): ServerState => ({
  ...sharedStart,
  settings: { ...defaultServerSettings, ...settings },
  requestedProtocols: 0,
  blocks: [],
  monitors: undefined,
  info: undefined,
  peerCapabilities: [],
  cookieRefused: false,
  shares: 0,
});

/** What the application wants of the server's end. */
export type ServerCommand =
  /** TLS is up: what comes from now on is plain text. */
  | { readonly type: "tlsStarted" }
  /** Lets a logon that was asked about go on, with capability sets that take the place of the defaults. */
  | { readonly type: "accept"; readonly capabilities?: readonly ServerCapability[] }
  /** Ends the connection; `errorInfo` (an `ErrorInfo`) tells a client that understands it why. */
  | { readonly type: "disconnect"; readonly errorInfo?: number }
  /**
   * Tells the client that its user is logged on, and with what it can come back to the session. The random bytes of a
   * cookie are to be used once, and to be looked up by `ServerSettings.reconnection`.
   */
  | {
      readonly type: "saveSession";
      readonly logon?: { readonly domain: string; readonly userName: string; readonly sessionId: number };
      readonly cookie?: ReconnectionCookie;
    }
  /** Answers a shutdown request: the session goes on unless the client insists. */
  | { readonly type: "denyShutdown" }
  /** Deactivates and activates again, with another size or other capability sets. */
  | {
      readonly type: "reactivate";
      readonly desktop?: { readonly width: number; readonly height: number };
      /** Of the new desktop; none: one as large as it. Unless given, what they were. */
      readonly monitors?: readonly MonitorDef[];
      readonly capabilities?: readonly ServerCapability[];
    };

export type ServerInput = SequenceInput<ServerCommand>;

export type ServerEvent =
  /** What the client is: its settings blocks, and the static channels with their ids. */
  | { readonly type: "settings"; readonly blocks: readonly ClientBlock[]; readonly channels: SharedState["channels"] }
  /** Who wants in. With `logon: "ask"` the connection waits for `accept` or `disconnect`. */
  | { readonly type: "logon"; readonly info: ClientInfo; readonly rail: boolean; readonly hiDefRail: boolean }
  /** The client came back to a session with the right cookie. It is told before the `logon`. */
  | { readonly type: "reconnected"; readonly logonId: number }
  | { readonly type: "capabilities"; readonly capabilities: readonly ClientCapability[] }
  /** Input, output and channels from here on. */
  | { readonly type: "active"; readonly shareId: number }
  /** The client's user wants to leave: answer with `denyShutdown` or `disconnect`. */
  | { readonly type: "shutdownRequested" }
  /** A message that changes nothing here. */
  | { readonly type: "message"; readonly message: ConnectionMessage };

export type ServerOutput = ServerEvent | CommonOutput;

export type ServerStep = Step<ServerState, ServerOutput>;
