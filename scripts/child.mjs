import { spawn } from "node:child_process";
import { accessSync, constants, mkdirSync } from "node:fs";
import { constants as system } from "node:os";
import { join } from "node:path";
import { root } from "./project.mjs";

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

const forwarded = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/** The exit code of this process once a signal has told it to end: nothing is started then. */
let interrupted = 0;

/** @param {NodeJS.Signals} signal */
function forward(signal) {
  interrupted = 128 + system.signals[signal];
  // Ctrl-C in a terminal reaches the children without us; twice would mean "at once".
  if (signal === "SIGINT" && process.stdin.isTTY) return;
  for (const child of running) child.kill(signal);
}

/** The environment for children: npm and pnpm need a home folder that they can write to. */
function environment() {
  const home = process.env["HOME"];
  if (process.platform === "win32" || (home && writable(home))) return process.env;
  const substitute = join(root, ".cache", "home");
  mkdirSync(substitute, { recursive: true });
  return { ...process.env, HOME: substitute };
}

/** @param {string} folder */
function writable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs a command to its end; signals to this process go to it.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ capture?: boolean, cwd?: string }} [options] `capture` keeps both outputs instead of
 *   showing them; there is no standard input then.
 * @returns {Promise<{ code: number, output: string }>} `code` is 128 plus the signal's number for
 *   a command that a signal ended, and 127 for one that could not be started.
 */
export function run(command, args, { capture = false, cwd = root } = {}) {
  if (interrupted !== 0) return Promise.resolve({ code: interrupted, output: "" });
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: environment(),
      stdio: capture ? ["ignore", "pipe", "pipe"] : "inherit",
      // npx is a command file on Windows; its arguments here are plain words.
      shell: process.platform === "win32" && command === "npx",
    });
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout?.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    if (running.size === 0) for (const signal of forwarded) process.on(signal, forward);
    running.add(child);
    const end = (/** @type {number} */ code, note = "") => {
      running.delete(child);
      if (running.size === 0) for (const signal of forwarded) process.off(signal, forward);
      resolve({ code, output: Buffer.concat(chunks).toString("utf8") + note });
    };
    child.on("error", (error) => {
      const note = `cannot start ${command}: ${error.message}\n`;
      if (!capture) process.stderr.write(note);
      end(127, note);
    });
    child.on("close", (code, signal) => end(signal ? 128 + system.signals[signal] : (code ?? 1)));
  });
}

/**
 * Runs a Node program to its end.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runNode(file, args, options) {
  return run(process.execPath, [file, ...args], options);
}
