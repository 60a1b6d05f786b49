import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** Milliseconds between two looks at how much memory a process has. */
const interval = 5;

/**
 * A run of a program.
 *
 * @typedef {object} Run
 * @property {number} seconds from the start of the process to its end
 * @property {number | undefined} processor seconds of all processors; undefined where the system does not say
 * @property {number | undefined} memory the most that was resident, in bytes
 */

/** Ticks of the clock in a second, in what Linux says of a process. */
const ticks = 100;

/**
 * What a process has used so far. Linux keeps the most memory that was resident, so what happens
 * between two looks is seen, but for the last few milliseconds of the process.
 *
 * @param {number} pid
 */
function usedBy(pid) {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name of the program, in brackets, may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const processor = (Number(fields[11]) + Number(fields[12])) / ticks;
    return kilobytes === undefined ? undefined : { memory: Number(kilobytes) * 1024, processor };
  } catch {
    return undefined;
  }
}

/**
 * Runs a program to its end. What it prints is thrown away, as by a shell with `>/dev/null`.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<Run>} rejects if the program cannot be run or fails
 */
function measured(command, args) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(command, args, { stdio: "ignore" });
    /** @type {{ memory: number, processor: number } | undefined} */
    let used;
    const look = setInterval(() => (used = usedBy(child.pid ?? 0) ?? used), interval);
    child.on("error", (error) => {
      clearInterval(look);
      reject(error);
    });
    child.on("exit", (code, signal) => {
      clearInterval(look);
      const seconds = (performance.now() - began) / 1000;
      if (code === 0) resolve({ seconds, processor: used?.processor, memory: used?.memory });
      else reject(new Error(`${command} ${args.join(" ")}: ${signal ?? `exit code ${code}`}`));
    });
  });
}

/**
 * Runs programs in turn, so that what else the machine does hits all alike. That a program of others
 * fails is said, and its runs are missing.
 *
 * @param {Readonly<Record<string, readonly [command: string, ...args: string[]]>>} programs by name
 * @param {number} rounds
 * @returns {Promise<Record<string, Run[]>>}
 */
export async function interleaved(programs, rounds) {
  /** @type {Record<string, Run[]>} */
  const runs = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, [command, ...args]] of Object.entries(programs)) {
      try {
        runs[name].push(await measured(command, args));
      } catch (error) {
        if (command === process.execPath || !(error instanceof Error)) throw error;
        console.log(`  failed: ${error.message}`);
      }
    }
  }
  return runs;
}
