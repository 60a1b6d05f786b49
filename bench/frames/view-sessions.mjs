// A process with many viewers: node --expose-gc view-sessions.mjs JOB.
import { join } from "node:path";
import { connect, drive, SharedSections } from "../../packages/node/dist/index.js";
import { Viewer } from "../../packages/session/dist/index.js";
import { wrong } from "./job.mjs";
import { answerQuestions } from "./session-figures.mjs";
import { wayOf } from "./ways.mjs";

/** @type {import("./sessions.mjs").SessionsJob} */
const job = JSON.parse(process.argv[2]);
const { path, map } = wayOf(job.way);
/** Sessions that had a frame. @type {Set<number>} */
const seen = new Set();
/** @type {() => void} */
let allSeen = () => undefined;

/** @param {number} index */
async function open(index) {
  const sections = map === undefined ? undefined : new SharedSections({ directory: join(job.folder, "sections"), map });
  const viewer = new Viewer({
    security: "rdp",
    size: { width: 640, height: 480 },
    remoteApp: { program: undefined, arguments: "", workingDirectory: "" },
    egfx: path === "egfx",
    sections,
    vailPictures: map === true ? "shared" : "copied",
  });
  const conduit = await connect({ path: join(job.folder, String(index)) });
  /** @param {number} now @param {() => void} action */
  const after = (now, action) => {
    action();
    return viewer.flush(now);
  };
  const driver = drive(
    conduit,
    {
      receive: (bytes, now) => after(now, () => viewer.receive(bytes, now)),
      tick: (now) => after(now, () => viewer.tick(now)),
      closed: (now) => after(now, () => viewer.closed(now)),
    },
    {
      told(output) {
        if (output.type === "violation") wrong(`${output.channel}: ${output.violation.message}`);
        if (output.type !== "frame" || output.windowId === undefined) return;
        if (viewer.picture(output.windowId)?.path !== path) wrong(`a frame did not come by ${path}`);
        seen.add(index);
        if (seen.size === job.sessions) allSeen();
      },
    },
  );
  driver.run((now) => after(now, () => viewer.connect(now)));
}

/** Until each session shows its window. */
async function openAll() {
  const shown = new Promise((resolve) => (allSeen = () => resolve(undefined)));
  for (let index = 0; index < job.sessions; index++) await open(index);
  await shown;
}

answerQuestions(openAll, () => undefined);
