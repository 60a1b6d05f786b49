import type { WindowingOrder } from "@railvail/rail";
import { BitmapUpdate, FastPathUpdateCode, SurfaceCommands, type BitmapData } from "@railvail/transport";
/** A viewer, and a server's connection that the test speaks for. */
import { ordersUpdates } from "../src/compositor/orders-update.js";
import {
  ServerConnection,
  Viewer,
  type ServerConnectionOutput,
  type ServerSettings,
  type ViewerOutput,
  type ViewerSettings,
} from "../src/index.js";

type Told<Type extends ViewerOutput["type"]> = Extract<ViewerOutput, { type: Type }>;

export class ViewerServer {
  readonly viewer: Viewer;
  readonly server: ServerConnection;
  now = 0;
  readonly told: ViewerOutput[] = [];
  readonly heard: ServerConnectionOutput[] = [];
  /** Bytes go to the viewer in pieces of this size. */
  piece = Number.POSITIVE_INFINITY;
  private readonly toViewer: Uint8Array[] = [];
  private readonly toServer: Uint8Array[] = [];

  constructor(settings: Partial<ViewerSettings> = {}, server: Partial<ServerSettings> = {}) {
    this.viewer = new Viewer({ security: "rdp", ...settings });
    this.server = new ServerConnection(server);
    this.viewer.connect(this.now);
    this.settle();
  }

  /** Delivers until nothing is on its way. */
  settle(): void {
    for (let round = 0; round < 1000; round++) {
      this.flush();
      const [server, viewer] = [this.toServer.splice(0), this.toViewer.splice(0)];
      if (server.length + viewer.length === 0) return;
      for (const bytes of server) this.take(this.server.receive(bytes.slice(), this.now));
      for (const bytes of viewer) this.hand(bytes);
    }
    throw new Error("it does not settle");
  }

  take(outputs: readonly ServerConnectionOutput[]): void {
    for (const output of outputs) {
      if (output.type === "bytes") this.toViewer.push(...output.segments.map((each) => each.slice()));
      else if (output.type !== "wake") this.heard.push(output);
    }
  }

  /** Gives the viewer bytes, which are overwritten afterwards: it must have copied what it keeps. */
  hand(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += this.piece) {
      const piece = bytes.slice(at, at + this.piece);
      this.viewer.receive(piece, this.now);
      this.flush();
      piece.fill(0xaa);
    }
  }

  orders(...orders: readonly WindowingOrder[]): void {
    for (const body of ordersUpdates(orders)) this.update(FastPathUpdateCode.orders, body);
  }

  update(updateCode: number, body: Uint8Array): void {
    this.take(this.server.sendUpdate(updateCode, body));
    this.settle();
  }

  bitmaps(...rectangles: readonly BitmapData[]): void {
    this.update(FastPathUpdateCode.bitmap, BitmapUpdate.encode({ rectangles: [...rectangles] }));
  }

  surfaceCommands(...commands: readonly SurfaceCommands["surfaceCommands"][number]["command"][]): void {
    const surfaceCommands = commands.map((command) => ({ command }));
    this.update(FastPathUpdateCode.surfaceCommands, SurfaceCommands.encode({ surfaceCommands }));
  }

  /** Sends on a static channel. */
  send(name: string, ...parts: readonly Uint8Array[]): void {
    const channel = this.server.state.channels.find((each) => each.name === name);
    this.take(this.server.sendOnChannel(channel?.id ?? 0, ...parts));
    this.settle();
  }

  /** Messages of the client on a static channel, so far. */
  onChannel(name: string): Uint8Array[] {
    return this.heard.flatMap((output) =>
      output.type === "channelData" && output.channel.name === name ? [output.data.slice()] : [],
    );
  }

  of<Type extends ViewerOutput["type"]>(type: Type): Told<Type>[] {
    return this.told.filter((output): output is Told<Type> => output.type === type);
  }

  get violations(): string[] {
    return this.of("violation").map(({ channel, violation: { by, rule } }) => `${channel}: ${by} ${rule}`);
  }

  private flush(): void {
    for (const output of this.viewer.flush(this.now)) {
      if (output.type === "bytes") this.toServer.push(...output.segments.map((each) => each.slice()));
      else this.told.push(output);
    }
  }
}
