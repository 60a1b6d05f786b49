import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Program, runProgram } from "./programs.js";
import { until } from "./until.js";

/** Pixels of a screen: R, G, B, A, rows from the top. */
export interface Screenshot {
  readonly width: number;
  readonly height: number;
  readonly pixels: Buffer;
}

/** A window as the window manager lists it. */
export interface ShownWindow {
  readonly id: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly title: string;
}

/** An X server without a screen, with a window manager, and a home that nobody else has. */
export class Display {
  static readonly needs = ["Xvfb", "openbox", "xdotool", "wmctrl", "xprop", "import"] as const;
  readonly width: number;
  readonly height: number;
  /** For programs that are to be seen on it. */
  readonly env: Readonly<Record<string, string>>;
  private readonly server: Program;
  private manager: Program | undefined;
  private readonly home: string;

  private constructor(server: Program, number: string, home: string, width: number, height: number) {
    this.server = server;
    this.home = home;
    this.width = width;
    this.height = height;
    this.env = {
      DISPLAY: `:${number}`,
      HOME: home,
      XDG_RUNTIME_DIR: home,
      XDG_CONFIG_HOME: join(home, "config"),
      XDG_CACHE_HOME: join(home, "cache"),
      XDG_STATE_HOME: join(home, "state"),
      LANG: "C.UTF-8",
    };
  }

  static async start(width = 1024, height = 768): Promise<Display> {
    const home = mkdtempSync(join(tmpdir(), "railvail-interop-"));
    // It chooses a number that is free, and tells it.
    const args = ["-displayfd", "3", "-screen", "0", `${width}x${height}x24`, "-nolisten", "tcp", "-noreset"];
    const server = new Program("Xvfb", args, { extraDescriptor: 3 });
    const detail = (): string => server.output;
    const number = await until("Xvfb tells its number", () => /^\d+\n/.exec(server.written)?.[0].trim(), { detail });
    const display = new Display(server, number, home, width, height);
    display.manager = new Program("openbox", [], { env: display.env });
    await until("a window manager", async () => (await display.wmctrl("-m")).code === 0, { detail });
    return display;
  }

  async stop(): Promise<void> {
    await this.manager?.stop();
    await this.server.stop();
    rmSync(this.home, { recursive: true, force: true });
  }

  async screenshot(): Promise<Screenshot> {
    const args = ["-silent", "-window", "root", "-depth", "8", "rgba:-"];
    const { output, errors } = await runProgram("import", args, { env: this.env });
    const { width, height } = this;
    if (output.length !== width * height * 4) throw new Error(`a screenshot of ${output.length} bytes: ${errors}`);
    return { width, height, pixels: output };
  }

  /** The windows that the window manager knows, with the places of what they show. */
  async windows(): Promise<ShownWindow[]> {
    const { output } = await this.wmctrl("-lG");
    const windows: ShownWindow[] = [];
    for (const line of output.toString().split("\n")) {
      const [, id = "", left, top, width, height, title = ""] =
        /^(0x\S+)\s+\S+\s+(-?\d+)\s+(-?\d+)\s+(\d+)\s+(\d+)\s+\S+ ?(.*)$/.exec(line) ?? [];
      if (id === "") continue;
      windows.push({ id, left: Number(left), top: Number(top), width: Number(width), height: Number(height), title });
    }
    return windows;
  }

  /** The window of a title, once it is there. */
  window(title: string): Promise<ShownWindow> {
    return until(`a window ${title}`, async () => (await this.windows()).find((window) => window.title === title));
  }

  async property(windowId: string, name: string): Promise<string> {
    const { output } = await runProgram("xprop", ["-id", windowId, name], { env: this.env });
    return output.toString().trim();
  }

  wmctrl(...args: string[]): ReturnType<typeof runProgram> {
    return runProgram("wmctrl", args, { env: this.env });
  }

  /** Keys and mouse, as from a user. */
  async xdotool(...args: string[]): Promise<void> {
    const { code, errors } = await runProgram("xdotool", args, { env: this.env });
    if (code !== 0) throw new Error(`xdotool ${args.join(" ")}: ${errors}`);
  }

  /** Puts a text on the clipboard; xclip stays in the background until another program takes it over. */
  async copy(text: string): Promise<void> {
    await runProgram("xclip", ["-selection", "clipboard", "-in"], { env: this.env, input: text });
  }

  /** The text on the clipboard; undefined if there is none. */
  async paste(): Promise<string | undefined> {
    const { code, output } = await runProgram("xclip", ["-selection", "clipboard", "-out"], { env: this.env });
    return code === 0 ? output.toString() : undefined;
  }
}
