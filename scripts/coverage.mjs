// Writes docs/coverage.md and docs/deviations.md from the declarations, the recorded sessions and the
// messages made by hand.
// node scripts/coverage.mjs          writes them
// node scripts/coverage.mjs --check  says whether they are current, and that no message is without bytes
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deviations } from "./documents/deviations.mjs";
import { messages } from "./documents/messages.mjs";
import { root } from "./project.mjs";

const { text, unseen } = await messages();
const documents = { "docs/coverage.md": text, "docs/deviations.md": await deviations() };
const stale = Object.entries(documents).filter(([path, current]) => {
  const file = join(root, path);
  return !existsSync(file) || readFileSync(file, "utf8") !== current;
});
if (process.argv.includes("--check")) {
  for (const [path] of stale) console.error(`${path} is not current; run node scripts/coverage.mjs`);
  for (const name of unseen) console.error(`${name} is in no recording and has no message in fixtures/by-hand`);
  process.exitCode = stale.length + unseen.length === 0 ? 0 : 1;
} else {
  for (const [path, current] of stale) writeFileSync(join(root, path), current);
  console.log(stale.length === 0 ? "the documents are current" : `wrote ${stale.map(([path]) => path).join(", ")}`);
  if (unseen.length > 0) console.log(`in no recording and not made by hand: ${unseen.join(", ")}`);
}
