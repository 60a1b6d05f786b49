// Writes the code of every PDU into the built modules, so that what is published contains no
// eval, can be stepped through in a debugger, and is dropped by bundlers with its module.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { join } from "node:path";

const root = fileURLToPath(new URL("..", import.meta.url));
const marker = "\n//#region emitted\n";

const { Pdu } = await import(pathToFileURL(join(root, "packages/wire/dist/index.js")).href);
const { emitPdu } = await import(pathToFileURL(join(root, "packages/wire/dist/emit.js")).href);

function* modules(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) yield* modules(path);
    else if (entry.name.endsWith(".js")) yield path;
  }
}

/** A module declares a PDU if it exports it and no module it imports does: re-exports are not linked twice. */
const linked = new Set();
let count = 0;
for (const name of readdirSync(join(root, "packages"))) {
  const dist = join(root, "packages", name, "dist");
  if (name === "wire") continue;
  let files;
  try {
    files = [...modules(dist)];
  } catch {
    continue;
  }
  for (const path of files) {
    const text = readFileSync(path, "utf8");
    const own = text.split(marker)[0];
    if (!/\bpdu\(/.test(own)) continue;
    const exports = Object.entries(await import(pathToFileURL(path).href));
    const parts = [];
    for (const [exported, pdu] of exports) {
      if (!(pdu instanceof Pdu) || linked.has(pdu)) continue;
      linked.add(pdu);
      parts.push(`${exported}.use((rt) => {\n${emitPdu(pdu)}\n});`);
    }
    count += parts.length;
    const tail = parts.length === 0 ? "" : `${marker}${parts.join("\n")}\n//#endregion\n`;
    const map = /\n\/\/# sourceMappingURL=.*\n?$/.exec(own);
    const body = map === null ? own : own.slice(0, map.index);
    const linkedText = body + tail + (map?.[0] ?? "");
    if (linkedText !== text) writeFileSync(path, linkedText);
  }
}
console.log(`linked the code of ${count} PDUs`);
