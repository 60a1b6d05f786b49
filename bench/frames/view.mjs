// A process with a viewer: node view.mjs JOB. It takes each frame and looks at a few pixels of it.
import { join } from "node:path";
import { copiedBytes, countCopies } from "./copies.mjs";
import { desktop, Meter, wrong } from "./job.mjs";
import { frameIn, isPattern } from "./pattern.mjs";
import { wayOf } from "./ways.mjs";

/** @type {import("./job.mjs").Job} */
const job = JSON.parse(process.argv[2]);
if (job.copies === true) countCopies();
const { Viewer } = await import("../../packages/session/dist/index.js");
const { connect, drive, SharedSections } = await import("../../packages/node/dist/index.js");
/** @typedef {import("../../packages/session/dist/index.js").ViewerOutput} ViewerOutput */

const { path, map } = wayOf(job.way);
const sections = map === undefined ? undefined : new SharedSections({ directory: join(job.folder, "sections"), map });
const viewer = new Viewer({
  security: "rdp",
  size: desktop,
  remoteApp: { program: undefined, arguments: "", workingDirectory: "" },
  egfx: path === "egfx",
  sections,
  vailPictures: map === true ? "shared" : "copied",
});
const last = job.frames === undefined ? Number.POSITIVE_INFINITY : job.warm + job.frames;
/** Milliseconds until the last frame must be there. */
const checkPatience = 5000;
let seen = 0;
/** Frames before the measurement. */
let before = job.warm;
let socket = 0;
/** @type {Meter | undefined} */
let meter;

function finish() {
  process.send?.({ used: meter?.used(seen - before) });
}

/** Once nothing is drawn any more, all windows show what was drawn last. */
async function check() {
  const until = performance.now() + checkPatience;
  for (const [id] of viewer.windows.windows) {
    for (;;) {
      const picture = viewer.picture(id);
      if (picture !== undefined && isPattern(picture, id)) break;
      if (performance.now() > until) wrong(`window ${id} does not show what was drawn`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  process.send?.({ checked: true });
}
const newMeter = () => new Meter(() => ({ socket, copied: copiedBytes() }));

process.on("message", (/** @type {"measure" | "check"} */ what) => {
  if (what === "check") void check();
  else {
    before = seen;
    meter = newMeter();
    setTimeout(finish, (job.seconds ?? 0) * 1000);
  }
});

/** @param {number} windowId */
function take(windowId) {
  const picture = viewer.picture(windowId);
  if (picture?.path !== path) wrong(`window ${windowId} comes by ${picture?.path}, not by ${path}`);
  const frame = frameIn(picture);
  // What shares memory sees each frame by itself; others may find a later one.
  if (frame === undefined || frame < seen) wrong(`frame ${seen} shows frame ${frame ?? "of several times"}`);
}

/** @param {ViewerOutput} output */
function told(output) {
  if (output.type === "violation") wrong(`${output.channel}: ${output.violation.message}`);
  if (output.type !== "frame") return;
  seen++;
  // A desktop comes in pieces, and is looked at in the end.
  if (output.windowId !== undefined && job.windows.length === 1) take(output.windowId);
  if (seen === job.warm && job.seconds === undefined) meter = newMeter();
  if (seen === last) finish();
}

const conduit = await connect({ path: join(job.folder, "socket") });
/** @param {number} now @param {() => void} action @returns {ViewerOutput[]} */
const after = (now, action) => {
  action();
  const outputs = viewer.flush(now);
  for (const output of outputs) {
    if (output.type === "bytes") for (const { length } of output.segments) socket += length;
  }
  return outputs;
};
const driver = drive(
  conduit,
  {
    receive(bytes, now) {
      socket += bytes.length;
      return after(now, () => viewer.receive(bytes, now));
    },
    tick: (now) => after(now, () => viewer.tick(now)),
    closed: (now) => after(now, () => viewer.closed(now)),
  },
  {
    told,
    ended: () => {
      sections?.close();
      process.disconnect();
    },
  },
);
driver.run((now) => after(now, () => viewer.connect(now)));
