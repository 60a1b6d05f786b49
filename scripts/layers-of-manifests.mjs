import { readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import ts from "typescript";
import { allowedExternals, floors, highestPureFloor, isPure } from "./floors.mjs";

/** @typedef {ReturnType<typeof import("./project.mjs").packages>} Packages */
/** @typedef {{ file: string, line: number, message: string }} Violation */

const scope = "@railvail/";

/** All that a package may import when it runs. @param {Packages[number]} one */
export function dependenciesOf({ manifest }) {
  const { dependencies, optionalDependencies, peerDependencies } = manifest;
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
}

/**
 * Violations in each package.json and tsconfig.json, and in the list of the root's tsconfig.json.
 *
 * @param {string} base
 * @param {Packages} all
 * @returns {Violation[]}
 */
export function manifestViolations(base, all) {
  const listed = configOf(join(base, "tsconfig.json")).references;
  return all.flatMap((one) => [
    ...dependencyViolations(base, one),
    ...configViolations(base, one),
    ...(listed.includes(one.folder)
      ? []
      : [at(base, join(base, "tsconfig.json"), "references", `${one.folder} is not listed`)]),
  ]);
}

/**
 * @param {string} base
 * @param {Packages[number]} one
 * @returns {Violation[]}
 */
function dependencyViolations(base, one) {
  const { folder, path, manifest } = one;
  const file = join(path, "package.json");
  const floor = floors[folder];
  if (floor === undefined) {
    return [at(base, file, '"name"', `${folder} has no floor in scripts/floors.mjs`)];
  }
  const found = [];
  if (manifest.name !== scope + folder) {
    found.push(at(base, file, '"name"', `the package in ${folder} is not named ${scope}${folder}`));
  }
  const externals = allowedExternals(folder);
  for (const dependency of dependenciesOf(one)) {
    const place = `"${dependency}"`;
    if (dependency.startsWith(scope)) {
      const below = floors[dependency.slice(scope.length)];
      if (below === undefined || below >= floor) {
        const where = below === undefined ? "no floor" : `floor ${below}`;
        const message = `${folder} (floor ${floor}) depends on ${dependency} (${where})`;
        found.push(at(base, file, place, message));
      }
    } else if (externals !== undefined && !externals.includes(dependency)) {
      found.push(at(base, file, place, `${folder} may not depend on ${dependency}`));
    }
  }
  return found;
}

/**
 * @param {string} base
 * @param {Packages[number]} one
 * @returns {Violation[]}
 */
function configViolations(base, one) {
  const file = join(one.path, "tsconfig.json");
  const { options, references, problem } = configOf(file);
  if (problem !== undefined) return [at(base, file, "", problem)];
  const found = [];
  const internal = dependenciesOf(one)
    .filter((name) => name.startsWith(scope))
    .map((name) => name.slice(scope.length));
  for (const name of internal.filter((name) => !references.includes(name))) {
    found.push(at(base, file, '"references"', `no reference to the dependency ${scope}${name}`));
  }
  for (const name of references.filter((name) => !internal.includes(name))) {
    found.push(at(base, file, `../${name}"`, `a reference to ${name}, which is no dependency`));
  }
  if (isPure(one.folder)) {
    const message = (/** @type {string} */ what) => `floors 0 to ${highestPureFloor} build with ${what}`;
    if (!Array.isArray(options.types) || options.types.length > 0) {
      found.push(at(base, file, '"types"', message('"types": []')));
    }
    if (options.lib?.join() !== "lib.es2023.d.ts") {
      found.push(at(base, file, '"lib"', message('"lib": ["ES2023"]')));
    }
  }
  return found;
}

/**
 * The effective options of a tsconfig.json and the folder names of its references.
 *
 * @param {string} file
 * @returns {{ options: ts.CompilerOptions, references: string[], problem?: string }}
 */
function configOf(file) {
  const { config, error } = ts.readConfigFile(file, (path) => ts.sys.readFile(path));
  if (error !== undefined) {
    const problem = ts.flattenDiagnosticMessageText(error.messageText, " ");
    return { options: {}, references: [], problem };
  }
  // Which files there are does not matter here, and looking for them takes time.
  const host = { ...ts.sys, readDirectory: () => [] };
  const parsed = ts.parseJsonConfigFileContent(config, host, join(file, ".."));
  const references = (parsed.projectReferences ?? []).map(({ path }) => basename(path));
  return { options: parsed.options, references };
}

/**
 * A violation at the first line of a file that has some text, or else at line 1.
 *
 * @param {string} base
 * @param {string} file
 * @param {string} text
 * @param {string} message
 * @returns {Violation}
 */
function at(base, file, text, message) {
  let line = 1;
  try {
    const index = readFileSync(file, "utf8")
      .split("\n")
      .findIndex((one) => text !== "" && one.includes(text));
    line = Math.max(index, 0) + 1;
  } catch {
    // A missing file has no lines; that it is missing is what the message says.
  }
  return { file: relative(base, file), line, message };
}
