import {
  Compositor,
  keyOfScancode,
  Viewer,
  type CompositorPeer,
  type InputEvent,
  type ViewerEvent,
} from "@railvail/session";
import { Demo } from "../src/demo.js";
import { toneFormats } from "../src/tone.js";

/** The demo, and a viewer of its windows, in one process. */
export class ViewedDemo {
  readonly compositor = new Compositor({ audioOutput: { formats: toneFormats } });
  readonly viewer: Viewer;
  readonly seen: ViewerEvent[] = [];
  readonly violations: string[] = [];
  now = 0;
  /** Audio that was played, in bytes. */
  readonly played: number[] = [];
  private readonly demo = new Demo(this.compositor);
  private readonly peer: CompositorPeer;
  private readonly offers = new Map<number, Uint8Array>();

  constructor() {
    this.viewer = new Viewer({
      security: "rdp",
      remoteApp: { program: "||demo", arguments: "", workingDirectory: "" },
    });
    this.peer = this.compositor.accept(this.now);
    this.viewer.connect(this.now);
    this.settle();
  }

  /** Carries bytes and lets time go by until nothing comes any more. */
  settle(): void {
    for (let quiet = 0; quiet < 60;) {
      quiet = this.carry() ? 0 : quiet + 1;
      this.now += 100;
      this.compositor.tick(this.now);
      this.viewer.tick(this.now);
    }
  }

  /** Moves what moves by itself. */
  tick(): void {
    this.demo.tick(this.now);
  }

  idOf(title: string): number {
    for (const [id, window] of this.compositor.windows.all) if (window.title === title) return id;
    throw new Error(`there is no window ${title}`);
  }

  /** Presses and lets go of a key, with others held. */
  key(scancode: number, ...held: readonly number[]): void {
    const all = [...held, scancode];
    const down = all.map((code): InputEvent => keyOfScancode(code, true));
    const up = all.toReversed().map((code): InputEvent => keyOfScancode(code, false));
    this.viewer.input([...down, ...up], this.now);
    this.settle();
  }

  /** Puts data on the viewer's clipboard. */
  offer(formatId: number, data: Uint8Array): void {
    this.offers.set(formatId, data);
    this.viewer.channels.clipboard?.command({ type: "offer", formats: [{ formatId, formatName: "" }] });
    this.settle();
  }

  private carry(): boolean {
    let isBusy = false;
    for (const output of this.compositor.flush(this.now)) {
      if (output.type === "bytes") {
        isBusy = true;
        for (const segment of output.segments) this.viewer.receive(segment.slice(), this.now);
      } else if (output.type === "violation") this.violations.push(output.violation.rule);
      else if (output.type !== "wake" && output.type !== "startTls" && output.type !== "close")
        this.demo.heard(output, this.now);
    }
    for (const output of this.viewer.flush(this.now)) {
      if (output.type === "bytes") {
        isBusy = true;
        for (const segment of output.segments) this.peer.receive(segment.slice(), this.now);
      } else if (output.type !== "wake" && output.type !== "startTls" && output.type !== "close") this.hear(output);
    }
    return isBusy;
  }

  private hear(event: ViewerEvent): void {
    this.seen.push(event);
    if (event.type === "violation") this.violations.push(event.violation.rule);
    if (event.type === "audioOutput" && event.event.type === "wave") {
      const { serial, data } = event.event;
      this.played.push(data.length);
      for (const sound of this.viewer.channels.sounds)
        if (sound.state.pending.some((block) => block.serial === serial))
          sound.command({ type: "played", serial, now: this.now });
    }
    if (event.type === "clipboard" && event.event.type === "wanted") {
      const { requestId, formatId } = event.event;
      const data = this.offers.get(formatId);
      this.viewer.channels.clipboard?.command({ type: "provide", requestId, data, now: this.now });
    }
  }
}
