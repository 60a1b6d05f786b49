// node scripts/check-packages.mjs [package ...]: packs the packages as they would be published
// and checks the tarballs. All must be built. `--keep` leaves the temporary folder for a look.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { run, runNode } from "./child.mjs";
import { packages, pnpm, program } from "./project.mjs";
import { makeScratch, scratchConfigs, scratchTree } from "./scratch-project.mjs";
import { unpack, unpackedProblems } from "./tarball.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: "boolean", default: false } },
});

const published = packages().filter(({ manifest }) => manifest.private !== true);
const unknown = positionals.filter((name) => !published.some(({ folder }) => folder === name));
if (unknown.length > 0) {
  console.error(`there is no published package ${unknown.join(", ")}`);
  process.exit(2);
}
const chosen = published.filter(({ folder }) => positionals.length === 0 || positionals.includes(folder));

const temporary = mkdtempSync(join(tmpdir(), "railvail-packages-"));
let failures = 0;

/**
 * @param {string} what
 * @param {string} problem empty if all is well
 */
function report(what, problem) {
  console.log(`${problem === "" ? "ok    " : "FAILED"} ${what}`);
  if (problem === "") return;
  failures += 1;
  console.log(problem.trimEnd().replaceAll(/^/gm, "    "));
}

/**
 * @param {string} what
 * @param {Promise<{ code: number, output: string }>} result
 */
async function reportRun(what, result) {
  const { code, output } = await result;
  report(what, code === 0 ? "" : output || `exit code ${code}`);
  return code === 0;
}

async function check() {
  const tarballs = join(temporary, "tarballs");
  const filters = published.flatMap(({ manifest }) => ["--filter", manifest.name]);
  const args = ["--yes", pnpm, ...filters, "-r", "pack", "--pack-destination", tarballs];
  const packed = run("npx", args, { capture: true });
  if (!(await reportRun(`pack ${published.length} packages`, packed))) return;

  // All are unpacked, since they depend on each other; the chosen ones are checked.
  const unpacked = await Promise.all(published.map((one) => unpack(one, tarballs, temporary)));
  for (const one of unpacked.filter(({ folder }) => chosen.some((c) => c.folder === folder))) {
    report(`${one.folder}: contents`, unpackedProblems(one).join("\n"));
    const lint = [one.tarball, "--strict"];
    const types = [one.tarball, "--profile", "esm-only", "--no-definitely-typed", "--no-emoji", "--no-color"];
    const attw = program("@arethetypeswrong/cli", "attw");
    await Promise.all([
      reportRun(`${one.folder}: publint`, runNode(program("publint"), lint, { capture: true })),
      reportRun(`${one.folder}: attw`, runNode(attw, types, { capture: true })),
    ]);
  }

  const scratch = makeScratch(temporary, unpacked, chosen);
  const tsc = program("typescript", "tsc");
  for (const config of scratchConfigs) {
    const checked = runNode(tsc, ["-p", config], { capture: true, cwd: scratch.path });
    await reportRun(`scratch project: tsc -p ${config}`, checked);
  }
  for (const entry of scratch.entries) {
    const source = `const all = await import(${JSON.stringify(entry)}); if (Object.keys(all).length === 0) throw new Error("no exports")`;
    const imported = run(process.execPath, ["--input-type=module", "-e", source], {
      capture: true,
      cwd: scratch.path,
    });
    await reportRun(`scratch project: import ${entry}`, imported);
  }
  for (const { name, file } of scratch.programs) {
    const helped = runNode(join(scratchTree, file), ["--help"], {
      capture: true,
      cwd: scratch.path,
    });
    await reportRun(`scratch project: ${name} --help`, helped);
  }
}

try {
  await check();
} finally {
  if (values.keep) console.log(`kept ${temporary}`);
  else rmSync(temporary, { recursive: true, force: true });
}
console.log(failures === 0 ? "all package checks passed" : `${failures} package checks failed`);
process.exitCode = failures === 0 ? 0 : 1;
