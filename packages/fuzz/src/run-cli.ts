import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fuzz, type Finding } from "./loop/fuzz.js";
import { regressionOf, regressionText } from "./loop/regression.js";
import { describeFinding } from "./loop/report.js";
import type { Target } from "./targets/target.js";
import { targets } from "./targets/targets.js";

const help = `rail-fuzz: gives damaged input to everything that reads it

  --target NAME   only this target; may be given several times
  --seed N        where choices begin (0)
  --runs N        runs for each target (1000 unless --seconds)
  --seconds N     seconds for each target
  --keep DIR      writes what is found to a file there, to be replayed by tests
  --list          the targets
`;

/** What the program needs of the system. */
export interface CliHost {
  write(text: string): void;
  /** Milliseconds that never go back. */
  clock(): number;
}

const options = {
  target: { type: "string", multiple: true },
  seed: { type: "string" },
  runs: { type: "string" },
  seconds: { type: "string" },
  keep: { type: "string" },
  list: { type: "boolean" },
  help: { type: "boolean" },
} as const;

class UsageError extends Error {}

function whole(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new UsageError(`--${name} takes a whole number`);
  return value;
}

function chosen(names: readonly string[] | undefined): readonly Target[] {
  return (names ?? targets.map(({ name }) => name)).map((name) => {
    const target = targets.find((each) => each.name === name);
    if (target === undefined) throw new UsageError(`there is no target ${name}; --list shows them`);
    return target;
  });
}

/** Runs the program; its exit code is 0 if nothing was found, 1 if something was, 2 for wrong arguments. */
export async function runCli(args: readonly string[], host: CliHost): Promise<number> {
  try {
    const { values } = parseArgs({ args: [...args], options });
    if (values.help === true) host.write(help);
    else if (values.list === true) for (const { name, about } of targets) host.write(`${name.padEnd(20)} ${about}\n`);
    else {
      const settings = {
        seed: whole("seed", values.seed) ?? 0,
        runs: whole("runs", values.runs),
        seconds: whole("seconds", values.seconds),
      };
      return await runTargets(chosen(values.target), settings, values.keep, host);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (!(error instanceof UsageError) && !("code" in error)) throw error;
    host.write(`rail-fuzz: ${error.message}\n`);
    return 2;
  }
}

interface Settings {
  readonly seed: number;
  readonly runs: number | undefined;
  readonly seconds: number | undefined;
}

async function runTargets(
  some: readonly Target[],
  { seed, runs, seconds }: Settings,
  keep: string | undefined,
  host: CliHost,
): Promise<number> {
  let found = 0;
  for (const target of some) {
    const clock = (): number => host.clock();
    const limits = { ...(runs === undefined ? {} : { runs }), ...(seconds === undefined ? {} : { seconds }) };
    const report = await fuzz({ target, seed, clock, ...limits });
    if (report.finding === undefined) host.write(`${target.name}: ${report.runs} runs, nothing found\n`);
    else {
      found++;
      host.write(`${describeFinding(report.finding, target)}\n`);
      if (keep !== undefined) kept(report.finding, keep, host);
    }
  }
  return found === 0 ? 0 : 1;
}

function kept(finding: Finding, folder: string, host: CliHost): void {
  const name = `${finding.target}-${finding.seed ?? "corpus"}`;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  writeFileSync(file, regressionText(regressionOf(finding, name)));
  host.write(`kept in ${file}\n`);
}
