import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleProgram } from "./bundle-program.mjs";
import { runNode } from "./child.mjs";
import { packages, program, root } from "./project.mjs";

/** A file for each package: the sources that its `dist` was built from, as a digest. */
const records = join(root, ".cache", "sources");

/**
 * Removes what was built from sources that are no longer there. Within an unchanged set of
 * sources `tsc -b` knows itself what to build again.
 */
function removeStale() {
  mkdirSync(records, { recursive: true });
  for (const { folder, path } of packages()) {
    const record = join(records, folder);
    const sources = digestOfSources(join(path, "src"));
    if (existsSync(record) && readFileSync(record, "utf8") === sources) continue;
    rmSync(join(path, "dist"), { recursive: true, force: true });
    writeFileSync(record, sources);
  }
}

/** @param {string} folder */
function digestOfSources(folder) {
  if (!existsSync(folder)) return "none";
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .toSorted();
  return createHash("sha256").update(names.join("\n")).digest("hex");
}

/**
 * Builds all packages into their `dist` folders; what is up to date is left as it is.
 *
 * @returns {Promise<number>} an exit code
 */
export async function build() {
  removeStale();
  const compiled = await runNode(program("typescript", "tsc"), ["-b"]);
  if (compiled.code !== 0) return compiled.code;
  // The code of each PDU is written into the modules that declare it.
  const linker = join(root, "scripts", "link-emitted.mjs");
  if (!existsSync(linker)) return 0;
  const linked = await runNode(linker, []);
  // The linker loads what it wrote before; after a failure the next build starts from nothing.
  if (linked.code !== 0) {
    rmSync(records, { recursive: true, force: true });
    return linked.code;
  }
  await bundleProgram();
  return 0;
}
