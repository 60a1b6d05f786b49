import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Demo, toneFormats } from "@railvail/demo-compositor";
import { ownCertificate, serveCompositor, type CompositorServer } from "@railvail/node";
import type { CompositorEvent, CompositorSettings, CompositorWindow } from "@railvail/session";
import { RecordedCompositor } from "./recorded-compositor.js";
import { until } from "./until.js";
import { verifyRecording } from "./verify-recording.js";

export type EventOf<Type extends CompositorEvent["type"]> = Extract<CompositorEvent, { readonly type: Type }>;

/** The demo's windows, served in this process, with all that the compositor told. Nothing moves unless `tick` is called. */
export class CompositorSession {
  readonly compositor: RecordedCompositor;
  readonly events: CompositorEvent[] = [];
  private readonly demo: Demo;
  private server!: CompositorServer;
  private closing: Promise<void> | undefined;

  private constructor(settings: Partial<CompositorSettings>) {
    this.compositor = new RecordedCompositor({ audioOutput: { formats: toneFormats }, ...settings });
    this.demo = new Demo(this.compositor);
  }

  static async start(tls: boolean, settings: Partial<CompositorSettings> = {}): Promise<CompositorSession> {
    const connection = { security: [tls ? "tls" : "rdp"] as const, ...settings.connection };
    const session = new CompositorSession({ ...settings, connection });
    const directory = mkdtempSync(join(tmpdir(), "railvail-certificate-"));
    const certificate = tls ? { tls: await ownCertificate({ directory, name: "localhost" }) } : {};
    rmSync(directory, { recursive: true, force: true });
    session.server = await serveCompositor(
      session.compositor,
      { host: "127.0.0.1", port: 0 },
      {
        ...certificate,
        told(event) {
          session.events.push(event);
          session.demo.heard(event, session.server.now);
          session.server.update();
        },
      },
    );
    return session;
  }

  get port(): number {
    const { address } = this.server;
    if ("path" in address) throw new Error("a server of TCP has a port");
    return address.port;
  }

  /** Moves what moves by itself. */
  tick(): void {
    this.demo.tick(this.server.now);
    this.server.update();
  }

  /** Changes the compositor. */
  change(action: (compositor: RecordedCompositor) => void): void {
    action(this.compositor);
    this.server.update();
  }

  /** The id of the window that has a title. */
  idOf(title: string): number {
    for (const [id, window] of this.compositor.windows.all) if (window.title === title) return id;
    throw new Error(`the compositor has no window ${title}`);
  }

  window(title: string): CompositorWindow {
    return this.compositor.windows.all.get(this.idOf(title)) as CompositorWindow;
  }

  /** Forgets what was told up to now. */
  forget(): void {
    this.events.length = 0;
  }

  seen<Type extends CompositorEvent["type"]>(
    type: Type,
    holds: (event: EventOf<Type>) => boolean = () => true,
  ): EventOf<Type> | undefined {
    return this.events.find((event): event is EventOf<Type> => event.type === type && holds(event as EventOf<Type>));
  }

  /** Waits until the compositor has told something. */
  told<Type extends CompositorEvent["type"]>(
    type: Type,
    holds: (event: EventOf<Type>) => boolean = () => true,
  ): Promise<EventOf<Type>> {
    const detail = (): string => `told were ${[...new Set(this.events.map((event) => event.type))].join(", ")}`;
    return until(`the compositor tells ${type}`, () => this.seen(type, holds), { detail });
  }

  /** A copy of what a window shows, once the client can have all of it. */
  pixels(id: number): Promise<{ readonly width: number; readonly height: number; readonly pixels: Uint8Array }> {
    return until(`the canvas of window ${id}`, () => {
      const canvas = this.compositor.canvas(id);
      if (canvas === undefined) return undefined;
      const { width, height, stride, pixels } = canvas;
      return stride === width * 4 && { width, height, pixels: pixels.slice(0, stride * height) };
    });
  }

  /** Ends the server; may be called again. */
  close(): Promise<void> {
    this.closing ??= this.server.close();
    return this.closing;
  }

  /** Ends the server, and checks what was recorded. */
  async end(name: string): Promise<void> {
    await this.close();
    await verifyRecording(name, this.compositor.recording);
  }
}
