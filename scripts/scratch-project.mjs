import { cpSync, existsSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isPure } from "./floors.mjs";

/** @typedef {import("./tarball.mjs").Unpacked} Unpacked */

/** Where the packages are in the scratch project. */
export const scratchTree = "node_modules/@railvail";

const resolutions = {
  nodenext: { module: "NodeNext", moduleResolution: "NodeNext" },
  bundler: { module: "ESNext", moduleResolution: "Bundler" },
};

/** The configurations to check: each part of the packages under each way to resolve modules. */
export const scratchConfigs = Object.keys(resolutions).flatMap((resolution) =>
  ["pure", "hosted"].map((part) => `${part}.${resolution}.json`),
);

/**
 * Makes a project that uses the packed packages as an application would: nothing in it leads back
 * to the sources. Packages from outside are those of the workspace, so that no network is needed.
 *
 * @param {string} temporary
 * @param {readonly Unpacked[]} unpacked
 * @param {readonly { folder: string }[]} chosen the packages to import
 */
export function makeScratch(temporary, unpacked, chosen) {
  const path = join(temporary, "scratch");
  mkdirSync(join(path, scratchTree), { recursive: true });
  writeFileSync(join(path, "package.json"), JSON.stringify({ private: true, type: "module" }));
  for (const one of unpacked) {
    cpSync(one.path, join(path, scratchTree, one.folder), { recursive: true });
    linkExternals(one, join(path, "node_modules"));
  }
  const used = unpacked.filter(({ folder }) => chosen.some((one) => one.folder === folder));
  const [pure, hosted] = [true, false].map((wanted) =>
    used.filter(({ folder }) => isPure(folder) === wanted).flatMap(entriesOf),
  );
  writeFileSync(join(path, "pure.ts"), importing(pure ?? []));
  writeFileSync(join(path, "hosted.ts"), importing(hosted ?? []));
  for (const [resolution, options] of Object.entries(resolutions)) {
    for (const part of ["pure", "hosted"]) {
      // No package has Node's types in its public ones, so no application needs @types/node.
      const compilerOptions = {
        ...options,
        target: "ES2023",
        lib: ["ES2023"],
        types: [],
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        noEmit: true,
      };
      const config = { compilerOptions, files: [`${part}.ts`] };
      writeFileSync(join(path, `${part}.${resolution}.json`), JSON.stringify(config));
    }
  }
  const entries = used.flatMap(entriesOf);
  return { path, entries, programs: used.flatMap(programsOf) };
}

/**
 * @param {Unpacked} one
 * @param {string} modules
 */
function linkExternals({ origin, manifest }, modules) {
  const names = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
  for (const name of names.filter((name) => !name.startsWith("@railvail/"))) {
    const from = join(origin, "node_modules", name);
    const to = join(modules, name);
    if (existsSync(to) || !existsSync(from)) continue;
    mkdirSync(dirname(to), { recursive: true });
    symlinkSync(realpathSync(from), to, "junction");
  }
}

/** What applications import: `@railvail/wire`, `@railvail/wire/eval`. @param {Unpacked} one */
function entriesOf({ manifest }) {
  return Object.keys(manifest.exports ?? {})
    .filter((entry) => entry !== "./package.json")
    .map((entry) => manifest.name + entry.slice(1));
}

/** @param {Unpacked} one */
function programsOf({ folder, manifest }) {
  const { bin = {} } = manifest;
  const programs = typeof bin === "string" ? { [folder]: bin } : bin;
  return Object.entries(programs).map(([name, file]) => ({ name, file: join(folder, file) }));
}

/** @param {readonly string[]} entries */
function importing(entries) {
  const lines = entries.map((entry, index) => `import * as entry${index} from "${entry}";`);
  const names = entries.map((_, index) => `entry${index}`).join(", ");
  return `${lines.join("\n")}\nexport const all: readonly object[] = [${names}];\n`;
}
