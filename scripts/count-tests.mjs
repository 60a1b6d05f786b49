// node scripts/count-tests.mjs <report> <exit code>: prints "<passed> <failed>" for a JSON report
// of vitest. A run that failed without a failed test (a file that cannot be loaded, an error
// outside of tests, a build that failed, no report at all) counts as one failure.
import { existsSync } from "node:fs";
import { readJson } from "./project.mjs";

const [path = "", exitCode = "0"] = process.argv.slice(2);
const report = existsSync(path) ? readJson(path) : undefined;
const passed = report?.numPassedTests ?? 0;
const failed = report?.numFailedTests ?? 0;
// Files that could not be loaded have no tests that could fail.
const broken =
  report?.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length ?? 0;
const failures = failed + broken;
const unseen = failures === 0 && (exitCode !== "0" || report === undefined) ? 1 : 0;
console.log(`${passed} ${failures + unseen}`);
