// node bench/captures/compare.mjs [--rounds n] [--full]: rail-dump against tshark on generated captures.
// It reports; that something is slow never makes it fail, that something is wrong does.
import { deepStrictEqual } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { title as bulk } from "./bulk-session.mjs";
import { interleaved } from "./child.mjs";
import { memoryOf, megabytes, processorOf, runLine, secondsOf, summary, targetLine } from "./figures.mjs";
import { title as small } from "./small-session.mjs";
import { findTshark, packetsByLayer } from "./tshark.mjs";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const railDump = here("../../packages/rail-dump/dist/cli.js");
const decodeAll = here("./decode-all.mjs");
const { execPath } = process;

/** What is to be reached, as factors. */
const targets = { decode: 10, tree: 25, memory: 1 / 4, growth: 1.1, treeGrowth: 1.4, split: 1 / 4, startUp: 1.5 };
const [usual, large] = [100_000_000, 1_000_000_000];
/** tshark writes JSON for minutes. */
const mostTreeRounds = 2;
const startUpRounds = 20;

const args = process.argv.slice(2);
const full = args.includes("--full");
const at = args.indexOf("--rounds");
const rounds = at < 0 ? 3 : Number(args[at + 1]);
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error("usage: node bench/captures/compare.mjs [--rounds n] [--full]");
  process.exit(2);
}

/** @param {string} script @param {readonly string[]} given */
const jsonOf = (script, given) =>
  JSON.parse(execFileSync(execPath, [script, ...given], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }));

/** @typedef {"bulk" | "small"} Kind */
/** @typedef {import("./generate.mjs").Generated & { path: string }} Capture */

const folder = mkdtempSync(join(tmpdir(), "railvail-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, () => process.exit(1));

/** @param {Kind} kind @param {number} bytes @returns {Capture} */
function generated(kind, bytes) {
  const path = join(folder, `${kind}-${bytes}.pcap`);
  return { ...jsonOf(here("./generate.mjs"), [kind, String(bytes), path]), path };
}

/** What was written and what is read are the same messages. @param {Capture} capture */
function checked({ path, counts }) {
  /** @type {import("./decode-all.mjs").Decoded} */
  const decoded = jsonOf(decodeAll, [path]);
  deepStrictEqual([decoded.troubles, decoded.gaps], [0, 0], "every byte is read");
  deepStrictEqual(sorted(decoded.counts), sorted(counts), "the messages that were written are read");
  return decoded;
}

const sorted = (/** @type {Record<string, number>} */ counts) =>
  Object.fromEntries(Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1)));

const tshark = findTshark();
const hasTshark = "version" in tshark;
const [cpu] = cpus();
console.log(
  `\nrail-dump and captures: Node ${process.versions.node}, ${cpus().length} x ${cpu?.model ?? "unknown processor"}`,
);
console.log(hasTshark ? tshark.version : `without the comparison: ${tshark.missing}`);
console.log("best and median of wall-clock times, the least processor time, the most memory of any run; output to");
console.log("/dev/null, start-up included, rounds interleaved; ratios are of processor times where the system gives");
console.log("them, since other work of the machine changes those least");
console.log(
  "generated: Ethernet, IPv4, TCP port 3389, at most 1448 bytes a segment, time stamps, acknowledgements for",
);
console.log("every second full segment or after 40 ms; the beginning of a recorded session, then its own messages");
console.log(
  "tshark's tree has lower layers and payloads in hexadecimal, ours messages, with long payloads by their place",
);

/** @param {Kind} kind @param {string} title */
async function compare(kind, title) {
  const capture = generated(kind, usual);
  const { path, bytes, packets } = capture;
  const decoded = checked(capture);
  const messages = Object.values(decoded.counts).reduce((sum, count) => sum + count, 0);
  console.log(`\n${title}\n  ${megabytes(bytes)}, ${packets} packets`);
  console.log(`  railvail reads ${messages} messages and ${decoded.envelopes} headers of lower layers`);
  if (hasTshark) console.log(`  tshark reads, in packets: ${packetsByLayer(path)}`);

  const plain = await printed(
    {
      "tshark -n -r FILE": ["tshark", "-n", "-r", path],
      "rail-dump FILE (a line a message)": [execPath, railDump, path],
      "rail-dump -q FILE (decodes, lists nothing)": [execPath, railDump, "-q", path],
      "rail-dump stats FILE": [execPath, railDump, "stats", path],
    },
    rounds,
  );
  const trees = await printed(
    {
      "tshark -n -r FILE -T json": ["tshark", "-n", "-r", path, "-T", "json"],
      "rail-dump -V -T ndjson FILE": [execPath, railDump, "-V", "-T", "ndjson", path],
    },
    Math.min(rounds, mostTreeRounds),
  );
  const [theirs, list, decode] = plain;
  const [theirTrees, tree] = trees;
  faster("decoding without output", targets.decode, theirs, decode);
  faster("the listing", targets.decode, theirs, list);
  faster("the tree as JSON", targets.tree, theirTrees, tree);
  lighter("memory of decoding", theirs, decode);
  lighter("memory of the listing", theirs, list);
  lighter("memory of the tree", theirTrees, tree);
  splitting(path);
  if (full) await growth(kind, list, tree);
  rmSync(path);
}

/**
 * Runs programs and prints their figures; those of tshark are empty where there is none.
 *
 * @param {Readonly<Record<string, readonly [string, ...string[]]>>} programs @param {number} count
 */
async function printed(programs, count) {
  const known = Object.entries(programs).filter(([, [command]]) => hasTshark || command !== "tshark");
  const runs = await interleaved(Object.fromEntries(known), count);
  for (const [name] of known) if (runs[name].length > 0) console.log(runLine(name, runs[name]));
  return Object.keys(programs).map((name) => runs[name] ?? []);
}

/** @param {string} what @param {number} factor @param {import("./child.mjs").Run[]} theirs @param {import("./child.mjs").Run[]} ours */
function faster(what, factor, theirs, ours) {
  if (theirs.length === 0) return;
  const [a, b] = [theirs, ours].map((runs) => processorOf(runs) ?? secondsOf(runs).best);
  console.log(targetLine(`${what} at least ${factor} times as fast as tshark`, [a / b], a / b >= factor));
}

/** @param {string} what @param {import("./child.mjs").Run[]} theirs @param {import("./child.mjs").Run[]} ours */
function lighter(what, theirs, ours) {
  const [a, b] = [memoryOf(theirs), memoryOf(ours)];
  if (a === undefined || b === undefined) return;
  console.log(targetLine(`${what} at most ${targets.memory} of tshark's`, [b / a], b / a <= targets.memory));
}

/** The rate at which a file is cut into messages, and that at which it can be read. @param {string} path */
function splitting(path) {
  /** @type {number[][]} */
  const [reads, splits] = [[], []];
  for (let round = 0; round < rounds; round++) {
    reads.push(jsonOf(here("./read-file.mjs"), [path]).seconds);
    splits.push(jsonOf(decodeAll, ["--split", path]).seconds);
  }
  const [read, split] = [summary(reads), summary(splits)];
  const ratios = [read.best / split.best, read.median / split.median];
  const bests = `${split.best.toFixed(3)} s and ${read.best.toFixed(3)} s, start-up left out`;
  const target = `splitting into messages at ${targets.split} of the rate of a read() loop (${bests})`;
  console.log(targetLine(target, ratios, ratios[0] >= targets.split));
}

/**
 * How memory and time grow when the file is ten times as long.
 *
 * @param {Kind} kind @param {import("./child.mjs").Run[]} list @param {import("./child.mjs").Run[]} tree
 */
async function growth(kind, list, tree) {
  const { path, bytes } = generated(kind, large);
  console.log(`  the same with ${megabytes(bytes)}, one round`);
  const [theirs, longList, longTree] = await printed(
    {
      "tshark -n -r FILE": ["tshark", "-n", "-r", path],
      "rail-dump FILE (a line a message)": [execPath, railDump, path],
      "rail-dump -V -T ndjson FILE": [execPath, railDump, "-V", "-T", "ndjson", path],
    },
    1,
  );
  faster("the listing", targets.decode, theirs, longList);
  grown("memory of the listing", targets.growth, list, longList);
  grown("memory of the tree", targets.treeGrowth, tree, longTree);
  rmSync(path);
}

/** @param {string} what @param {number} factor @param {import("./child.mjs").Run[]} before @param {import("./child.mjs").Run[]} after */
function grown(what, factor, before, after) {
  const [a, b] = [memoryOf(before), memoryOf(after)];
  if (a === undefined || b === undefined) return;
  console.log(targetLine(`${what} at most ${factor} times that with ${megabytes(usual)}`, [b / a], b / a <= factor));
}

async function startUp() {
  const runs = await interleaved({ node: [execPath, "-e", "0"], help: [execPath, railDump, "--help"] }, startUpRounds);
  const [node, help] = [secondsOf(runs.node), secondsOf(runs.help)];
  const ratios = [help.best / node.best, help.median / node.median];
  console.log("\nstart-up");
  console.log(runLine("node -e 0", runs.node));
  console.log(runLine("rail-dump --help", runs.help));
  const target = `start-up less than ${targets.startUp} times that of Node`;
  console.log(targetLine(target, ratios, ratios[0] < targets.startUp));
}

await compare("bulk", bulk);
await compare("small", small);
await startUp();
