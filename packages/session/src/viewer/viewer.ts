import { resizeMarginsOf, windowTree, type RailClientInput, type WindowModel, type WindowNode } from "@railvail/rail";
import { earliest } from "../channels/wakes.js";
import { capabilityOf } from "../connection/capability-list.js";
import { ClientConnection, type ClientConnectionOutput } from "../connection/client-connection.js";
import type { ClientState } from "../connection/client-state.js";
import type { UpdateReceived } from "../connection/received-update.js";
import type { InputEvent } from "../input/input-event.js";
import type { Box } from "../pixels/box.js";
import { corners } from "../pixels/region.js";
import { clientChoices } from "./client-choices.js";
import { statedMonitors } from "./desktop-box.js";
import type { Picture } from "./picture.js";
import { isPointerNotice } from "./pointer-notice.js";
import { ShownPixels } from "./shown-pixels.js";
import { ViewerChannels } from "./viewer-channels.js";
import type { ViewerOutput } from "./viewer-events.js";
import { usualViewer, type RemoteApp, type ViewerSettings } from "./viewer-settings.js";
import { WindowOrdersReader } from "./window-orders-reader.js";

/**
 * A client that shows windows of remote programs, or a desktop, for the time of one connection. It does no I/O and
 * has no clock: `flush` says what is to be done, and times are milliseconds of the caller's. Whatever a server
 * sends, nothing throws.
 */
export class Viewer {
  readonly settings: ViewerSettings;
  readonly channels: ViewerChannels;
  private readonly connection: ClientConnection;
  private readonly orders: WindowOrdersReader;
  private readonly pixels: ShownPixels;
  private readonly queue: ClientConnectionOutput[] = [];
  private outputs: ViewerOutput[] = [];
  private connectionWake: number | undefined;
  private wakeTold: number | undefined;
  private hasEnded = false;
  private now = 0;

  constructor(settings: Partial<ViewerSettings> = {}) {
    this.settings = { ...usualViewer, ...settings };
    const tell = (output: ViewerOutput): void => {
      this.outputs.push(output);
    };
    this.connection = new ClientConnection(clientChoices(this.settings));
    this.orders = new WindowOrdersReader((output) => {
      if (output.type === "violation") tell({ type: "violation", channel: "windows", violation: output });
      else tell(output);
      if (output.type === "windowDeleted") this.windowDeleted(output.windowId);
    });
    this.pixels = new ShownPixels(this.settings, {
      tell,
      acknowledge: (frameId) => this.acknowledge(frameId),
      vail: (input) => this.channels.vail?.command(input),
    });
    this.channels = new ViewerChannels(this.settings, this.pixels, {
      tell,
      state: () => this.connection.state,
      send: ({ id }, parts) => (this.isOver ? undefined : this.take(this.connection.sendOnChannel(id, ...parts))),
    });
  }

  /** The transport is connected. */
  connect(now: number): void {
    this.now = now;
    this.take(this.connection.command({ type: "connect" }, now));
  }

  /** The next bytes of the server, in any split. */
  receive(bytes: Uint8Array, now: number): void {
    this.now = now;
    this.take(this.connection.receive(bytes, now));
  }

  /** TLS is up: what comes from now on is plain text. */
  tlsStarted(now: number): void {
    this.now = now;
    this.take(this.connection.command({ type: "tlsStarted" }, now));
  }

  /** The bytes end, whoever ended them. */
  closed(now: number): void {
    this.now = now;
    this.end("the server closed the stream", undefined);
  }

  /** The time has come that the last `wake` named. */
  tick(now: number): void {
    this.now = now;
    // Whoever came too early is told again.
    this.wakeTold = undefined;
    if (this.connectionWake !== undefined && now >= this.connectionWake) this.take(this.connection.tick(now));
    this.channels.tick(now);
  }

  /** What is to be done, in this order. To be called after anything else was. */
  flush(now: number): ViewerOutput[] {
    this.now = now;
    this.pixels.flush();
    const at = earliest([{ wakeAt: this.connectionWake }, this.channels]);
    if (at !== this.wakeTold) {
      this.wakeTold = at;
      this.outputs.push({ type: "wake", at });
    }
    const { outputs } = this;
    this.outputs = [];
    return outputs;
  }

  /** What is known of the connection; immutable. */
  get state(): ClientState {
    return this.connection.state;
  }

  /** The windows and their order; immutable. */
  get windows(): WindowModel {
    return this.orders.model;
  }

  get windowTree(): readonly WindowNode[] {
    return windowTree(this.orders.model);
  }

  /**
   * What a window shows: from shared memory, from a surface that is mapped to it, or cut out of the desktop with
   * what lies over it. Undefined if nothing is known. The memory changes with what comes next.
   */
  picture(windowId: number): Picture | undefined {
    return this.pixels.picture(windowId, this.orders.model.windows.get(windowId));
  }

  /** The whole desktop, where the server sends one. The memory changes with what comes next. */
  get desktop(): Picture | undefined {
    return this.pixels.desktop;
  }

  /**
   * The desktop, in the coordinates of windows: these count from the primary monitor, and others may be left of it or
   * above it. Places of the pointer, and boxes of its frames, count from its left upper corner.
   */
  get desktopBox(): Box {
    return this.pixels.box;
  }

  /** What the user does. Throws `EncodeError` for values out of range. */
  input(events: readonly InputEvent[], now: number): void {
    this.now = now;
    this.take(this.connection.sendInput(events));
  }

  /** Puts a window elsewhere. `box` as windowing orders have it: without resize margins. */
  moveWindow(windowId: number, box: Box, now: number): void {
    this.place(windowId, box, false, now);
  }

  /** The window was put to an edge or a zone of the screen. */
  snapWindow(windowId: number, box: Box, now: number): void {
    this.place(windowId, box, true, now);
  }

  /** `command`: one of `SystemCommand`: close, minimize, maximize, restore and others. */
  systemCommand(windowId: number, command: number, now: number): void {
    this.rail({ type: "sysCommand", value: { windowId, command } }, now);
  }

  /** The user works with this window now, or no longer. */
  activate(windowId: number, now: number, enabled = true): void {
    this.rail({ type: "activate", value: { windowId, enabled: enabled ? 1 : 0 } }, now);
  }

  /** Starts a program; events of `rail` with this id say what became of it. */
  exec(id: number, app: RemoteApp, now: number): void {
    this.now = now;
    this.channels.rail?.exec(id, app, now);
  }

  /** Any other order of the channel `rail`. */
  rail(input: RailClientInput, now: number): void {
    this.now = now;
    this.channels.rail?.command(input, now);
  }

  /** Ends the connection in order. */
  disconnect(now: number): void {
    this.now = now;
    this.take(this.connection.command({ type: "disconnect" }, now));
  }

  /** What is sent in answer to an output goes out after all that was said before. */
  private take(outputs: readonly ClientConnectionOutput[]): void {
    const isBusy = this.queue.length > 0;
    for (const output of outputs) this.queue.push(output);
    if (isBusy) return;
    try {
      for (let at = 0; at < this.queue.length; at++) this.takeOne(this.queue[at] as ClientConnectionOutput);
    } finally {
      this.queue.length = 0;
    }
  }

  private takeOne(output: ClientConnectionOutput): void {
    switch (output.type) {
      case "bytes":
      case "startTls":
        this.outputs.push(output);
        break;
      case "wake":
        this.connectionWake = output.at;
        break;
      case "channelData":
        this.channels.received(output.channel, output.data, output.flags, this.now);
        break;
      case "update":
        this.update(output);
        break;
      case "capabilities":
        this.orders.reset();
        this.pixels.activating(statedMonitors(this.connection.state));
        this.channels.open(this.now);
        break;
      case "active":
        this.activated();
        break;
      case "deactivated":
        this.outputs.push({ type: "deactivated" });
        break;
      case "violation":
        this.outputs.push({ type: "violation", channel: "connection", violation: output });
        break;
      case "close":
        this.outputs.push({ type: "close" });
        this.end(output.because, output.errorInfo);
        break;
      case "pdu":
        break;
      case "message":
        if (output.message.message === "monitorLayout") this.pixels.layout(output.message.value.monitorDefArray);
        this.outputs.push({ type: "connection", event: output });
        break;
      default:
        this.outputs.push({ type: "connection", event: output });
    }
  }

  /** [MS-RDPBCGR] 2.2.7.1.2: the server's bitmap capability set has the size of the desktop. */
  private activated(): void {
    const bitmap = capabilityOf(this.connection.state.peerCapabilities, "bitmap");
    this.pixels.activated(bitmap && { width: bitmap.desktopWidth, height: bitmap.desktopHeight });
    const { width, height } = this.pixels.box;
    this.outputs.push({ type: "active", width, height });
  }

  private update(received: UpdateReceived): void {
    if (received.update === "orders") this.orders.update(received.value);
    else if (isPointerNotice(received)) this.outputs.push({ type: "pointer", update: received });
    else this.pixels.update(received);
  }

  /** What came together with the end is answered in vain. */
  private get isOver(): boolean {
    return this.connection.state.phase === "closed";
  }

  /** [MS-RDPRFX] 2.2.3.1: only servers that state a number of frames wait for it. */
  private acknowledge(frameId: number): void {
    if (this.isOver || capabilityOf(this.connection.state.peerCapabilities, "frameAcknowledge") === undefined) return;
    this.queue.push(...this.connection.acknowledgeFrame(frameId));
  }

  private windowDeleted(windowId: number): void {
    this.pixels.windowDeleted(windowId);
    this.channels.rail?.end.command({ type: "windowGone", windowId });
  }

  private place(windowId: number, box: Box, snapped: boolean, now: number): void {
    const margins = resizeMarginsOf(this.orders.model.windows.get(windowId));
    this.rail({ type: "place", windowId, rectangle: corners(box), margins, snapped }, now);
  }

  private end(because: string, errorInfo: number | undefined): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.connectionWake = undefined;
    this.pixels.flush();
    this.pixels.end();
    this.channels.close(this.now);
    this.outputs.push({ type: "ended", because, errorInfo });
  }
}
