import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./project.mjs";

/** What is bundled: `program.js` becomes `cli.js`, and files beside it in the folder `cli`. */
const dist = join(root, "packages", "rail-dump", "dist");
const entry = join(dist, "program.js");

/** Loaded by the few commands that need them, and dependencies of the package. */
const external = [/^node:/, "fast-png", "re2js"];

/** It makes functions from text, so that it is kept apart from all else; see `tarball.mjs`. */
const parser = "binary-parser";

/**
 * One character beyond Latin-1 doubles the memory of a file's text while the program runs. Escaped it is the
 * same character, in strings, templates and regular expressions alike.
 *
 * @param {string} code
 */
function escaped(code) {
  return code.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * What a program is bundled with keeps its licence.
 *
 * @param {{ name: string }} chunk
 */
function licence({ name }) {
  if (name !== parser) return "";
  const text = readFileSync(new URL("../../LICENSE", import.meta.resolve(parser)), "utf8");
  return `/*!\n${parser}\n\n${text.trim()}\n*/`;
}

/**
 * Puts the modules of rail-dump and of the packages that it stands on into a few files: to find, read
 * and link some 300 modules takes longer than most captures take.
 */
export async function bundleProgram() {
  if (!existsSync(entry)) return;
  rmSync(join(dist, "cli"), { recursive: true, force: true });
  // Scripts are loaded before dependencies are installed.
  const { rolldown } = await import("rolldown");
  const bundle = await rolldown({
    input: { cli: entry },
    platform: "node",
    external,
    plugins: [{ name: "escape", renderChunk: (code) => escaped(code) }],
  });
  await bundle.write({
    dir: dist,
    format: "esm",
    chunkFileNames: "cli/[name].js",
    minify: true,
    comments: { legal: true, annotation: false, jsdoc: false },
    postBanner: licence,
    codeSplitting: { groups: [{ name: parser, test: /[\\/]binary-parser[\\/]/ }] },
  });
  await bundle.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleProgram();
