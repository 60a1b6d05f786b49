// node scripts/run.mjs <task> [arguments]: installs what is needed, then runs the task.
import { ensureInstalled } from "./install.mjs";
import { requireNode } from "./project.mjs";
import { tasks } from "./tasks.mjs";

requireNode();

const [name = "", ...args] = process.argv.slice(2);
const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
if (task === undefined) {
  if (name !== "") process.stderr.write(`there is no task ${name}\n`);
  process.stderr.write("usage: node scripts/run.mjs <task> [arguments]\n\n");
  for (const [known, { about }] of Object.entries(tasks)) {
    process.stderr.write(`  ${known.padEnd(16)}${about}\n`);
  }
  process.exitCode = 2;
} else {
  process.exitCode = (await ensureInstalled()) || (await task.run(args));
}
