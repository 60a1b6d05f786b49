import type { EgfxServerOutput } from "@railvail/egfx";
import type { GfxredirServerOutput } from "@railvail/gfxredir";
import { desktopOf } from "../connection/server-activation.js";
import { monitorsOf } from "../connection/server-settings.js";
import { tileCompressor } from "../pixels/compress-tile.js";
import type { PixelPathName } from "../pixels/pixel-path-name.js";
import type { Rectangle } from "../pixels/region.js";
import { chooseUpdates } from "../pixels/update-choice.js";
import type { CompositorEnds } from "./compositor-ends.js";
import type { CompositorOutput } from "./compositor-events.js";
import type { CompositorPeer } from "./compositor-peer.js";
import type { CompositorSettings } from "./compositor-settings.js";
import { PathChoice } from "./path-choice.js";
import { ComposedPath, type DesktopPlace } from "./paths/composed-path.js";
import { EgfxPath } from "./paths/egfx-path.js";
import type { Arrangement, PathListener, PixelPath } from "./paths/pixel-path.js";
import { VailPath } from "./paths/vail-path.js";

/** What the pixels of a client need. */
export interface PixelsHost {
  readonly settings: CompositorSettings;
  readonly ends: CompositorEnds;
  tell(output: CompositorOutput): void;
  /** This way has failed, and is not tried again. */
  gaveUp(name: PixelPathName): void;
}

/** How the windows' pixels come to one client: finds a way, and another one when that is closed. */
export class ClientPixels {
  private readonly host: PixelsHost;
  private readonly peer: CompositorPeer;
  private readonly choice: PathChoice;
  private current: PixelPath | undefined;
  private arrangement: Arrangement | undefined;
  private broken: { readonly name: PixelPathName; readonly reason: string } | undefined;
  /** Why the last way was left, until the next one is told. */
  private because: string | undefined;
  /** The way has to be made anew. */
  private stale = false;
  /** The client shows nothing for now, as when it is minimized. */
  private suppressed = false;

  constructor(host: PixelsHost, peer: CompositorPeer, now: number) {
    this.host = host;
    this.peer = peer;
    this.choice = new PathChoice(wantedPaths(host.settings, peer), now + host.settings.pathTimeout);
  }

  /** The way that is taken now. */
  get path(): PixelPath | undefined {
    return this.current;
  }

  /** Ways that are waited for or taken: their channels are to be opened. */
  wants(name: PixelPathName): boolean {
    return this.choice.hopes(name);
  }

  /** There will be no channel for this way. */
  refused(name: PixelPathName): void {
    this.choice.note(name, "gone");
  }

  get wakeAt(): number | undefined {
    return this.choice.wakeAt ?? this.pathWakeAt;
  }

  /** The end of what holds frames back is heard of, and needs no tick. */
  private get pathWakeAt(): number | undefined {
    const isHeld = this.suppressed || this.peer.congested;
    return this.current instanceof ComposedPath && !isHeld ? this.current.wakeAt : undefined;
  }

  heardVail(event: GfxredirServerOutput): void {
    if (event.type === "ready") this.choice.note("vail", "there");
    else if (event.type === "unavailable") this.choice.note("vail", "gone");
    if (this.current instanceof VailPath) this.current.heard(event);
  }

  heardEgfx(event: EgfxServerOutput): void {
    if (event.type === "ready") this.choice.note("egfx", "there");
    else if (event.type === "unavailable") this.choice.note("egfx", "gone");
    if (this.current instanceof EgfxPath) this.current.heard(event);
  }

  /** Shows what is there now. */
  flush(arrangement: Arrangement, now: number): void {
    this.choice.tick(now);
    for (;;) {
      const isNew = this.take();
      if (isNew || arrangement !== this.arrangement) this.current?.arrange(this.affordable(arrangement), now);
      this.arrangement = arrangement;
      if (!this.suppressed) this.current?.flush(now, this.peer.congested);
      if (this.broken === undefined) return;
      this.choice.note(this.broken.name, "gone");
      this.host.gaveUp(this.broken.name);
    }
  }

  /** The client says whether it shows anything. */
  wanted(wanted: boolean): void {
    this.suppressed = !wanted;
  }

  refresh(areas: readonly Rectangle[]): void {
    if (this.current instanceof ComposedPath) for (const area of areas) this.current.refresh(area);
  }

  frameAcknowledged(frameId: number): void {
    if (this.current instanceof ComposedPath) this.current.acknowledged(frameId);
  }

  end(): void {
    this.current?.end();
    this.current = undefined;
  }

  /** The session was activated anew: the desktop may have another size, and shows nothing. */
  renew(): void {
    this.stale = this.current instanceof ComposedPath;
  }

  /** Without windows that are too large to be painted. */
  private affordable({ windows, zOrder }: Arrangement): Arrangement {
    const { maxWindowPixels } = this.host.settings;
    return {
      windows: new Map([...windows].filter(([, { width, height }]) => width * height <= maxWindowPixels)),
      zOrder,
    };
  }

  /** Takes the best way, if it is another one than now. */
  private take(): boolean {
    const { best } = this.choice;
    this.because = this.broken?.reason ?? this.because;
    if (best === this.current?.name && this.broken === undefined && !this.stale) return false;
    this.broken = undefined;
    this.stale = false;
    this.end();
    this.current = best === undefined ? undefined : this.make(best);
    if (this.current === undefined) return false;
    this.host.tell({ type: "pixelPath", path: this.current.name, because: this.because });
    this.because = undefined;
    return true;
  }

  private make(name: PixelPathName): PixelPath | undefined {
    const { ends, settings } = this.host;
    const listener = this.listenerOf(name);
    switch (name) {
      case "vail":
        return settings.sections && new VailPath(ends.vail, settings.sections, listener);
      case "egfx":
        return new EgfxPath(ends.egfx, listener);
      case "composed":
        return this.composed(listener);
    }
  }

  private composed(listener: PathListener): PixelPath | undefined {
    const { peerCapabilities } = this.peer.state;
    const { compressBitmaps, maxDesktopPixels } = this.host.settings;
    const encodeTile = compressBitmaps ? tileCompressor(peerCapabilities) : undefined;
    // Surface commands have no codec here that compresses.
    const choice = chooseUpdates(peerCapabilities, encodeTile === undefined ? {} : { surfaceCommands: false });
    const place = desktopPlace(this.peer);
    if (choice === undefined || place.width * place.height > maxDesktopPixels) return undefined;
    return new ComposedPath({ choice, place, listener, encodeTile }, ({ updateCode, data }, now) =>
      this.peer.sendUpdate(updateCode, data, now),
    );
  }

  private listenerOf(name: PixelPathName): PathListener {
    const { host } = this;
    return {
      exposed: (windowId) => host.tell({ type: "exposed", windowId }),
      paintable: (windowId) => host.tell({ type: "paintable", windowId }),
      restarted: () => (this.arrangement = undefined),
      failed: (reason) => {
        if (this.current === undefined || this.current.name === name) this.broken = { name, reason };
      },
    };
  }
}

/** The desktop that the session has; mouse places count from its corner. */
export function desktopPlace({ state }: CompositorPeer): DesktopPlace {
  const monitors = monitorsOf(state) ?? [];
  const { width, height } = desktopOf(state);
  const left = Math.min(...monitors.map((monitor) => monitor.left));
  const top = Math.min(...monitors.map((monitor) => monitor.top));
  return { left: monitors.length > 0 ? left : 0, top: monitors.length > 0 ? top : 0, width, height };
}

/** The ways that this client may have, the best first. */
function wantedPaths(
  { pixelPaths, sections, mapsSurfaces }: CompositorSettings,
  peer: CompositorPeer,
): PixelPathName[] {
  const mapped = mapsSurfaces === "always" || (mapsSurfaces === "announced" && peer.hiDefRemoteApp);
  return pixelPaths.filter((name) => {
    if (name === "vail") return peer.remoteApp && sections !== undefined;
    return name === "composed" || (peer.remoteApp && mapped && peer.takesGraphics);
  });
}
