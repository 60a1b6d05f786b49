import { applistChannel } from "@railvail/applist";
import { audioInputChannel, soundChannels } from "@railvail/audio";
import { displayChannel, type MonitorDefinition } from "@railvail/display";
import { egfxChannel, type EgfxServerOutput } from "@railvail/egfx";
import { gfxredirChannel, type GfxredirServerOutput } from "@railvail/gfxredir";
import { cutText, type RailServerEvent, type RailValue } from "@railvail/rail";
import type { ChannelEnd } from "../channels/channel-end.js";
import { segmentedEnd } from "../channels/segmented-end.js";
import { ServerChannels } from "../channels/server-channels.js";
import { earliest } from "../channels/wakes.js";
import type { ServerConnectionOutput } from "../connection/server-connection.js";
import type { InputEvent } from "../input/input-event.js";
import type { Box } from "../pixels/box.js";
import type { PixelPathName } from "../pixels/pixel-path-name.js";
import { choosePointers } from "../pointers/pointer-choice.js";
import type { Pointer } from "../pointers/pointer-shape.js";
import { PointerUpdates } from "../pointers/pointer-updates.js";
import { connectedMonitors } from "./client-monitors.js";
import { ClientPixels, desktopPlace, type PixelsHost } from "./client-pixels.js";
import type { CompositorPeer } from "./compositor-peer.js";
import { short, type Place } from "./local-move.js";
import type { DesktopPlace } from "./paths/composed-path.js";
import type { Arrangement } from "./paths/pixel-path.js";
import { wishOf } from "./rail-wishes.js";
import type { WindowStack } from "./window-stack.js";
import { WindowsTold } from "./windows-told.js";

/** How long a client of remote programs may take to say what it understands, in milliseconds. */
const statusPatience = 2000;

/** An application id and the name of a program have so many UTF-16 units at most, [MS-RDPERP] 2.2.2.8.1. */
const appIdUnits = 260;

/** What an active client needs of its compositor. */
export interface ClientHost extends Omit<PixelsHost, "gaveUp"> {
  readonly windows: WindowStack;
}

/** The client that shows the windows: its channels, what it was told, and how it gets pixels. */
export class ActiveClient {
  readonly peer: CompositorPeer;
  readonly pixels: ClientPixels;
  /** What the client stated last. */
  monitors: readonly MonitorDefinition[];
  /** The part of the desktop that the client's taskbar leaves free; undefined if the client did not say. */
  workArea: Box | undefined;
  /** What the client understands, as `ClientStatusFlags`; 0 if it did not say, undefined: not yet. */
  statusFlags: number | undefined;
  private readonly host: ClientHost;
  private readonly channels: ServerChannels;
  private readonly told: WindowsTold;
  private place: DesktopPlace;
  private pointers: PointerUpdates;
  /** Where the pointer was last; undefined before it moved. */
  private pointerPlace: Place | undefined;
  /** Where the pointer is to be put as soon as the session is active again. */
  private pointerPut: Place | undefined;
  private readonly graphics: ChannelEnd;
  private shown: Arrangement | undefined;
  /** Ends whose channels are of no use any more. */
  private readonly useless = new Set<ChannelEnd>();
  /** The connection is gone: what its channels still say leads to nothing. */
  private isOver = false;
  /** All windows are to be told, whatever was told before. */
  private isToBeTold = false;
  /** When windows are told to a client that does not say what it understands. */
  private statusUntil: number | undefined;
  private now: number;

  constructor(host: ClientHost, peer: CompositorPeer, now: number) {
    this.host = host;
    this.peer = peer;
    this.now = now;
    this.monitors = connectedMonitors(peer.state);
    this.place = desktopPlace(peer);
    this.pixels = new ClientPixels({ ...host, gaveUp: (name) => this.gaveUp(name) }, peer, now);
    const compress = host.settings.compressGraphics ? {} : undefined;
    this.graphics = segmentedEnd(host.ends.egfx, { side: "server", compress });
    this.pointers = new PointerUpdates(choosePointers(peer.state.peerCapabilities));
    this.told = new WindowsTold(host.settings.compat, {
      orders: (orders) => peer.sendOrders(orders, this.now),
      violation: (violation) => host.tell({ type: "violation", channel: "windows", violation }),
    });
    const { compat } = host.settings;
    this.channels = new ServerChannels(
      {
        send: (channel, parts, at) => peer.sendOnChannel(channel, parts, at),
        violation: (violation) => host.tell({ type: "violation", channel: violation.channel, violation }),
      },
      compat === undefined ? {} : { compat },
    );
  }

  /** Opens the channels. To be called when whoever listens to them knows the client. */
  open(now: number): void {
    const { ends, settings } = this.host;
    if (this.peer.remoteApp) this.channels.add("rail", ends.rail);
    if (settings.clipboard !== undefined) this.channels.add("cliprdr", ends.clipboard);
    this.channels.open(this.peer.state.channels, now);
    const { pixels } = this;
    if (pixels.wants("vail")) this.request(gfxredirChannel, ends.vail, now, () => pixels.refused("vail"));
    if (pixels.wants("egfx")) this.request(egfxChannel, this.graphics, now, () => pixels.refused("egfx"));
    if (settings.appList !== undefined) this.request(applistChannel, ends.appList, now);
    if (settings.audioOutput !== undefined) {
      this.request(soundChannels.dynamic, ends.audioOutput, now, (at) => this.staticAudio(at));
    }
    if (settings.audioInput !== undefined) this.request(audioInputChannel, ends.audioInput, now);
    this.request(displayChannel, ends.monitors, now);
    if (this.peer.remoteApp) this.statusUntil = now + statusPatience;
  }

  /** The session was activated again: channels stay, and what is shown is shown again. */
  reactivated(now: number): void {
    this.now = now;
    this.place = desktopPlace(this.peer);
    this.pointers = new PointerUpdates(choosePointers(this.peer.state.peerCapabilities));
    this.isToBeTold = this.statusFlags !== undefined;
    this.pixels.renew();
    if (this.pointerPut !== undefined) this.movePointer(this.pointerPut.x, this.pointerPut.y);
  }

  private get isActive(): boolean {
    return this.peer.state.phase === "active";
  }

  get wakeAt(): number | undefined {
    // Pixels wait for the session.
    return earliest([this.channels, { wakeAt: this.statusUntil }, ...(this.isActive ? [this.pixels] : [])]);
  }

  tick(now: number): void {
    this.now = now;
    this.channels.tick(now);
    if (this.statusUntil !== undefined && now >= this.statusUntil) this.heardStatus(0);
  }

  /** What comes over the connection while it is active. */
  received(output: ServerConnectionOutput, now: number): void {
    this.now = now;
    switch (output.type) {
      case "channelData":
        return this.channels.received(output, now);
      case "input":
        for (const event of output.events) this.input(event);
        return undefined;
      case "outputWanted":
        return this.pixels.wanted(output.wanted);
      case "refreshRequested":
        return this.pixels.refresh(output.areas);
      case "frameAcknowledged":
        return this.pixels.frameAcknowledged(output.frameId);
      default:
        return undefined;
    }
  }

  /** Tells of windows, as far as the client does not know them yet. */
  tellWindows(): void {
    if (!this.isActive || !(this.isToBeTold || this.told.isOpen)) return;
    if (this.isToBeTold) this.told.close();
    this.told.desktop(this.host.windows.desktop);
    if (this.isToBeTold) this.told.open(this.peer.windowingClient(this.statusFlags ?? 0));
    this.isToBeTold = false;
  }

  /** Tells of windows, and sends frames; not while the session is activated again. */
  flush(now: number): void {
    this.now = now;
    if (!this.isActive) return;
    this.tellWindows();
    const { arrangement } = this.host.windows;
    for (const windowId of this.shown?.windows.keys() ?? []) {
      if (!arrangement.windows.has(windowId)) this.host.ends.rail.command({ type: "windowGone", windowId });
    }
    this.shown = arrangement;
    this.pixels.flush(arrangement, now);
    for (const end of this.useless) this.channels.close(end, now);
    this.useless.clear();
  }

  heardRail(event: RailServerEvent): void {
    const { host } = this;
    if (event.type === "clientStatus") this.heardStatus(event.flags);
    else if (event.type === "appIdRequested") this.answerAppId(event.windowId);
    else if (event.type === "clientSysParam") this.workArea = workAreaOf(event.value.parameter) ?? this.workArea;
    const wish = wishOf(event, (id) => host.windows.all.get(id), host.settings.compat);
    // [MS-RDPERP] 3.3.5.2.6.4: the end of a local move is confirmed with where the window is then.
    if (wish?.type === "placeRequested" && wish.ends) {
      const { windowId, left, top } = wish;
      host.ends.rail.command({ type: "endMoveSize", windowId, left: short(left), top: short(top) });
    }
    if (wish !== undefined) host.tell(wish);
  }

  heardVail(event: GfxredirServerOutput): void {
    this.pixels.heardVail(event);
    if (event.type === "unavailable") this.useless.add(this.host.ends.vail);
  }

  heardEgfx(event: EgfxServerOutput): void {
    this.pixels.heardEgfx(event);
    if (event.type === "unavailable") this.useless.add(this.graphics);
  }

  /** A way that failed shows nothing any more: without its channel, the client lets go of what it has of it. */
  private gaveUp(name: PixelPathName): void {
    if (name === "vail") this.useless.add(this.host.ends.vail);
    else if (name === "egfx") this.useless.add(this.graphics);
  }

  /** To be called again after the session was activated again. */
  showPointer(pointer: Pointer): void {
    if (!this.isActive) return;
    const update = this.pointers.show(pointer);
    if (update !== undefined) this.peer.sendUpdate(update.updateCode, update.data, this.now);
  }

  /** Puts the pointer at a place of the client's desktop. */
  movePointer(x: number, y: number): void {
    this.pointerPut = this.isActive ? undefined : { x, y };
    if (!this.isActive) return;
    const { updateCode, data } = this.pointers.move(x - this.place.left, y - this.place.top);
    this.peer.sendUpdate(updateCode, data, this.now);
  }

  end(now: number): void {
    this.now = now;
    this.isOver = true;
    this.told.close();
    this.channels.closed(now);
    this.pixels.end();
  }

  private request(name: string, end: ChannelEnd, now: number, refused: (at: number) => void = () => undefined): void {
    // A request that the end of the connection answers is not refused: other channels are not opened in its place.
    const answered = (at: number): void => {
      if (!this.isOver) refused(at);
    };
    const isAsked = this.channels.request(name, end, now, { refused: (_, at) => answered(at) });
    if (!isAsked) refused(now);
  }

  /** Old clients play only over the static channel. */
  private staticAudio(now: number): void {
    this.channels.add(soundChannels.static, this.host.ends.audioOutput);
    this.channels.open(this.peer.state.channels, now);
  }

  /** The client understands this; windows are told anew with the next flush, however often it says so. */
  private heardStatus(flags: number): void {
    this.statusUntil = undefined;
    if (flags === this.statusFlags) return;
    this.statusFlags = flags;
    this.isToBeTold = true;
  }

  private answerAppId(windowId: number): void {
    const { windows, ends } = this.host;
    const { appId, process } = windows.all.get(windowId) ?? {};
    if (appId === undefined) return;
    const applicationId = cutText(appId, appIdUnits);
    const image = process && { ...process, processImageName: cutText(process.processImageName, appIdUnits) };
    ends.rail.command({ type: "appId", windowId, applicationId, ...(image && { process: image }) });
    if (ends.appList.state.phase === "ready")
      ends.appList.command({ type: "associateWindow", windowId, id: applicationId, group: "" });
  }

  private input(event: InputEvent): void {
    const { host } = this;
    const { windows } = host;
    if (event.type === "wheel") {
      // The wheel has no place of its own: it turns where the pointer is.
      const { x, y } = this.pointerPlace ?? { x: Number.NaN, y: Number.NaN };
      host.tell({ type: "input", event, windowId: windows.at(x, y) });
    } else if (event.type === "pointerMoved" || event.type === "button") {
      const x = event.x + this.place.left;
      const y = event.y + this.place.top;
      this.pointerPlace = { x, y };
      host.tell({ type: "input", event: { ...event, x, y }, windowId: windows.at(x, y) });
    } else host.tell({ type: "input", event, windowId: windows.active });
  }
}

/** Places left of the primary monitor and above it are negative, [MS-RDPERP] 2.2.2.4.1; the fields have 16 bits. */
function workAreaOf(parameter: RailValue<"clientSysParam">["parameter"]): Box | undefined {
  if (parameter.type !== "workArea") return undefined;
  const [left = 0, top = 0, right = 0, bottom = 0] = Int16Array.of(
    parameter.left,
    parameter.top,
    parameter.right,
    parameter.bottom,
  );
  return { left, top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
}
