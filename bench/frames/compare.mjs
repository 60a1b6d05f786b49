// node bench/frames/compare.mjs [--rounds n]: frames from a compositor in one process to a viewer in another,
// through the graphics pipeline and through shared memory. It reports; that something is slow never makes it fail,
// that a wrong picture is shown does.
import { cpus, tmpdir } from "node:os";
import { SharedSections } from "../../packages/node/dist/index.js";
import { summary, targetLine } from "../captures/figures.mjs";
import { desktop } from "./job.mjs";
import { processorOf, runLine, sessionLine, windowsLine } from "./lines.mjs";
import { inFolder, run } from "./pair.mjs";
import { measureSessions } from "./sessions.mjs";
import { ways } from "./ways.mjs";

/** @typedef {import("./ways.mjs").WayName} WayName */
/** @typedef {import("./pair.mjs").Run} Run */

/** Frames before a measurement, in which code gets compiled, and in one. */
const warm = 40;
const frames = { egfx: 60, other: 400, counted: 20 };
/** Ten windows that fill the desktop. */
const [columns, lines] = [5, 2];
const secondsOfWindows = 2;
const sessions = { count: 50, seconds: 2 };

const args = process.argv.slice(2);
const at = args.indexOf("--rounds");
const rounds = at < 0 ? 5 : Number(args[at + 1]);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error("usage: node bench/frames/compare.mjs [--rounds n]");
  process.exit(2);
}

const koffi = await inFolder(async (directory) => new SharedSections({ directory }).backing !== "file");
const [cpu] = cpus();
console.log(`\nframes: Node ${process.versions.node}, ${cpus().length} x ${cpu?.model ?? "unknown processor"}`);
if (!koffi) console.log("koffi is missing, or this is not Linux: nothing can be mapped, two ways are left out");
console.log(
  `compositor and viewer are a process each, with a unix socket between them; names of sections in ${tmpdir()}`,
);
console.log(
  "each frame draws 64 pixels and damages all of its window; the viewer takes its picture, reads those pixels",
);
console.log("and acknowledges; at last all pixels are compared. Ratios are of processor time of both ends");

/** @type {WayName[]} */
const all = ["egfx", "copied", "inPlace", "written", "composed"];
const known = all.filter((name) => koffi || ways[name].path !== "vail" || name === "written");

/** What is measured again and again, in turn. @template T @param {readonly WayName[]} names @param {number} times @param {(name: WayName) => Promise<T>} measure */
async function interleaved(names, times, measure) {
  /** @type {Map<WayName, T[]>} */
  const runs = new Map();
  for (let round = 0; round < times; round++) {
    for (const name of names) runs.set(name, [...(runs.get(name) ?? []), await measure(name)]);
  }
  return runs;
}

async function compareFrames() {
  const windows = [{ left: 0, top: 0, ...desktop }];
  const names = known.filter((name) => name !== "composed");
  console.log(`\none window of ${desktop.width} by ${desktop.height}, a frame`);
  console.log(`  ${"".padEnd(28)}      best    median    server    viewer      wall     socket       copied`);
  const counted = await interleaved(names, 1, (way) =>
    run({ way, windows, warm: 4, frames: frames.counted, copies: true }),
  );
  const runs = await interleaved(names, rounds, (way) =>
    run({ way, windows, warm, frames: way === "egfx" ? frames.egfx : frames.other }),
  );
  for (const [name, each] of runs) console.log(runLine(ways[name].title, each, counted.get(name)?.[0]));
  const [base] = runs.values();
  for (const [name, each] of runs) {
    const { title, target } = /** @type {import("./ways.mjs").Way} */ (ways[name]);
    if (target === undefined) continue;
    const [a, b] = [summary(base.map(processorOf)), summary(each.map(processorOf))];
    const ratios = [b.best / a.best, b.median / a.median];
    console.log(targetLine(`${title} at most ${target.toFixed(3)} of egfx`, ratios, ratios[0] <= target, 4));
  }
}

async function compareWindows() {
  const [width, height] = [desktop.width / columns, desktop.height / lines];
  const windows = Array.from({ length: columns * lines }, (_, index) => {
    return { left: (index % columns) * width, top: Math.floor(index / columns) * height, width, height };
  });
  console.log(`\n${windows.length} windows of ${width} by ${height}, drawn as often as the way lets them`);
  const runs = await interleaved(known, Math.min(rounds, 3), (way) =>
    run({ way, windows, warm, seconds: secondsOfWindows }),
  );
  for (const [name, each] of runs) console.log(windowsLine(ways[name].title, each, windows.length));
}

async function compareSessions() {
  const { count, seconds } = sessions;
  console.log(
    `\n${count} sessions, all compositors in one process and all viewers in another, a window of 640 by 480 each;`,
  );
  console.log("memory of one session after a collection; active: 10 frames a second that damage 256 by 64 pixels");
  for (const name of known.filter((each) => each === "egfx" || each === (koffi ? "inPlace" : "written"))) {
    const { server, viewer } = await measureSessions(name, count, seconds);
    console.log(sessionLine(`${ways[name].title}: compositor`, server));
    console.log(sessionLine(`${ways[name].title}: viewer`, viewer));
  }
}

await compareFrames();
await compareWindows();
await compareSessions();
