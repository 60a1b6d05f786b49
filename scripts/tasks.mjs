import { join } from "node:path";
import { build } from "./build.mjs";
import { runNode } from "./child.mjs";
import { program, root } from "./project.mjs";

/**
 * @typedef {object} Task
 * @property {string} about what it does, for the list of tasks
 * @property {(args: readonly string[]) => Promise<number>} run gives an exit code
 */

const script = (/** @type {string} */ name) => join(root, "scripts", name);

/** The tests that start programs of the system. */
const interop = join(root, "interop", "vitest.config.ts");

/** What oxfmt looks after; packages include their package.json and tsconfig.json. */
const formatted = [
  "packages",
  "scripts",
  "test",
  "interop",
  "bench",
  "*.json",
  "*.ts",
  ".oxlintrc.json",
  ".oxfmtrc.json",
];

/**
 * @param {string} file
 * @param {readonly string[]} args
 */
async function node(file, args) {
  return (await runNode(file, args)).code;
}

/**
 * The tests that need no build are worth seeing even if the build fails.
 * @param {readonly string[]} args
 */
async function test(args) {
  const built = await build();
  const tested = await node(program("vitest"), ["run", ...args]);
  if (built !== 0) process.stderr.write("the build failed; its messages are above the tests\n");
  return tested === 0 ? built : tested;
}

async function types() {
  const built = await build();
  const tsc = program("typescript", "tsc");
  let code = built;
  for (const config of ["tsconfig.test.json", "scripts/tsconfig.json"]) {
    code = (await node(tsc, ["-p", config])) || code;
  }
  return code;
}

/** @param {readonly string[]} args */
async function packageChecks(args) {
  return (await build()) || node(script("check-packages.mjs"), args);
}

/**
 * Builds, and starts a program of a package.
 * @param {string} name
 * @returns {Task["run"]}
 */
const started = (name) => async (args) => (await build()) || node(join(root, "packages", name, "dist", "cli.js"), args);

/** @type {Record<string, Task>} */
export const tasks = {
  install: { about: "install the dependencies", run: async () => 0 },
  build: { about: "build all packages", run: build },
  test: { about: "build, then run the tests; arguments go to vitest", run: test },
  "demo:compositor": {
    about: "build, then show windows drawn here to RDP clients on this machine",
    run: started("demo-compositor"),
  },
  "rail-view": {
    about: "build, then start the client without a screen",
    run: started("rail-view"),
  },
  interop: {
    about: "build, then run the tests with other RDP programs; says which are missing",
    run: async (args) => (await build()) || node(program("vitest"), ["run", "--config", interop, ...args]),
  },
  types: { about: "type-check sources, tests and scripts", run: types },
  lint: {
    about: "lint; --fix corrects what it can",
    run: (args) => node(program("oxlint"), args),
  },
  format: {
    about: "check the format; --write corrects it",
    run: (args) => {
      const mode = args.includes("--write") ? args : ["--check", ...args];
      return node(program("oxfmt"), ["--no-error-on-unmatched-pattern", ...mode, ...formatted]);
    },
  },
  layers: {
    about: "check the fences between the layers",
    run: (args) => node(script("check-layers.mjs"), args),
  },
  knip: {
    about: "look for unused files, exports and dependencies",
    run: (args) => node(program("knip"), ["--no-config-hints", ...args]),
  },
  "package-checks": {
    about: "build, pack and check the packages as others will get them",
    run: packageChecks,
  },
  "docs:check": {
    about: "check that the generated documents are current",
    run: async (args) => (await build()) || node(script("coverage.mjs"), ["--check", ...args]),
  },
  bench: {
    about: "build, then run the benchmarks",
    run: async (args) => (await build()) || node(join(root, "bench", "run.mjs"), args),
  },
};
