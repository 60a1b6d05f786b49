// Writes the code of every PDU into the built modules, so that what is published contains no
// eval, can be stepped through in a debugger, and is dropped by bundlers with its module.
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Script } from "node:vm";
import { packages, root } from "./project.mjs";

const start = "//#region emitted\n";
const end = "//#endregion\n";
const sourceMap = "//# sourceMappingURL=";

/** @param {string} path */
const load = (path) => import(pathToFileURL(path).href);

/**
 * The modules of a built package that declare PDUs.
 * @param {string} dist
 */
function declaringModules(dist) {
  if (!existsSync(dist)) return [];
  return readdirSync(dist, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .map((name) => join(dist, name))
    .filter((path) => /\bpdu\(/.test(readFileSync(path, "utf8")));
}

/**
 * Another build or program that reads the module meanwhile has the old one or the new one.
 * @param {string} path
 * @param {string} text
 */
function replace(path, text) {
  const next = `${path}.${process.pid}`;
  writeFileSync(next, text);
  renameSync(next, path);
}

/**
 * A module as the compiler wrote it.
 * @param {string} text
 */
function withoutEmitted(text) {
  const from = text.indexOf(start);
  const to = text.lastIndexOf(end);
  return from < 0 || to < from ? text : text.slice(0, from) + text.slice(to + end.length);
}

/**
 * @param {string} text
 * @param {string} emitted
 */
function withEmitted(text, emitted) {
  const at = text.lastIndexOf(sourceMap);
  const region = `${start}${emitted}\n${end}`;
  return at < 0 ? `${text}\n${region}` : text.slice(0, at) + region + text.slice(at);
}

const { Pdu } = await load(join(root, "packages/wire/dist/index.js"));
const { emitPdu } = await load(join(root, "packages/wire/dist/emit.js"));

// Old code is taken out of all modules before any is loaded: it may not fit the runtime. Programs declare no
// PDUs, and loading one would run it.
const modules = packages()
  .filter(({ folder, manifest }) => folder !== "wire" && manifest.bin === undefined)
  .flatMap(({ path }) => declaringModules(join(path, "dist")))
  .map((path) => ({ path, before: readFileSync(path, "utf8") }));
for (const { path, before } of modules) {
  const text = withoutEmitted(before);
  if (text !== before) replace(path, text);
}

// A PDU that is exported again elsewhere is linked where it is found first.
const linked = new Set();
const compiled = [];
for (const { path } of modules) {
  const parts = [];
  for (const [exported, pdu] of Object.entries(await load(path))) {
    if (!(pdu instanceof Pdu) || linked.has(pdu)) continue;
    linked.add(pdu);
    parts.push(`${exported}.use((rt) => {\n${emitPdu(pdu)}\n});`);
  }
  const emitted = parts.join("\n");
  compiled.push(new Script(emitted, { filename: path })); // throws for what is not JavaScript
  if (parts.length > 0) replace(path, withEmitted(readFileSync(path, "utf8"), emitted));
}
// On standard error: what a program prints that is started with a build may be piped.
console.error(`linked the code of ${linked.size} PDUs in ${compiled.length} modules`);
