import { cpus } from "node:os";

/** @typedef {import("./workloads.mjs").Workload} Workload */
/** @typedef {{ best: number, median: number }} Time nanoseconds per message */

/** What all ratios are of. */
export const baseline = "hand-written";

/** How many times faster than these emitted code is to be, where they take part. */
const rivals = { "binary-parser": 8, "micro-packed": 20 };

/** Bytes of heap that encoding a message into an arena may take. */
export const heapLimit = 16;

const median = (/** @type {readonly number[]} */ sorted) => sorted[sorted.length >> 1];

/**
 * The best of all rounds, and the median of the medians of the rounds.
 *
 * @param {readonly Time[]} rounds
 * @returns {Time}
 */
export function summary(rounds) {
  return {
    best: Math.min(...rounds.map((round) => round.best)),
    median: median(rounds.map((round) => round.median).toSorted((a, b) => a - b)),
  };
}

const ratio = (/** @type {number} */ value) => `${value.toFixed(value < 10 ? 2 : 1)}x`;
const verdict = (/** @type {boolean} */ isMet) => (isMet ? "met" : "MISSED");

/**
 * @param {Workload} workload
 * @param {ReadonlyMap<string, Time>} times
 * @returns {string} the table of a workload and its targets
 */
export function tableOf({ title, limit }, times) {
  const base = times.get(baseline) ?? times.values().next().value;
  if (base === undefined) return "";
  const lines = ["", title];
  for (const [name, { best, median: middle }] of times) {
    const absolute = `${best.toFixed(1).padStart(10)} ns ${middle.toFixed(1).padStart(10)} ns`;
    const relative = `${ratio(best / base.best).padStart(9)} ${ratio(middle / base.median).padStart(9)}`;
    lines.push(`  ${name.padEnd(16)}${absolute}${relative}`);
  }
  const emitted = times.get("emitted");
  if (emitted !== undefined && limit !== undefined) lines.push(...targetsOf(limit, emitted, base, times));
  return lines.join("\n");
}

/**
 * @param {number} limit
 * @param {Time} emitted
 * @param {Time} base
 * @param {ReadonlyMap<string, Time>} times
 */
function targetsOf(limit, emitted, base, times) {
  const lines = [];
  const of = emitted.best / base.best;
  lines.push(`  target: at most ${limit}x of hand-written: ${ratio(of)}, ${verdict(of <= limit)}`);
  for (const [name, factor] of Object.entries(rivals)) {
    const rival = times.get(name);
    if (rival === undefined) continue;
    const faster = rival.best / emitted.best;
    lines.push(`  target: ${factor} times as fast as ${name}: ${ratio(faster)}, ${verdict(faster >= factor)}`);
  }
  return lines;
}

/** @param {number} rounds */
export function heading(rounds) {
  const [cpu] = cpus();
  return [
    `Node ${process.versions.node}, ${cpus().length} x ${cpu?.model ?? "unknown processor"}, ${rounds} rounds`,
    "nanoseconds per message, best and median; ratios to hand-written of both (less is faster)",
  ].join("\n");
}

/**
 * @param {string} title
 * @param {string} contender
 * @param {{ bytes: number, collections: number }} result
 */
export function heapLine(title, contender, { bytes, collections }) {
  const text = collections > 0 ? "not measured, the collector ran" : `${bytes.toFixed(2)} bytes`;
  const target = collections > 0 || contender !== "emitted" ? "" : `, ${verdict(bytes <= heapLimit)}`;
  return `  ${title.padEnd(38)}${contender.padEnd(16)}${text}${target}`;
}
