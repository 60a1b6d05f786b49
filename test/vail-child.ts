import { createHash } from "node:crypto";
/** What the two processes of `vail-processes.test.ts` do: one has a compositor, the other a viewer. */
import { connect, drive, serveCompositor, SharedSections, type Driver, type SectionOptions } from "@railvail/node";
import { Compositor, Viewer, type ViewerOutput } from "@railvail/session";
import { useEval } from "@railvail/wire/eval";
import { isPicture, pictureOf } from "./vail-picture.js";

export interface ChildOptions {
  readonly role: "server" | "viewer";
  readonly socket: string;
  readonly sections: SectionOptions & { readonly directory: string };
  readonly vailPictures: "copied" | "shared";
}

/** What a child says of itself. */
export interface ChildReport {
  /** Pixels of each window: drawn by the server, shown by the viewer. */
  readonly hashes: Readonly<Record<number, string>>;
  readonly frames: number;
  /** How pixels travel. */
  readonly paths: readonly string[];
  /** Bytes through the socket since the first frame. */
  readonly bytes: number;
  /** The viewer's session is over; the server has no client. */
  readonly alone: boolean;
  readonly violations: readonly string[];
  /** Pictures that are no picture that was ever drawn. */
  readonly torn: number;
}

export type ChildCommand = "connect" | "draw" | "stop" | "report" | "close";

useEval();
const options = JSON.parse(process.argv[2] ?? "") as ChildOptions;
const address = { path: options.socket };
const sections = new SharedSections(options.sections);
const hashOf = (pixels: Uint8Array): string => createHash("sha1").update(pixels).digest("hex");

type Commands = { readonly [Command in ChildCommand]?: () => unknown };
const commands = options.role === "server" ? await serve() : view();
process.on("message", (command: ChildCommand) => {
  void Promise.resolve(commands[command]?.()).then((answer) => process.send?.(answer ?? {}));
});
process.send?.({});

async function serve(): Promise<Commands> {
  const compositor = new Compositor({ sections, pixelPaths: ["vail"] });
  const windows = [0, 1].map((index) =>
    compositor.windows.add({ left: index * 320, top: 0, width: 300 + index, height: 200 }),
  );
  const drawn = new Map<number, Uint8Array>();
  const violations: string[] = [];
  let frames = 0;
  let drawing = true;
  let clients = 0;
  const paint = (id: number, anyway = false): void => {
    const canvas = drawing || anyway ? compositor.canvas(id) : undefined;
    if (canvas === undefined) return;
    const pixels = pictureOf(++frames, canvas.width, canvas.height);
    canvas.pixels.set(pixels);
    drawn.set(id, pixels);
    compositor.present(id);
    server.update();
    setImmediate(paint, id);
  };
  const server = await serveCompositor(compositor, address, {
    told(event) {
      if (event.type === "violation") violations.push(`${event.channel}: ${event.violation.rule}`);
      else if (event.type === "clientReady") clients++;
      else if (event.type === "clientGone") clients--;
      else if (event.type === "exposed") paint(event.windowId, true);
      else if (event.type === "paintable") paint(event.windowId);
    },
  });
  return {
    draw() {
      drawing = true;
      for (const id of windows) paint(id);
    },
    stop() {
      drawing = false;
    },
    report(): ChildReport {
      const hashes = Object.fromEntries(Array.from(drawn, ([id, pixels]) => [id, hashOf(pixels)]));
      const paths = compositor.pixelPath === undefined ? [] : [compositor.pixelPath];
      return { hashes, frames, paths, bytes: 0, alone: clients === 0, violations, torn: 0 };
    },
    async close() {
      await server.close();
      sections.close();
    },
  };
}

function view(): Commands {
  const remoteApp = { program: undefined, arguments: "", workingDirectory: "" };
  let viewer: Viewer | undefined;
  let driver: Driver<ViewerOutput> | undefined;
  let frames = 0;
  let bytes = 0;
  let alone = true;
  const violations: string[] = [];
  const act = (now: number, action: (one: Viewer) => void): ViewerOutput[] => {
    if (viewer === undefined) return [];
    action(viewer);
    return viewer.flush(now);
  };
  const told = (output: ViewerOutput): void => {
    if (output.type === "violation") violations.push(`${output.channel}: ${output.violation.rule}`);
    if (output.type === "frame" && frames++ === 0) bytes = 0;
  };
  return {
    async connect() {
      const { vailPictures } = options;
      // Nobody listens any more if the server was killed before.
      const conduit = await connect(address).catch(() => undefined);
      if (conduit === undefined) return;
      viewer = new Viewer({ security: "rdp", remoteApp, egfx: false, sections, vailPictures });
      frames = 0;
      alone = false;
      driver = drive<ViewerOutput>(
        conduit,
        {
          receive(received, now) {
            bytes += received.length;
            return act(now, (one) => one.receive(received, now));
          },
          tick: (now) => act(now, (one) => one.tick(now)),
          closed: (now) => act(now, (one) => one.closed(now)),
        },
        { told, ended: () => void (alone = true) },
      );
      driver.run((now) => act(now, (one) => one.connect(now)));
    },
    report(): ChildReport {
      const hashes: Record<number, string> = {};
      const paths = new Set<string>();
      let torn = 0;
      for (const id of viewer?.windows.windows.keys() ?? []) {
        const picture = viewer?.picture(id);
        if (picture === undefined) continue;
        const pixels = picture.pixels.slice(0, picture.stride * picture.height);
        hashes[id] = hashOf(pixels);
        paths.add(picture.path);
        if (!isPicture(pixels, picture.width, picture.height)) torn++;
      }
      return { hashes, frames, paths: [...paths], bytes, alone, violations, torn };
    },
    close() {
      driver?.run((now) => act(now, (one) => one.disconnect(now)));
    },
  };
}
