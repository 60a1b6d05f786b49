// A process with a compositor: node serve.mjs JOB. It draws as often as the way lets it.
import { join } from "node:path";
import { copiedBytes, countCopies } from "./copies.mjs";
import { Meter } from "./job.mjs";
import { drawFrame, drawPattern } from "./pattern.mjs";
import { wayOf } from "./ways.mjs";

/** @type {import("./job.mjs").Job} */
const job = JSON.parse(process.argv[2]);
if (job.copies === true) countCopies();
const { Compositor } = await import("../../packages/session/dist/index.js");
const { serveCompositor, SharedSections } = await import("../../packages/node/dist/index.js");

const { path, map, copies = false } = wayOf(job.way);
const sections = map === undefined ? undefined : new SharedSections({ directory: join(job.folder, "sections"), map });
const compositor = new Compositor({ sections, mapsSurfaces: path === "egfx" ? "always" : "never" });
const last = job.frames === undefined ? Number.POSITIVE_INFINITY : job.warm + job.frames;
/** What a compositor that does not draw in the canvas draws in. @type {Map<number, import("./pattern.mjs").Image>} */
const own = new Map();
/** Windows that were drawn once. @type {Set<number>} */
const begun = new Set();
/** Of all windows. */
let drawn = 0;
let stopped = false;
/** @type {Meter | undefined} */
let meter;

function finish() {
  stopped = true;
  process.send?.({ used: meter?.used(drawn - job.warm), path: compositor.pixelPath });
}

/** Draws the next frame of a window if it may be painted now; if not, `paintable` follows. @param {number} id */
function paint(id) {
  if (stopped) return;
  const canvas = compositor.canvas(id);
  if (canvas === undefined) return;
  if (drawn === job.warm && meter === undefined) {
    meter = new Meter(() => ({ socket: 0, copied: copiedBytes() }));
    if (job.seconds !== undefined) {
      setTimeout(finish, job.seconds * 1000);
      process.send?.({ begun: true });
    }
  }
  if (drawn === last) {
    finish();
    return;
  }
  drawn++;
  const image = copies ? (own.get(id) ?? { ...canvas, pixels: new Uint8Array(canvas.stride * canvas.height) }) : canvas;
  if (!begun.has(id)) drawPattern(image, id);
  begun.add(id);
  drawFrame(image, drawn);
  if (copies) {
    own.set(id, image);
    canvas.pixels.set(image.pixels);
  }
  compositor.present(id);
  server.update();
  // Once that is done.
  setImmediate(paint, id);
}

const windows = job.windows.map((box) => compositor.windows.add(box));
const server = await serveCompositor(
  compositor,
  { path: join(job.folder, "socket") },
  {
    told(event) {
      if (event.type === "violation") throw new Error(`${event.channel}: ${event.violation.message}`);
      if (event.type === "exposed" || event.type === "paintable") paint(event.windowId);
    },
  },
);
async function end() {
  stopped = true;
  await server.close();
  sections?.close();
  process.disconnect();
}

process.on("message", () => void end());
process.send?.({ ready: windows.length });
