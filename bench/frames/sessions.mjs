import { inFolder, started } from "./pair.mjs";

/** @typedef {import("./session-figures.mjs").Memory} Memory */
/** @typedef {{ way: import("./ways.mjs").WayName, folder: string, sessions: number }} SessionsJob */
/**
 * What a session costs one of the two processes.
 *
 * @typedef {object} Cost
 * @property {number} heap bytes
 * @property {number} external bytes
 * @property {number | undefined} resident bytes
 * @property {number} idle part of a processor
 * @property {number} active part of a processor
 */

/**
 * Many sessions: all compositors in one process, all viewers in another.
 *
 * @param {import("./ways.mjs").WayName} way @param {number} sessions @param {number} seconds for each measurement
 */
export const measureSessions = (way, sessions, seconds) =>
  inFolder(async (folder) => {
    const job = { way, folder, sessions };
    const processes = ["./serve-sessions.mjs", "./view-sessions.mjs"].map((script) =>
      started(script, job, ["--expose-gc"]),
    );
    /** @param {typeof processes[0]} process @param {string | object} question */
    const ask = ({ child, next }, question) => {
      const answer = next();
      child.send(question);
      return answer;
    };
    /** @param {string | object} question */
    const askBoth = (question) => Promise.all(processes.map((process) => ask(process, question)));
    const timer = setTimeout(() => processes.forEach(({ child }) => child.kill("SIGKILL")), 120_000);
    try {
      await Promise.all(processes.map(({ next }) => next()));
      const before = await askBoth("memory");
      for (const process of processes) await ask(process, "open");
      const after = await askBoth("memory");
      const idle = await askBoth({ active: false, seconds });
      const active = await askBoth({ active: true, seconds });
      /** @param {number} end @returns {Cost} */
      const cost = (end) => {
        const [a, b] = [before[end], after[end]];
        const each = (/** @type {"heap" | "external" | "resident"} */ name) => (b[name] - a[name]) / sessions;
        return {
          heap: each("heap"),
          external: each("external"),
          resident: a.resident === undefined ? undefined : each("resident"),
          idle: idle[end].processor / sessions,
          active: active[end].processor / sessions,
        };
      };
      return { server: cost(0), viewer: cost(1) };
    } finally {
      clearTimeout(timer);
      for (const { child } of processes) child.kill("SIGKILL");
    }
  });
