import type { MonitorDefinition } from "@railvail/display";
import type { RailServerCommand, RailValue } from "@railvail/rail";
import { ErrorInfo, type ClientInfo } from "@railvail/transport";
import { earliest } from "../channels/wakes.js";
import type { ServerConnectionOutput } from "../connection/server-connection.js";
import type { Box, Size } from "../pixels/box.js";
import type { PixelPathName } from "../pixels/pixel-path-name.js";
import type { Pointer } from "../pointers/pointer-shape.js";
import { ActiveClient } from "./active-client.js";
import { monitorsOfDesktop } from "./client-monitors.js";
import { desktopPlace } from "./client-pixels.js";
import { compositorEnds, type CompositorEnds } from "./compositor-ends.js";
import type { CompositorOutput } from "./compositor-events.js";
import { CompositorPeer } from "./compositor-peer.js";
import { usualCompositor, type CompositorSettings } from "./compositor-settings.js";
import { moveCommands, type MoveKind, type Place } from "./local-move.js";
import type { Canvas } from "./paths/pixel-path.js";
import { WindowStack } from "./window-stack.js";

/** Bytes, [MS-RDPBCGR] 2.2.4.2. */
const cookieSize = 16;

/**
 * What a compositor backend talks to: it has windows and draws them; whoever connects sees them and
 * acts on them. It does no I/O and has no clock: `flush` says what is to be done, and times are
 * milliseconds of the caller's. Windows outlive connections.
 */
export class Compositor {
  readonly settings: CompositorSettings;
  readonly windows = new WindowStack();
  private readonly ends: CompositorEnds;
  private readonly peers = new Set<CompositorPeer>();
  private outputs: CompositorOutput[] = [];
  /** The last of the outputs, if that is bytes: more may be added. */
  private last: { readonly peer: CompositorPeer; readonly segments: Uint8Array[] } | undefined;
  private client: ActiveClient | undefined;
  private pointer: Pointer = "default";
  private wakeTold: number | undefined;
  private cookie: Uint8Array | undefined;

  constructor(settings: Partial<CompositorSettings> = {}) {
    this.settings = { ...usualCompositor, ...settings };
    this.ends = compositorEnds({
      settings: this.settings,
      client: () => this.client,
      tell: (output) => this.tell(output),
    });
  }

  /** A connection came. */
  accept(now: number): CompositorPeer {
    const peer: CompositorPeer = new CompositorPeer(
      {
        settings: this.settings,
        cookie: () => this.cookie,
        tell: (output) => this.tell(output),
        admits: (info, at) => this.admits(peer, info, at),
        activated: (at) => this.activated(peer, at),
        received: (output, at) => this.received(peer, output, at),
        left: (reason, at) => this.left(peer, reason, at),
      },
      now,
    );
    this.peers.add(peer);
    return peer;
  }

  /** How pixels reach the client now; undefined while there is none, or it is not decided. */
  get pixelPath(): PixelPathName | undefined {
    return this.client?.pixels.path?.name;
  }

  /**
   * Memory to draw a window in; undefined if it may not be painted now, because nobody would see it or the client
   * does not have the last picture yet. `paintable` or `exposed` will say when. It is to be drawn in at once, then
   * `present`.
   */
  canvas(windowId: number): Canvas | undefined {
    const window = this.windows.all.get(windowId);
    return window && this.client?.pixels.path?.canvas(windowId, window);
  }

  mayPaint(windowId: number): boolean {
    return this.canvas(windowId) !== undefined;
  }

  /** Parts of a window's canvas were drawn, in its pixels; all of it if none are named. */
  present(windowId: number, damage?: readonly Box[]): void {
    this.client?.pixels.path?.damage(windowId, damage);
  }

  /** What the pointer looks like while it is on the compositor's windows. */
  setPointer(pointer: Pointer): void {
    this.pointer = pointer;
    this.client?.showPointer(pointer);
  }

  /** Puts the client's pointer at a place of its desktop. */
  movePointer(x: number, y: number): void {
    this.client?.movePointer(x, y);
  }

  /** The channel `rail`: answers to `launchRequested`, moves that the client carries out, settings. */
  rail(command: RailServerCommand): void {
    // The client has to know the window that it is about.
    this.client?.tellWindows();
    this.ends.rail.command(command);
  }

  /**
   * Lets the client move or size a window by itself, as users expect it: to be called when a button went down on the
   * window's title or edge, at `pointer`. `placeRequested` with `ends` says what became of it.
   */
  startMove(windowId: number, kind: MoveKind, pointer: Place): void {
    const window = this.windows.all.get(windowId);
    if (window === undefined || this.client === undefined) return;
    const desktop = desktopPlace(this.client.peer);
    for (const command of moveCommands(windowId, window, kind, pointer, desktop)) this.rail(command);
  }

  /** The result of a start that was asked for: one of `ExecResultCode`; `rawResult` is a code of the system's. */
  launched(serial: number, execResult: RailValue<"execResult">["execResult"], rawResult = 0): void {
    this.rail({ type: "execResult", serial, execResult, rawResult });
  }

  /**
   * The client's monitors, in pixels of its desktop; none while there is no client. `placeOutputs` of
   * `@railvail/display` lays them out in logical units.
   */
  get monitors(): readonly MonitorDefinition[] {
    return this.client?.monitors ?? [];
  }

  /** The part of the client's desktop that its taskbar leaves free; undefined if it did not say. */
  get workArea(): Box | undefined {
    return this.client?.workArea;
  }

  /**
   * What the client understands, `ClientStatusFlags` of `@railvail/rail`: large icons, moves that it carries out.
   * 0 if it did not say, undefined: not yet, or there is no client.
   */
  get clientStatus(): number | undefined {
    return this.client?.statusFlags;
  }

  get clipboard(): CompositorEnds["clipboard"] {
    return this.ends.clipboard;
  }

  get audioOutput(): CompositorEnds["audioOutput"] {
    return this.ends.audioOutput;
  }

  get audioInput(): CompositorEnds["audioInput"] {
    return this.ends.audioInput;
  }

  get appList(): CompositorEnds["appList"] {
    return this.ends.appList;
  }

  /** The time has come that the last `wake` named. */
  tick(now: number): void {
    this.wakeTold = undefined;
    for (const peer of this.peers) peer.tick(now);
    this.client?.tick(now);
  }

  /**
   * What is to be done, in this order. To be called after anything else was: only then windows are told, and frames
   * sent.
   */
  flush(now: number): CompositorOutput[] {
    this.client?.flush(now);
    const at = earliest(this.client === undefined ? this.peers : [...this.peers, this.client]);
    if (at !== this.wakeTold) {
      this.wakeTold = at;
      this.tell({ type: "wake", at });
    }
    const { outputs } = this;
    this.outputs = [];
    this.last = undefined;
    return outputs;
  }

  /**
   * Gives the client's desktop another size, as its user may wish by a new layout of monitors: the session is
   * activated again. If it is the box around `monitors`, the desktop is made of those; otherwise of one monitor, and its
   * corner is 0, 0.
   */
  resizeDesktop(desktop: Size, now: number): void {
    this.client?.peer.resize(desktop, monitorsOfDesktop(this.monitors, desktop), now);
  }

  /** Ends all connections; windows stay. `errorInfo` tells the clients why: one of `ErrorInfo`. */
  disconnect(now: number, errorInfo: number = ErrorInfo.ERRINFO_RPC_INITIATED_DISCONNECT): void {
    for (const peer of this.peers) peer.disconnect(errorInfo, now);
  }

  /** A frame may be thousands of packets: what goes to one peer without a break is one output. */
  private tell(output: CompositorOutput): void {
    const { last } = this;
    if (output.type !== "bytes") {
      this.last = undefined;
      this.outputs.push(output);
    } else if (last?.peer === output.peer) for (const segment of output.segments) last.segments.push(segment);
    else {
      this.last = { peer: output.peer, segments: [...output.segments] };
      this.outputs.push({ type: "bytes", ...this.last });
    }
  }

  private admits(peer: CompositorPeer, info: ClientInfo, now: number): boolean {
    const { mayLogOn } = this.settings;
    if (mayLogOn?.(info) === false) {
      this.tell({ type: "clientRefused", peer, reason: "logon" });
      return false;
    }
    if (this.isTaken(peer)) {
      this.tell({ type: "clientRefused", peer, reason: "busy" });
      return false;
    }
    this.client?.peer.disconnect(ErrorInfo.ERRINFO_DISCONNECTED_BY_OTHERCONNECTION, now);
    return true;
  }

  /** Another client is there, and stays. */
  private isTaken(peer: CompositorPeer): boolean {
    return this.client !== undefined && this.settings.secondClient === "refuse" && !peer.isBack;
  }

  private activated(peer: CompositorPeer, now: number): void {
    if (this.client?.peer === peer) {
      this.client.reactivated(now);
      this.client.showPointer(this.pointer);
      return;
    }
    // Two may have been admitted at a time: the one that is active first is the client.
    if (this.isTaken(peer)) {
      this.tell({ type: "clientRefused", peer, reason: "busy" });
      return peer.disconnect(ErrorInfo.ERRINFO_SERVER_DENIED_CONNECTION, now);
    }
    this.client?.peer.disconnect(ErrorInfo.ERRINFO_DISCONNECTED_BY_OTHERCONNECTION, now);
    const { settings, ends, windows } = this;
    this.client = new ActiveClient({ settings, ends, windows, tell: (output) => this.tell(output) }, peer, now);
    const { info } = peer.state;
    if (info !== undefined) {
      const { remoteApp } = peer;
      this.tell({ type: "clientReady", peer, info, remoteApp, desktop: desktopPlace(peer) });
    }
    this.tell({ type: "monitors", monitors: this.client.monitors });
    this.client.open(now);
    this.giveCookie(peer, now);
    this.client.showPointer(this.pointer);
  }

  /** Each cookie is used once, and is void when somebody else has come. */
  private giveCookie(peer: CompositorPeer, now: number): void {
    const random = this.settings.reconnection?.randomBytes(cookieSize);
    this.cookie = random !== undefined && peer.giveCookie(random, now) ? random : undefined;
  }

  private received(peer: CompositorPeer, output: ServerConnectionOutput, now: number): void {
    if (this.client?.peer === peer) this.client.received(output, now);
  }

  private left(peer: CompositorPeer, reason: string, now: number): void {
    this.peers.delete(peer);
    if (this.client?.peer !== peer) return;
    this.client.end(now);
    this.client = undefined;
    this.tell({ type: "clientGone", peer, reason });
  }
}
