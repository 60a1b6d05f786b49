// npm run demo: installs what is needed, builds, and shows rail-dump on two recorded sessions.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.mjs";
import { runNode } from "./child.mjs";
import { ensureInstalled } from "./install.mjs";
import { requireNode, root } from "./project.mjs";

const cli = "packages/rail-dump/dist/cli.js";
const rail = "fixtures/wslg-rail-basic/session.pcap.gz";
const vail = "fixtures/wslg-vail-gfxredir/session.pcap.gz";

/**
 * What is shown, the arguments of rail-dump, and how many lines of output at most.
 * @type {readonly (readonly [string, readonly string[], number])[]}
 */
const tour = [
  ["a WSLg session: which messages it has", ["stats", rail], 26],
  ["its first messages, one line each", ["-c", "25", rail], 25],
  ["its first window orders, field by field", ["--channel", "window-order", "-c", "4", "-V", rail], 40],
  ["the windows of the session", ["windows", rail], 22],
  ["does every message come out of the encoder as it went in?", ["verify", rail], 8],
  ["windows in shared memory: the VAIL channel", ["--channel", "gfxredir", "-c", "10", vail], 10],
  ["and the same check for that session", ["verify", vail], 8],
];

/**
 * @param {readonly [string, readonly string[], number]} stop
 * @returns {Promise<number>} an exit code
 */
async function show([title, args, limit]) {
  console.log(`\n# ${title}\n$ npm run -s rail-dump -- ${args.join(" ")}`);
  const { code, output } = await runNode(cli, args, { capture: true });
  const lines = output.trimEnd().split("\n");
  // Of what is too long, the end often has the sums.
  const left = lines.length - limit;
  const head = left > 0 ? Math.ceil(limit / 2) : limit;
  for (const line of lines.slice(0, head)) console.log(line);
  if (left > 0) console.log(`... ${left} lines ...`);
  for (const line of lines.slice(head + Math.max(left, 0))) console.log(line);
  if (code !== 0) console.error(`rail-dump ended with exit code ${code}`);
  return code;
}

async function demo() {
  const missing = [rail, vail].filter((path) => !existsSync(join(root, path)));
  if (missing.length > 0) {
    console.error(`the recorded session ${missing.join(", ")} is missing`);
    return 1;
  }
  const prepared = (await ensureInstalled()) || (await build());
  if (prepared !== 0) return prepared;
  if (!existsSync(join(root, cli))) {
    console.error(`the build did not make ${cli}`);
    return 1;
  }
  for (const stop of tour) {
    const code = await show(stop);
    if (code !== 0) return code;
  }
  return 0;
}

requireNode();
process.exitCode = await demo();
