// node scripts/check-layers.mjs [--root <folder>]: finds what breaks the fences between layers.
// Prints one violation a line as file:line: message, and ends with exit code 1 if there is one.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { layerViolations } from "./layers.mjs";
import { packages, root } from "./project.mjs";

const { values } = parseArgs({ options: { root: { type: "string" } } });
const base = resolve(values.root ?? root);

const violations = layerViolations(base);
for (const { file, line, message } of violations) console.log(`${file}:${line}: ${message}`);
console.log(`${packages(base).length} packages, ${violations.length} violations of the layers`);
process.exitCode = violations.length === 0 ? 0 : 1;
