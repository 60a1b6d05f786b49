import { load } from "./load.mjs";

/** The table of what `inspect` reports. */
export async function deviations() {
  const { deviationRules } = await load("wire");
  const rows = Object.entries(deviationRules).map(
    ([rule, { lossy, means }]) => `| \`${rule}\` | ${means} | ${lossy ? "no" : "yes"} |`,
  );
  return [
    "# Deviations",
    "",
    "What `inspect` reports when bytes are readable and not as the specification has them. The names are",
    "stable. The last column says whether encoding the decoded value gives the same bytes all the same.",
    "This file is generated: `node scripts/coverage.mjs`.",
    "",
    "| rule | meaning | re-encoded exactly |",
    "|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}
