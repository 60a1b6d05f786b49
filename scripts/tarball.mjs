import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { run } from "./child.mjs";
import { readJson } from "./project.mjs";
import { factsOf } from "./source-facts.mjs";

/** @typedef {ReturnType<typeof import("./project.mjs").packages>[number]} Package */
/** @typedef {import("./project.mjs").Manifest} Manifest */

/**
 * A package as its users get it.
 *
 * @typedef {object} Unpacked
 * @property {string} folder the name without its scope
 * @property {string} origin the folder that it was packed from
 * @property {string} tarball
 * @property {string} path where the tarball was unpacked
 * @property {Manifest} manifest the packed one, without `workspace:` versions
 */

/** The modules that may make functions from text: the entry that says so in its name, and a library. */
const mayUseText = new Set(["wire/dist/eval.js", "rail-dump/dist/cli/binary-parser.js"]);

/**
 * @param {Package} one
 * @param {string} tarballs the folder with the tarballs of all packages
 * @param {string} temporary
 * @returns {Promise<Unpacked>}
 */
export async function unpack({ folder, path: origin, manifest }, tarballs, temporary) {
  const file = `${manifest.name.replace("@", "").replace("/", "-")}-${manifest.version}.tgz`;
  const tarball = join(tarballs, file);
  const path = join(temporary, "unpacked", folder);
  mkdirSync(path, { recursive: true });
  const args = ["-xzf", tarball, "-C", path, "--strip-components=1"];
  const { code, output } = await run("tar", args, { capture: true });
  if (code !== 0) throw new Error(`cannot unpack ${tarball}: ${output}`);
  return { folder, origin, tarball, path, manifest: readJson(join(path, "package.json")) };
}

/**
 * What is wrong with the files of a tarball.
 *
 * @param {Unpacked} unpacked
 * @returns {string[]}
 */
export function unpackedProblems({ folder, path, manifest }) {
  const files = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
  const problems = [];
  for (const needed of ["package.json", "LICENSE", "dist/index.js", "dist/index.d.ts"]) {
    if (!files.includes(needed)) problems.push(`${needed} is missing`);
  }
  for (const file of files) {
    if (/\.test\.|\.tsbuildinfo$/.test(file)) problems.push(`${file} is no part of it`);
    if (file.endsWith(".js") && !mayUseText.has(`${folder}/${file}`)) {
      const { codeFromText } = factsOf(file, readFileSync(join(path, file), "utf8"));
      for (const { what, line } of codeFromText) problems.push(`${file}:${line}: calls ${what}`);
    }
  }
  for (const [name, version] of Object.entries(manifest.dependencies ?? {})) {
    if (version.startsWith("workspace:")) problems.push(`${name} has the version ${version}`);
  }
  return problems;
}
