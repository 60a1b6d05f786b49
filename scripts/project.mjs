import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The package manager, fetched by npx: nobody has to install it. */
export const pnpm = "pnpm@10.34.9";

/** The oldest Node that is supported: major and minor version. */
const oldestNode = [20, 19];

/**
 * @typedef {Record<string, unknown> & {
 *   name: string,
 *   version: string,
 *   private?: boolean,
 *   bin?: string | Record<string, string>,
 *   exports?: Record<string, unknown>,
 *   dependencies?: Record<string, string>,
 *   optionalDependencies?: Record<string, string>,
 *   peerDependencies?: Record<string, string>,
 * }} Manifest
 */

/**
 * @param {string} path
 * @returns {any}
 */
export function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

/**
 * The packages below `base`, in the order of their folders' names.
 * @returns {{ folder: string, path: string, manifest: Manifest }[]}
 */
export function packages(base = root) {
  const home = join(base, "packages");
  return readdirSync(home, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(home, entry.name, "package.json")))
    .map(({ name: folder }) => {
      const path = join(home, folder);
      return { folder, path, manifest: readJson(join(path, "package.json")) };
    })
    .toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** The file that a dependency of the root runs as `command`. */
export function program(/** @type {string} */ dependency, command = dependency) {
  const path = join(root, "node_modules", dependency);
  const { bin } = readJson(join(path, "package.json"));
  return join(path, typeof bin === "string" ? bin : bin[command]);
}

/** Ends the process with a message if Node is too old for what follows. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  console.error(`railvail needs Node ${oldestNode.join(".")} or later; this is ${process.version}`);
  process.exit(1);
}
