import type { CompositorSettings } from "@railvail/session";
import { afterEach, beforeEach } from "vitest";
import { CompositorSession } from "./compositor-session.js";
import { Display, type ShownWindow } from "./display.js";
import { startFreerdp } from "./freerdp.js";
import type { Program, ProgramName } from "./programs.js";
import { suite } from "./suite.js";
import { until } from "./until.js";

export interface BeginOptions {
  readonly tls?: boolean;
  /** Arguments of xfreerdp. */
  readonly args?: readonly string[];
  readonly settings?: Partial<CompositorSettings>;
}

/** A display, the demo's windows served in this process, and clients that show them. */
export class FreerdpTest {
  display!: Display;
  session!: CompositorSession;
  private readonly clients: Program[] = [];

  /** Serves, connects a client, and waits until it shows all windows where the server has them. */
  async begin({ tls = false, args = [], settings = {} }: BeginOptions = {}): Promise<Program> {
    this.session = await CompositorSession.start(tls, settings);
    const client = this.connect([tls ? "/sec:tls" : "/sec:rdp", ...args]);
    await this.session.told("clientReady");
    await this.samePlaces();
    return client;
  }

  connect(args: readonly string[] = ["/sec:rdp"], program?: string): Program {
    const client = startFreerdp(this.display, this.session.port, args, program);
    this.clients.push(client);
    return client;
  }

  /** Waits until both sides have the same windows at the same places: the window manager places new ones as it likes. */
  async samePlaces(): Promise<void> {
    let [shown, served] = ["", ""];
    await until(
      "windows have the same places on both sides",
      async () => {
        shown = placesOf(await this.display.windows());
        served = placesOf([...this.session.compositor.windows.all.values()].filter(({ role }) => role !== "popup"));
        return shown === served;
      },
      { detail: () => `shown: ${shown}; served: ${served}; ${this.output}` },
    );
  }

  /** Puts the windows where they began, little of each hidden, and waits until the client has done so. */
  async spread(): Promise<void> {
    this.session.change(({ windows }) => {
      windows.change(this.session.idOf("Animation"), { left: 40, top: 60 });
      windows.change(this.session.idOf("Paint"), { left: 60, top: 340 });
      windows.change(this.session.idOf("Glass"), { left: 300, top: 220 });
      windows.change(this.session.idOf("Text"), { left: 400, top: 60 });
    });
    await this.samePlaces();
  }

  /** Clicks into a window, at a place in its pixels. */
  async click(title: string, x: number, y: number, button = 1): Promise<void> {
    const { left, top } = this.session.window(title);
    await this.display.xdotool("mousemove", String(left + x), String(top + y), "click", String(button));
  }

  /** Gives a window the focus as a user does, and waits until the server has heard of it. */
  async focus(title: string): Promise<ShownWindow> {
    const window = await this.display.window(title);
    const id = this.session.idOf(title);
    await until(`${title} is active`, async () => {
      if (this.session.compositor.windows.active === id) return true;
      await this.display.wmctrl("-ia", window.id);
      return false;
    });
    return window;
  }

  get output(): string {
    return this.clients.map(({ output }) => output.slice(-2000)).join("\n");
  }

  async stop(): Promise<void> {
    for (const client of this.clients.splice(0)) await client.stop();
    await this.session?.close();
    await this.display.stop();
  }
}

/** Tests with xfreerdp as the client; skipped where something is not installed. */
export function freerdpSuite(
  name: string,
  tests: (given: FreerdpTest) => void,
  more: readonly ProgramName[] = [],
): void {
  suite(name, ["xfreerdp", ...Display.needs, ...more], () => {
    const given = new FreerdpTest();
    beforeEach(async () => {
      given.display = await Display.start();
    });
    afterEach(() => given.stop());
    tests(given);
  });
}

type Placed = { readonly title: string; left: number; top: number; width: number; height: number };

const placesOf = (windows: readonly Placed[]): string =>
  windows
    .map(({ title, left, top, width, height }) => `${title} ${left},${top} ${width}x${height}`)
    .toSorted()
    .join(", ");
