import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { floors, hostNames, isPure } from "./floors.mjs";
import { dependenciesOf } from "./layers-of-manifests.mjs";
import { factsOf } from "./source-facts.mjs";

/** @typedef {import("./layers-of-manifests.mjs").Packages} Packages */
/** @typedef {import("./layers-of-manifests.mjs").Violation} Violation */

const scope = "@railvail/";
const evalEntry = "@railvail/wire/eval";
const skipped = new Set(["node_modules", "dist", ".cache"]);

/** @param {string} folder @returns {string[]} TypeScript files below it */
function sourcesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : sourcesIn(path);
    return /\.[cm]?tsx?$/.test(entry.name) ? [path] : [];
  });
}

/**
 * Violations in the sources and tests of a package.
 *
 * @param {string} base
 * @param {Packages[number]} one
 * @param {Packages} all
 * @returns {Violation[]}
 */
export function packageSourceViolations(base, one, all) {
  const home = join(one.path, "src");
  return sourcesIn(one.path).flatMap((path) => {
    const isTest = !path.startsWith(home + sep) || path.endsWith(".test.ts");
    const facts = factsOf(path, readFileSync(path, "utf8"));
    const strict = isPure(one.folder) && !isTest;
    const found = facts.imports.map(({ specifier, line }) => ({
      line,
      message: importViolation(path, specifier, { base, one, isTest, all }),
    }));
    if (strict) {
      for (const { name, line } of facts.references) {
        if (hostNames.has(name)) found.push({ line, message: `${name} belongs to the host` });
      }
      for (const { text, line } of facts.directives) {
        found.push({ line, message: `a reference to the types of ${text}` });
      }
    }
    return placed(base, path, found);
  });
}

/**
 * Violations in the tests and benchmarks that cross packages: they see public exports only.
 *
 * @param {string} base
 * @param {string} folder
 * @param {Packages} all
 * @returns {Violation[]}
 */
export function sharedSourceViolations(base, folder, all) {
  return sourcesIn(join(base, folder)).flatMap((path) => {
    const { imports } = factsOf(path, readFileSync(path, "utf8"));
    const found = imports.map(({ specifier, line }) => ({
      line,
      message: isRelative(specifier) ? relativeIntoPackage(base, path, specifier) : notExported(specifier, all),
    }));
    return placed(base, path, found);
  });
}

/**
 * @param {string} path
 * @param {string} specifier
 * @param {{ base: string, one: Packages[number], isTest: boolean, all: Packages }} where
 * @returns {string | undefined}
 */
function importViolation(path, specifier, { base, one, isTest, all }) {
  const { folder } = one;
  if (isRelative(specifier)) {
    const target = resolve(dirname(path), specifier);
    // Tests beside the units share what the tests of the whole repository provide.
    const homes = isTest ? [one.path, join(base, "test")] : [one.path];
    return homes.some((home) => target.startsWith(home + sep)) ? undefined : `${specifier} leaves the package`;
  }
  const name = packageName(specifier);
  if (isBuiltin(specifier)) {
    return isPure(folder) && !isTest ? `${folder} may not import ${specifier}` : undefined;
  }
  if (!name.startsWith(scope)) {
    // Tests also use what the root of the repository provides.
    return isTest || dependenciesOf(one).includes(name)
      ? undefined
      : `${name} is not a dependency of ${one.manifest.name}`;
  }
  if (specifier === evalEntry && !isTest) return `${evalEntry} is for tests only`;
  const target = name.slice(scope.length);
  if (target !== folder) {
    const [floor, below] = [floors[folder] ?? -1, floors[target] ?? Number.POSITIVE_INFINITY];
    if (below >= floor) return `${folder} (floor ${floor}) imports ${name} (floor ${below})`;
    if (!isTest && !dependenciesOf(one).includes(name)) {
      return `${name} is not a dependency of ${one.manifest.name}`;
    }
  } else if (!isTest) {
    return `${folder} imports itself by name`;
  }
  return notExported(specifier, all);
}

/**
 * @param {string} specifier
 * @param {Packages} all
 * @returns {string | undefined}
 */
function notExported(specifier, all) {
  if (!specifier.startsWith(scope)) return undefined;
  const name = packageName(specifier);
  const target = all.find(({ manifest }) => manifest.name === name);
  if (target === undefined) return `there is no package ${name}`;
  const entry = `.${specifier.slice(name.length)}`;
  const exported = Object.hasOwn(target.manifest.exports ?? {}, entry);
  return exported ? undefined : `${name} does not export ${entry}`;
}

/**
 * @param {string} base
 * @param {string} path
 * @param {string} specifier
 * @returns {string | undefined}
 */
function relativeIntoPackage(base, path, specifier) {
  const target = resolve(dirname(path), specifier);
  const [first, , third] = relative(base, target).split(sep);
  return first === "packages" && third === "src"
    ? `${specifier} reaches into a package; only its exports are public`
    : undefined;
}

/** @param {string} specifier */
function isRelative(specifier) {
  return specifier.startsWith(".") || specifier.startsWith("/");
}

/** @param {string} specifier */
function isBuiltin(specifier) {
  return specifier.startsWith("node:") || builtinModules.includes(specifier);
}

/** @param {string} specifier */
function packageName(specifier) {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

/**
 * @param {string} base
 * @param {string} path
 * @param {readonly { line: number, message: string | undefined }[]} found
 * @returns {Violation[]}
 */
function placed(base, path, found) {
  const file = relative(base, path);
  return found.flatMap(({ line, message }) => (message === undefined ? [] : [{ file, line, message }]));
}
