import {
  Compositor,
  Viewer,
  type CompositorPeer,
  type CompositorSettings,
  type ViewerSettings,
} from "@railvail/session";
import { joined } from "../joined.js";
import { streamChannel, type Packet } from "../packet.js";
import { splitFrames } from "./split-frames.js";

/** Milliseconds that go by with each delivery. */
const stepTime = 10;

/** A compositor and a viewer in one process; what they write is noted frame by frame. */
export class SessionPair {
  readonly compositor: Compositor;
  readonly viewer: Viewer;
  readonly packets: Packet[] = [];
  now = 0;
  private readonly peer: CompositorPeer;
  private toServer: Uint8Array[] = [];
  private toViewer: Uint8Array[] = [];
  private strokes = 0;

  constructor(compositor: Partial<CompositorSettings>, viewer: Partial<ViewerSettings>) {
    this.compositor = new Compositor(compositor);
    this.viewer = new Viewer({ security: "rdp", ...viewer });
    this.peer = this.compositor.accept(this.now);
    this.viewer.connect(this.now);
  }

  /** Delivers what was written until nothing more is, but not for ever: time goes by meanwhile. */
  settle(rounds = 60): void {
    for (let round = 0, quiet = 0; round < rounds && quiet < 2; round++) {
      this.flush();
      const [toServer, toViewer] = [joined(this.toServer.splice(0)), joined(this.toViewer.splice(0))];
      this.now += stepTime;
      quiet = toServer.length + toViewer.length === 0 ? quiet + 1 : 0;
      if (toServer.length > 0) this.peer.receive(toServer, this.now);
      if (toViewer.length > 0) this.viewer.receive(toViewer, this.now);
      this.compositor.tick(this.now);
      this.viewer.tick(this.now);
    }
    this.flush();
  }

  /** Fills a window, or a part of its top, with something new. */
  paint(windowId: number, rows?: number): void {
    const canvas = this.compositor.canvas(windowId);
    if (canvas === undefined) return;
    const { pixels, stride, width, height } = canvas;
    const last = Math.min(height, rows ?? height);
    for (let y = 0; y < last; y++) pixels.fill(++this.strokes & 0xff, y * stride, y * stride + width * 4);
    this.compositor.present(windowId, [{ left: 0, top: 0, width, height: last }]);
  }

  private flush(): void {
    for (const output of this.viewer.flush(this.now)) {
      if (output.type === "bytes") this.wrote("client", output.segments);
    }
    for (const output of this.compositor.flush(this.now)) {
      if (output.type === "bytes") this.wrote("server", output.segments);
      else if (output.type === "exposed" || output.type === "paintable") this.paint(output.windowId);
      else if (output.type === "launchRequested") this.compositor.launched(output.serial, 0);
      else if (output.type === "clipboard" && output.event.type === "wanted") {
        const { requestId } = output.event;
        const data = Uint8Array.of(0x61, 0, 0, 0);
        this.compositor.clipboard.command({ type: "provide", requestId, data, now: this.now }, this.now);
      }
    }
  }

  private wrote(from: Packet["from"], segments: readonly Uint8Array[]): void {
    const bytes = joined(segments);
    (from === "client" ? this.toServer : this.toViewer).push(bytes);
    for (const frame of splitFrames(bytes)) this.packets.push({ from, channel: streamChannel, bytes: frame });
  }
}
