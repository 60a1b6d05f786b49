import { fork } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** @typedef {import("./job.mjs").Used} Used */
/** What the two processes used. @typedef {{ server: Used, viewer: Used }} Run */

/** Milliseconds for a run. */
const patience = 120_000;

/**
 * A process of a run.
 *
 * @param {string} script @param {object} job @param {readonly string[]} [flags]
 */
export function started(script, job, flags = []) {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = fork(path, [JSON.stringify(job)], {
    execArgv: [...flags],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  /** @type {Promise<number | null>} */
  const ended = new Promise((resolve) => child.once("exit", resolve));
  /** The next message. @returns {Promise<Record<string, any>>} */
  const next = () =>
    new Promise((resolve, reject) => {
      child.once("message", (message) => resolve(/** @type {Record<string, any>} */ (message)));
      void ended.then((code) => reject(new Error(`${script} ended with ${code} over ${JSON.stringify(job)}`)));
    });
  return { child, ended, next };
}

/** Runs something with a folder, and ends what it started. @template T @param {(folder: string) => Promise<T>} run */
export async function inFolder(run) {
  const folder = mkdtempSync(join(tmpdir(), "railvail-frames-"));
  try {
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * One run of a job: a compositor in one process, a viewer in another.
 *
 * @param {Omit<import("./job.mjs").Job, "folder">} given @param {readonly string[]} [flags] for both
 * @returns {Promise<Run>} rejects if something is wrong
 */
export const run = (given, flags = []) =>
  inFolder(async (folder) => {
    const job = { ...given, folder };
    const server = started("./serve.mjs", job, flags);
    const processes = [server];
    const timer = setTimeout(() => processes.forEach(({ child }) => child.kill("SIGKILL")), patience);
    try {
      await server.next();
      let served = server.next();
      const viewer = started("./view.mjs", job, flags);
      processes.push(viewer);
      if (job.seconds !== undefined) {
        await served;
        served = server.next();
        viewer.child.send("measure");
      }
      const [ofServer, ofViewer] = await Promise.all([served, viewer.next()]);
      const checked = viewer.next();
      viewer.child.send("check");
      for (const answer of [ofViewer, await checked]) {
        if (answer.wrong !== undefined) throw new Error(`${job.way}: ${answer.wrong}`);
      }
      server.child.send("end");
      await Promise.all([server.ended, viewer.ended]);
      const left = readdirSync(folder, { recursive: true });
      if (left.some((name) => String(name).includes("{")))
        throw new Error(`${job.way}: left behind ${left.join(", ")}`);
      return { server: ofServer.used, viewer: ofViewer.used };
    } finally {
      clearTimeout(timer);
      for (const { child } of processes) child.kill("SIGKILL");
    }
  });
