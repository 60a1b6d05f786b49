import { readFileSync } from "node:fs";

/**
 * Memory of a process, in bytes, after a collection.
 *
 * @typedef {object} Memory
 * @property {number} heap objects of JavaScript
 * @property {number} external bytes of arrays
 * @property {number | undefined} resident private memory that is resident; undefined where the system does not say
 */

const wait = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Needs --expose-gc. @returns {Promise<Memory>} */
async function memory() {
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    await wait(50);
  }
  const { heapUsed, external } = process.memoryUsage();
  return { heap: heapUsed, external, resident: resident() };
}

function resident() {
  try {
    const [, kilobytes] = /^RssAnon:\s+(\d+) kB/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}

/** Processor time, in parts of one processor, over some time. @param {number} seconds */
async function load(seconds) {
  const before = process.cpuUsage();
  const began = performance.now();
  await wait(seconds * 1000);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / (performance.now() - began);
}

/**
 * Answers the parent's questions of what sessions cost.
 *
 * @param {() => Promise<unknown>} open makes all sessions
 * @param {(active: boolean) => void} set starts and stops what they do
 */
export function answerQuestions(open, set) {
  process.on("message", (/** @type {"memory" | "open" | { active: boolean, seconds: number }} */ question) => {
    void (async () => {
      if (question === "memory") process.send?.(await memory());
      else if (question === "open") {
        await open();
        process.send?.({ open: true });
      } else {
        set(question.active);
        await wait(500);
        const processor = await load(question.seconds);
        set(false);
        process.send?.({ processor });
      }
    })();
  });
  process.send?.({ ready: true });
}
