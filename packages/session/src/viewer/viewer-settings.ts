import type { ApplistClientOptions } from "@railvail/applist";
import type { AudioInputClientOptions, SoundClientOptions } from "@railvail/audio";
import type { CliprdrOptions } from "@railvail/cliprdr";
import type { MonitorDefinition } from "@railvail/display";
import type { GfxredirClientOptions } from "@railvail/gfxredir";
import type { ClientStatusFlags, RailClientOptions } from "@railvail/rail";
import type { ClientSettings } from "../connection/client-state.js";
import type { Size } from "../pixels/box.js";
import type { SectionStore } from "../sections.js";

/** What is to be started in a session of windows. */
export interface RemoteApp {
  /** Undefined: nothing, the session shows what runs in it. At most 260 characters. */
  readonly program: string | undefined;
  readonly arguments: string;
  readonly workingDirectory: string;
}

/** How much a viewer keeps, whatever a server sends. */
export interface ViewerLimits {
  /** Pixels of the desktop. */
  readonly desktopPixels: number;
  /** Bytes of all pictures of windows that came through shared memory. */
  readonly vailBytes: number;
  /** Pixels of surfaces and cached bitmaps of the graphics pipeline. */
  readonly surfacePixels: number;
}

/** What a viewer asks for, and how it behaves. Channels of which the options are undefined are refused. */
export interface ViewerSettings {
  /** TLS is set up by who carries the bytes. Plain RDP works only where the server asks for no encryption. */
  readonly security: ClientSettings["security"];
  readonly name: string;
  readonly domain: string;
  readonly password: string;
  /** Of the desktop, in pixels. */
  readonly size: Size;
  /** Told to the server at once, if there are several, and over the display channel; none: it is left at `size`. */
  readonly monitors: readonly MonitorDefinition[];
  /** Windows of programs; undefined: one plain desktop. */
  readonly remoteApp: RemoteApp | undefined;
  /** Opens memory that the server shares. Without it there is no VAIL. */
  readonly sections: SectionStore | undefined;
  /**
   * How pictures of shared memory are had: copied out of it when they are presented, or as the memory
   * itself where it is mapped. The server may write to that again after the event of the frame was handled.
   */
  readonly vailPictures: "copied" | "shared";
  readonly vail: Partial<GfxredirClientOptions>;
  /** Whether RemoteFX may be sent in surface commands: servers then prefer it, and it loses some colour. */
  readonly remoteFx: boolean;
  /** Whether the graphics pipeline is offered. */
  readonly egfx: boolean;
  readonly clipboard: Partial<CliprdrOptions> | undefined;
  readonly audioOutput: Partial<SoundClientOptions> | undefined;
  readonly audioInput: Partial<AudioInputClientOptions> | undefined;
  readonly appList: Partial<ApplistClientOptions> | undefined;
  /** What the client says that it can do: bits of {@link ClientStatusFlags}. */
  readonly railFlags: number;
  readonly rail: Partial<Omit<RailClientOptions, "clientFlags" | "compat">>;
  /** How long the server's handshake on the channel `rail` is waited for, in milliseconds; then the client begins. */
  readonly handshakePatience: number;
  /** Settings of the connection in the place of those that follow from the others. */
  readonly connection: Partial<ClientSettings>;
  /** `wslg`: what WSLg's server relies on where it departs from the specification. */
  readonly compat: "wslg" | undefined;
  readonly limits: ViewerLimits;
}

/** What headless viewers can do: they keep no window where the user moves it, so local moves are not among it. */
const usualRailFlags: { readonly [Name in keyof typeof ClientStatusFlags]?: number } = {
  autoReconnect: 0x0002,
  zOrderSync: 0x0004,
  windowResizeMarginSupported: 0x0010,
  highDpiIconsSupported: 0x0020,
};

export const usualViewer: ViewerSettings = {
  security: "tls",
  name: "",
  domain: "",
  password: "",
  size: { width: 1280, height: 800 },
  monitors: [],
  remoteApp: undefined,
  sections: undefined,
  vailPictures: "copied",
  vail: {},
  remoteFx: false,
  egfx: true,
  clipboard: {},
  audioOutput: {},
  audioInput: undefined,
  appList: {},
  railFlags: Object.values(usualRailFlags).reduce((sum, flag) => sum | flag, 0),
  rail: {},
  handshakePatience: 2000,
  connection: {},
  compat: undefined,
  limits: { desktopPixels: 2 ** 26, vailBytes: 2 ** 29, surfacePixels: 2 ** 26 },
};
