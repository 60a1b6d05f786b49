import { summary } from "../captures/figures.mjs";

/** @typedef {import("./pair.mjs").Run} Run */
/** @typedef {import("./job.mjs").Used} Used */

const milliseconds = (/** @type {number} */ seconds) => `${(seconds * 1000).toFixed(2)} ms`.padStart(10);
const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
const each = (/** @type {number} */ amount, /** @type {Used} */ { frames }) => amount / frames;

/** Seconds of processor time of both ends, for a frame. @param {Run} run */
export const processorOf = ({ server, viewer }) => each(server.processor, server) + each(viewer.processor, viewer);

/** @param {number} bytes */
const size = (bytes) => (bytes < 10_000 ? `${bytes.toFixed(0)} B` : megabytes(bytes));

/** A frame: best and median of the processor time of both ends, then the least of each. @param {string} title @param {readonly Run[]} runs @param {Run | undefined} counted */
export function runLine(title, runs, counted) {
  const both = summary(runs.map(processorOf));
  const least = (/** @type {(run: Run) => number} */ of) => summary(runs.map(of)).best;
  const times = [
    both.best,
    both.median,
    least(({ server }) => each(server.processor, server)),
    least(({ viewer }) => each(viewer.processor, viewer)),
    least(({ viewer }) => each(viewer.seconds, viewer)),
  ];
  const [{ viewer }] = runs;
  const copied =
    counted === undefined ? 0 : [counted.server, counted.viewer].reduce((sum, end) => sum + each(end.copied, end), 0);
  const sizes = [size(each(viewer.socket, viewer)).padStart(11), size(copied).padStart(13)];
  return `  ${title.padEnd(28)}${times.map(milliseconds).join("")}${sizes.join("")}`;
}

/** How often all windows were drawn in a second. @param {string} title @param {readonly Run[]} runs @param {number} windows */
export function windowsLine(title, runs, windows) {
  const rates = runs.map(({ server }) => server.frames / server.seconds / windows).toSorted((a, b) => b - a);
  const median = rates[rates.length >> 1];
  // The two are measured over the same time, but count other things.
  const loads = runs.map(
    (run) => run.server.processor / run.server.seconds + run.viewer.processor / run.viewer.seconds,
  );
  const perFrame = summary(loads.map((load, index) => load / (runs[index].server.frames / runs[index].server.seconds)));
  const rate = `${rates[0].toFixed(0)} frames a second of each (median ${median.toFixed(0)})`;
  return `  ${title.padEnd(28)}${rate.padStart(44)}, ${milliseconds(perFrame.best).trim()} of both ends for one of them`;
}

/** @param {string} title @param {import("./sessions.mjs").Cost} cost */
export function sessionLine(title, { heap, external, resident, idle, active }) {
  const kilobytes = (/** @type {number | undefined} */ bytes) =>
    bytes === undefined ? "not measured" : `${(bytes / 1000).toFixed(0)} kB`;
  const memory = `heap ${kilobytes(heap)}, arrays ${kilobytes(external)}, private and resident ${kilobytes(resident)}`;
  const load = `idle ${(idle * 100).toFixed(3)} %, active ${(active * 100).toFixed(2)} % of a processor`;
  return `  ${title.padEnd(40)}${memory}; ${load}`;
}
