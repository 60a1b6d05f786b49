// Writes docs/coverage.md and docs/deviations.md from the declarations and the recorded sessions.
// node scripts/coverage.mjs          writes them
// node scripts/coverage.mjs --check  says whether they are current
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./project.mjs";

/** Packages that declare messages, in the order of the document. */
const declaring = ["transport", "rail", "egfx", "gfxredir", "applist", "cliprdr", "audio", "display"];

/** @param {string} name */
const load = (name) => import(pathToFileURL(join(root, "packages", name, "dist", "index.js")).href);

const { deviationRules, Pdu } = await load("wire");
const { openCapture, readCapture } = await load("capture");
const { Dissector } = await load("dissect");

/**
 * The messages of each recording.
 * @returns {Promise<Map<string, Set<unknown>>>}
 */
async function seenInFixtures() {
  const seen = new Map();
  const folder = join(root, "fixtures");
  for (const name of readdirSync(folder).toSorted()) {
    const path = join(folder, name, "session.pcap.gz");
    if (!existsSync(path)) continue;
    const pdus = new Set();
    seen.set(name, pdus);
    const connections = new Map();
    const sink = (record) => {
      if (record.type === "message" && record.trouble === undefined) pdus.add(record.pdu);
    };
    for await (const batch of readCapture(openCapture(path))) {
      for (const event of batch) {
        if (event.type === "open")
          connections.set(event.connection, new Dissector({ connection: event.connection.id, sink }));
        else if (event.type === "data") connections.get(event.connection).data(event.direction, event.bytes, event);
      }
    }
  }
  return seen;
}

const senders = { client: "client to server", server: "server to client", both: "both" };

/** @param {Map<string, Set<unknown>>} seen */
async function coverage(seen) {
  const lines = [
    "# Coverage",
    "",
    "Every declared message: its section, who sends it, and the recorded sessions in `fixtures/` in",
    "which it stands by itself. A message without one is tested with hand-made bytes, with vectors, or as",
    "a part of the message that contains it. This file is generated: `node scripts/coverage.mjs`.",
  ];
  let total = 0;
  let recorded = 0;
  for (const name of declaring) {
    const exports = Object.entries(await load(name)).filter(([, value]) => value instanceof Pdu);
    lines.push(
      "",
      `## @railvail/${name}`,
      "",
      "| message | export | section | direction | recordings |",
      "|---|---|---|---|---|",
    );
    for (const [exported, pdu] of exports.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      const where = [...seen].filter(([, pdus]) => pdus.has(pdu)).map(([fixture]) => fixture.replace("wslg-", ""));
      total++;
      if (where.length > 0) recorded++;
      lines.push(
        `| ${pdu.name} | \`${exported}\` | ${pdu.spec} | ${senders[pdu.sentBy]} | ${where.join(", ") || "–"} |`,
      );
    }
  }
  lines.push("", `${total} declarations, ${recorded} of them seen by themselves in the recorded sessions.`, "");
  return lines.join("\n");
}

function deviations() {
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

const documents = { "docs/coverage.md": await coverage(await seenInFixtures()), "docs/deviations.md": deviations() };
const stale = Object.entries(documents).filter(([path, text]) => {
  const file = join(root, path);
  return !existsSync(file) || readFileSync(file, "utf8") !== text;
});
if (process.argv.includes("--check")) {
  for (const [path] of stale) console.error(`${path} is not current; run node scripts/coverage.mjs`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const [path, text] of stale) writeFileSync(join(root, path), text);
  console.log(stale.length === 0 ? "the documents are current" : `wrote ${stale.map(([path]) => path).join(", ")}`);
}
