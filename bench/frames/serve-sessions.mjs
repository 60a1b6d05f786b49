// A process with many compositors: node --expose-gc serve-sessions.mjs JOB.
import { join } from "node:path";
import { serveCompositor, SharedSections } from "../../packages/node/dist/index.js";
import { Compositor } from "../../packages/session/dist/index.js";
import { drawPattern } from "./pattern.mjs";
import { answerQuestions } from "./session-figures.mjs";
import { wayOf } from "./ways.mjs";

/** Milliseconds between the frames of an active session. */
const interval = 100;
/** What each of them damages. */
const damage = [{ left: 100, top: 100, width: 256, height: 64 }];

/** @type {import("./sessions.mjs").SessionsJob} */
const job = JSON.parse(process.argv[2]);
const { path, map } = wayOf(job.way);
/** @type {(() => void)[]} */
const paints = [];
/** @type {NodeJS.Timeout | undefined} */
let timer;
let next = 0;
/** @param {number} index */
async function open(index) {
  const sections = map === undefined ? undefined : new SharedSections({ directory: join(job.folder, "sections"), map });
  const compositor = new Compositor({ sections, mapsSurfaces: path === "egfx" ? "always" : "never" });
  const window = compositor.windows.add({ left: 0, top: 0, width: 640, height: 480 });
  const server = await serveCompositor(compositor, { path: join(job.folder, String(index)) }, { told });
  /** @param {import("../../packages/session/dist/index.js").CompositorEvent} event */
  function told(event) {
    if (event.type === "violation") throw new Error(`${event.channel}: ${event.violation.message}`);
    if (event.type !== "exposed") return;
    const canvas = compositor.canvas(window);
    if (canvas === undefined) throw new Error("a new canvas cannot be painted");
    drawPattern(canvas, window);
    compositor.present(window);
    server.update();
  }
  paints.push(() => {
    const canvas = compositor.canvas(window);
    if (canvas === undefined) return;
    canvas.pixels[100 * canvas.stride + 400]++;
    compositor.present(window, damage);
    server.update();
  });
}

async function openAll() {
  for (let index = 0; index < job.sessions; index++) await open(index);
}

answerQuestions(openAll, (active) => {
  clearInterval(timer);
  // One session after the other, so that they do not all work at a time.
  if (active) timer = setInterval(() => paints[next++ % paints.length](), interval / job.sessions);
});
