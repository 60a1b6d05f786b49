import type { ApplistServerOptions } from "@railvail/applist";
import type { AudioInputServerOptions, SoundServerOptions } from "@railvail/audio";
import type { CliprdrOptions } from "@railvail/cliprdr";
import type { DisplayCaps } from "@railvail/display";
import type { EgfxServerOptions } from "@railvail/egfx";
import type { GfxredirServerOptions } from "@railvail/gfxredir";
import type { ClientInfo } from "@railvail/transport";
import type { HmacMd5 } from "../connection/reconnection.js";
import type { ServerSettings } from "../connection/server-state.js";
import type { PixelPathName } from "../pixels/pixel-path-name.js";
import type { SectionStore } from "../sections.js";

/** What cookies for reconnection are made with. */
export interface CookieMaker {
  readonly hmacMd5: HmacMd5;
  /** Random bytes that nobody can guess. */
  readonly randomBytes: (size: number) => Uint8Array;
}

/** How a compositor behaves. Channels of which the options are undefined are not used. */
export interface CompositorSettings {
  readonly connection: Partial<ServerSettings>;
  /** The ways for pixels that may be used, the best first. `composed` is always there. */
  readonly pixelPaths: readonly PixelPathName[];
  /** Makes memory that client and server share; without it there is no `vail`. */
  readonly sections: SectionStore | undefined;
  /**
   * Whether a client with a graphics pipeline shows surfaces that are mapped to windows. `announced`: if it says
   * that it does (the high-definition flag of its logon). Some say so and do not.
   */
  readonly mapsSurfaces: "announced" | "always" | "never";
  /** Milliseconds that a client may take to open the channels that carry pixels; then the next way is taken. */
  readonly pathTimeout: number;
  /** Whether updates of a composed desktop are compressed, without loss: fewer bytes for more work. */
  readonly compressBitmaps: boolean;
  /** Whether the graphics pipeline is compressed (ZGFX), without loss. It pays on slow networks only. */
  readonly compressGraphics: boolean;
  /** A desktop of more pixels is not painted; its image takes four bytes for each. */
  readonly maxDesktopPixels: number;
  /** A window of more pixels is not painted; its canvas takes four bytes for each. Clients wish for any size. */
  readonly maxWindowPixels: number;
  /** What happens to a client that comes while another one is there. */
  readonly secondClient: "refuse" | "takeOver";
  /** Whether somebody may log on; undefined: everybody who can connect. */
  readonly mayLogOn: ((info: ClientInfo) => boolean) | undefined;
  /**
   * Lets a client whose connection broke come back by itself, whatever `secondClient` says. It takes a hash function
   * and random numbers of the host's; undefined: clients log on again.
   */
  readonly reconnection: CookieMaker | undefined;
  /** `wslg`: fields and orders as WSLg's server has them where it departs from the specification. */
  readonly compat: "wslg" | undefined;
  readonly clipboard: Partial<CliprdrOptions> | undefined;
  readonly audioOutput: Partial<SoundServerOptions> | undefined;
  readonly audioInput: Partial<AudioInputServerOptions> | undefined;
  readonly monitors: DisplayCaps;
  readonly appList: (Pick<ApplistServerOptions, "providerName"> & Partial<ApplistServerOptions>) | undefined;
  readonly vail: Partial<GfxredirServerOptions>;
  readonly egfx: Partial<EgfxServerOptions>;
}

export const usualCompositor: CompositorSettings = {
  connection: {},
  pixelPaths: ["vail", "egfx", "composed"],
  sections: undefined,
  mapsSurfaces: "announced",
  pathTimeout: 5000,
  compressBitmaps: false,
  compressGraphics: false,
  maxDesktopPixels: 2 ** 26,
  maxWindowPixels: 2 ** 25,
  secondClient: "refuse",
  mayLogOn: undefined,
  reconnection: undefined,
  compat: undefined,
  clipboard: {},
  audioOutput: {},
  audioInput: undefined,
  monitors: { maxNumMonitors: 16, maxMonitorAreaFactorA: 8192, maxMonitorAreaFactorB: 8192 },
  appList: undefined,
  vail: {},
  egfx: {},
};
