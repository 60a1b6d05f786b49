// node bench/run.mjs [--rounds n] [--full] [captures] [frames] [names or beginnings of names of workloads]
// Compares emitted code with its rivals, rail-dump with tshark on captures, and ways for frames. Each round of each
// contender is a process; the rounds of all contenders alternate, so that what else the machine does hits all alike.
// It reports; slow code never makes it fail, wrong code does.
import { execFileSync, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { contenders } from "./contenders/contender.mjs";
import { heading, heapLimit, heapLine, summary, tableOf } from "./report.mjs";
import { workloads } from "./workloads.mjs";

/** Rounds of each contender. */
const defaultRounds = 5;

/** A heap in which nothing is collected while it is measured. */
const heapFlags = ["--expose-gc", "--min-semi-space-size=128", "--max-semi-space-size=128"];

/** Contenders that encode into an arena. */
const arenaUsers = ["hand-written", "emitted"];

/** @param {string} script @param {readonly string[]} args @param {readonly string[]} flags */
function measure(script, args, flags = []) {
  const path = fileURLToPath(new URL(script, import.meta.url));
  return JSON.parse(execFileSync(process.execPath, [...flags, path, ...args], { encoding: "utf8" }));
}

const args = process.argv.slice(2);
const at = args.indexOf("--rounds");
const given = at < 0 ? [] : args.splice(at, 2);
const rounds = at < 0 ? defaultRounds : Number(given[1]);
/** Benchmarks with programs of their own. */
const others = ["captures", "frames"].filter((name) => args.includes(name));
const names = args.filter((name) => name !== "--full" && !others.includes(name));
const everything = names.length === 0 && others.length === 0;
const programs = everything ? ["captures", "frames"] : others;
const chosen = Object.entries(workloads).filter(
  ([name]) => everything || names.some((beginning) => name.startsWith(beginning)),
);
if ((chosen.length === 0 && programs.length === 0) || !Number.isInteger(rounds) || rounds < 1) {
  console.error("usage: node bench/run.mjs [--rounds n] [--full] [captures] [frames] [workloads]");
  console.error(`workloads: ${Object.keys(workloads).join(", ")}`);
  process.exit(2);
}

if (chosen.length > 0) compareCodecs();
for (const name of programs) {
  const path = fileURLToPath(new URL(`${name}/compare.mjs`, import.meta.url));
  const full = args.filter((each) => each === "--full");
  const { status } = spawnSync(process.execPath, [path, ...given, ...full], { stdio: "inherit" });
  process.exitCode = status === 0 ? process.exitCode : (status ?? 1);
}

function compareCodecs() {
  const { compared } = measure("./agreement.mjs", []);
  console.log(`${heading(rounds)}\nall contenders agree: ${compared} results compared`);

  for (const [name, workload] of chosen) {
    /** @type {Map<string, import("./report.mjs").Time[]>} */
    const times = new Map();
    for (let round = 0; round < rounds; round++) {
      for (const contender of Object.keys(contenders)) {
        if (round > 0 && !times.has(contender)) continue;
        const time = measure("./round.mjs", [name, contender]);
        if (time !== null) times.set(contender, [...(times.get(contender) ?? []), time]);
      }
    }
    console.log(tableOf(workload, new Map([...times].map(([contender, all]) => [contender, summary(all)]))));
  }

  const encoders = chosen.filter(([, { operation }]) => operation === "encode");
  if (encoders.length > 0) {
    console.log(`\nheap per message encoded into an arena, at most ${heapLimit} bytes`);
    for (const [name, { title }] of encoders) {
      for (const contender of arenaUsers)
        console.log(heapLine(title, contender, measure("./heap.mjs", [name, contender], heapFlags)));
    }
  }
}
