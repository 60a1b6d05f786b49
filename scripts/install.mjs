import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./child.mjs";
import { packages, pnpm, readJson, root } from "./project.mjs";

const stamp = join(root, "node_modules", ".railvail-installed");

const networkFailure =
  /ECONN|ETIMEDOUT|ESOCKET|EAI_AGAIN|ENOTFOUND|EPIPE|ERR_SOCKET|FETCH|META_|TARBALL|network|socket hang up|\b(?:429|50[0234])\b/i;

/** What decides which files belong into node_modules, as a digest. */
function wanted() {
  const hash = createHash("sha256");
  hash.update([pnpm, process.platform, process.arch].join(" "));
  for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml"]) {
    hash.update(readFileSync(join(root, file)));
  }
  const manifests = [readJson(join(root, "package.json")), ...packages().map((p) => p.manifest)];
  for (const manifest of manifests) {
    // Only these fields: a new script or description is no reason to install again.
    const { name, bin, dependencies, devDependencies, optionalDependencies } = manifest;
    hash.update(JSON.stringify({ name, bin, dependencies, devDependencies, optionalDependencies }));
  }
  return hash.digest("hex");
}

/**
 * Installs the dependencies exactly as locked, unless that was done already. Says nothing if
 * there is nothing to do, and one line before and after if there is.
 *
 * @returns {Promise<number>} an exit code
 */
export async function ensureInstalled() {
  const digest = wanted();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return 0;
  const started = performance.now();
  process.stderr.write(`installing dependencies with ${pnpm} ...\n`);
  let result = await install();
  if (result.code !== 0 && networkFailure.test(result.output)) {
    process.stderr.write("the installation failed, it looks like the network; trying once more\n");
    result = await install();
  }
  if (result.code !== 0) {
    process.stderr.write(result.output);
    process.stderr.write(
      result.output.includes("ERR_PNPM_OUTDATED_LOCKFILE")
        ? `pnpm-lock.yaml does not match the package.json files: run npx --yes ${pnpm} install\n`
        : "the dependencies could not be installed; the output is above\n",
    );
    return result.code;
  }
  mkdirSync(join(root, "node_modules"), { recursive: true });
  writeFileSync(stamp, digest);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  process.stderr.write(`installed in ${seconds} s\n`);
  return 0;
}

function install() {
  return run("npx", ["--yes", pnpm, "install", "--frozen-lockfile"], { capture: true });
}
