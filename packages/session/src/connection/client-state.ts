import {
  ChannelOption,
  type ClientCoreData,
  type ClientInfo,
  type ConnectResponse,
  type EnhancedServerRedirection,
  type ErrorInfo,
} from "@railvail/transport";
import type { Step } from "@railvail/wire";
import type { BandwidthMeasurement } from "./auto-detect.js";
import type { ClientCapability, ServerCapability } from "./capability-list.js";
import type { CommonOutput, SequenceInput } from "./common-output.js";
import type { ClientReconnection, ReconnectionCookie } from "./reconnection.js";
import type { ClientBlock } from "./server-state.js";
import { sharedStart, type SharedState } from "./shared-state.js";
import type { ConnectionMessage } from "./vocabulary.js";

/** How a client behaves, and what it asks for. */
export interface ClientSettings {
  /** Plain RDP, which works only where the server asks for no encryption; or TLS, which the caller sets up. */
  readonly security: "rdp" | "tls";
  /** The user of the cookie in the first message; undefined: none is sent. */
  readonly cookie: string | undefined;
  /** Pixels. */
  readonly desktop: { readonly width: number; readonly height: number };
  /** Fields of the core block in the place of the defaults. */
  readonly core: Partial<Omit<ClientCoreData, "trailing">>;
  /** Blocks in the place of the defaults of the same type, or added: monitors, for example. */
  readonly blocks: readonly ClientBlock[];
  /** Static channels, at most 31; names of at most 7 characters, `ChannelOption` bits. */
  readonly channels: readonly { readonly name: string; readonly options: number }[];
  /** Remote programs (INFO_RAIL, HiDef) instead of a desktop. */
  readonly rail: boolean;
  /** Fields of Client Info in the place of the defaults: user, password, shell. */
  readonly info: Partial<Omit<ClientInfo, "trailing">>;
  /** Comes back to the session of an earlier connection, whose state has the cookie. */
  readonly reconnection: ClientReconnection | undefined;
  /** Put in the place of the default capability sets of the same type, or added. */
  readonly capabilities: readonly ClientCapability[];
  /** How long the server may be silent before the session is active, in milliseconds. */
  readonly patience: number;
}

const { CHANNEL_OPTION_INITIALIZED, CHANNEL_OPTION_ENCRYPT_RDP, CHANNEL_OPTION_SHOW_PROTOCOL } = ChannelOption;
const usual = (CHANNEL_OPTION_INITIALIZED | CHANNEL_OPTION_ENCRYPT_RDP) >>> 0;
const shown = (usual | CHANNEL_OPTION_SHOW_PROTOCOL) >>> 0;

export const defaultClientSettings: ClientSettings = {
  security: "tls",
  cookie: undefined,
  desktop: { width: 1280, height: 800 },
  core: {},
  blocks: [],
  channels: [
    { name: "rail", options: shown },
    { name: "cliprdr", options: shown },
    { name: "drdynvc", options: usual },
  ],
  rail: true,
  info: {},
  reconnection: undefined,
  capabilities: [],
  patience: 30_000,
};

/** A settings block of the server's Connect-Response; `type` names it. */
export type ServerBlock = ConnectResponse["userData"]["userData"]["blocks"][number]["body"];

/** The client's end of a connection. */
export interface ClientState extends SharedState {
  readonly settings: ClientSettings;
  /** The server takes the settings blocks that came with RDP 5.2 and later. */
  readonly extendedData: boolean;
  readonly selectedProtocol: number;
  readonly blocks: readonly ServerBlock[];
  /** Channels that are still to be joined, the one that is being joined first. */
  readonly toJoin: readonly number[];
  readonly peerCapabilities: readonly ServerCapability[];
  /** The last reason that the server gave for a disconnection; 0: none. */
  readonly errorInfo: number;
  /** With what another connection can come back to this session. */
  readonly cookie: ReconnectionCookie | undefined;
  readonly measurement: BandwidthMeasurement | undefined;
}

/** The client before anything is sent. */
export const clientStart = (settings: Partial<ClientSettings> = {}): ClientState => ({
  ...sharedStart,
  settings: { ...defaultClientSettings, ...settings },
  extendedData: false,
  selectedProtocol: 0,
  blocks: [],
  toJoin: [],
  peerCapabilities: [],
  errorInfo: 0,
  cookie: undefined,
  measurement: undefined,
});

/** What the application wants of the client's end. */
export type ClientCommand =
  /** The transport is connected: the first message goes out. */
  | { readonly type: "connect" }
  /** TLS is up: what comes from now on is plain text. */
  | { readonly type: "tlsStarted" }
  /** The user wants to leave; the server answers by disconnecting or with a denial. */
  | { readonly type: "requestShutdown" }
  /** Ends the connection. */
  | { readonly type: "disconnect" };

export type ClientInput = SequenceInput<ClientCommand>;

export type ClientEvent =
  /** The server chose no protocol: a `NegotiationFailureCode`. */
  | { readonly type: "refused"; readonly failureCode: number }
  /** What the server is: its settings blocks, and the static channels with their ids. */
  | { readonly type: "settings"; readonly blocks: readonly ServerBlock[]; readonly channels: SharedState["channels"] }
  | { readonly type: "capabilities"; readonly capabilities: readonly ServerCapability[] }
  /** Input, output and channels from here on. */
  | { readonly type: "active"; readonly shareId: number }
  /** The share ended; another one follows, or a disconnection. */
  | { readonly type: "deactivated" }
  /** The server would go on with the session: `disconnect` if the user insists. */
  | { readonly type: "shutdownDenied" }
  /** Why the server will disconnect, and what the specification calls it; ERRINFO_NONE (0): all is well. */
  | {
      readonly type: "errorInfo";
      readonly errorInfo: number;
      readonly name: keyof typeof ErrorInfo | undefined;
    }
  /** With what another connection can come back to this session: the latest counts. */
  | { readonly type: "reconnectionCookie"; readonly cookie: ReconnectionCookie }
  /** The server did not accept the cookie of an earlier connection. */
  | { readonly type: "reconnectionFailed" }
  /** The client is to connect elsewhere: to an address, with a token, a user. The server disconnects. */
  | { readonly type: "redirected"; readonly target: EnhancedServerRedirection["serverRedirectionPdu"] }
  /**
   * The server is alive, as it says every `period` seconds. After `warnAfter` that did not come the user may be warned,
   * after `reconnectAfter` the client may reconnect.
   */
  | {
      readonly type: "heartbeat";
      readonly period: number;
      readonly warnAfter: number;
      readonly reconnectAfter: number;
    }
  /** What the server found out: times in milliseconds, bandwidth in kilobits per second. */
  | {
      readonly type: "networkCharacteristics";
      readonly baseRTT: number | undefined;
      readonly bandwidth: number | undefined;
      readonly averageRTT: number;
    }
  /** A message that changes nothing here: Save Session Info, Monitor Layout, the ultimatum that ended the connection. */
  | { readonly type: "message"; readonly message: ConnectionMessage };

export type ClientOutput = ClientEvent | CommonOutput;
export type ClientStep = Step<ClientState, ClientOutput>;
