import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readJson, root } from "../project.mjs";

/**
 * How many messages of `fixtures/by-hand/` a declaration has, by file.
 * @returns {Map<string, Map<string, number>>} the declaration is named `package export`
 */
export function byHand() {
  const counts = new Map();
  const folder = join(root, "fixtures", "by-hand");
  for (const file of readdirSync(folder).toSorted()) {
    if (!file.endsWith(".json")) continue;
    for (const message of readJson(join(folder, file)).messages) {
      const name = `${message.package} ${message.pdu}`;
      const files = counts.get(name) ?? new Map();
      counts.set(name, files.set(file, (files.get(file) ?? 0) + 1));
    }
  }
  return counts;
}
