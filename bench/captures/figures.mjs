/** @typedef {import("./child.mjs").Run} Run */

const median = (/** @type {readonly number[]} */ sorted) => sorted[sorted.length >> 1];

/**
 * Best and median of numbers of which less is better.
 *
 * @param {readonly number[]} numbers
 */
export function summary(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return { best: sorted[0], median: median(sorted) };
}

/** @param {readonly Run[]} runs */
export const secondsOf = (runs) => summary(runs.map(({ seconds }) => seconds));

/** The least processor time of runs; undefined where it was not measured. @param {readonly Run[]} runs */
export function processorOf(runs) {
  const known = runs.flatMap(({ processor }) => (processor === undefined ? [] : [processor]));
  return known.length === 0 ? undefined : Math.min(...known);
}

/** The most memory of any run; undefined where it was not measured. @param {readonly Run[]} runs */
export function memoryOf(runs) {
  const known = runs.flatMap(({ memory }) => (memory === undefined ? [] : [memory]));
  return known.length === 0 ? undefined : Math.max(...known);
}

export const megabytes = (/** @type {number | undefined} */ bytes) =>
  bytes === undefined ? "not measured" : `${(bytes / 1e6).toFixed(0)} MB`;

const times = (/** @type {number} */ ratio, digits = 2) => `${ratio.toFixed(ratio < 10 ? digits : 1)}x`;

/** Best and median of wall-clock times, the least processor time, the most memory. @param {string} title @param {readonly Run[]} runs */
export function runLine(title, runs) {
  const { best, median: middle } = secondsOf(runs);
  const processor = processorOf(runs);
  const seconds = [best, middle, ...(processor === undefined ? [] : [processor])];
  const columns = seconds.map((each) => `${each.toFixed(2)} s`.padStart(10)).join("");
  return `  ${title.padEnd(42)}${columns}${megabytes(memoryOf(runs)).padStart(14)}`;
}

/**
 * @param {string} target what is to be reached
 * @param {readonly number[]} ratios best, and median if there is one
 * @param {boolean} isMet by the best
 * @param {number} [digits] behind the point
 */
export function targetLine(target, ratios, isMet, digits) {
  const [best, middle] = ratios.map((ratio) => times(ratio, digits));
  const all = middle === undefined ? best : `${best} (median ${middle})`;
  return `  target: ${target}: ${all}, ${isMet ? "met" : "MISSED"}`;
}
