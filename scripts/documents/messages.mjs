import { byHand } from "./by-hand.mjs";
import { load } from "./load.mjs";
import { recorded } from "./recorded.mjs";

/** Packages that declare messages, in the order of the document. */
const declaring = ["transport", "rail", "egfx", "gfxredir", "applist", "cliprdr", "audio", "display", "rdpdr"];

const senders = { client: "client to server", server: "server to client", both: "both" };

const introduction = [
  "# Coverage",
  "",
  "Every declared message: its section, who sends it, and where it can be seen. `recordings` names the",
  "recorded sessions of [fixtures](../fixtures) in which it stands by itself (`audio` is the folder",
  "`wslg-audio`, and so on). `by hand` counts the messages of [fixtures/by-hand](../fixtures/by-hand/README.md),",
  "which were written from the specifications field by field, and leads to them. All messages are tested with",
  "random values besides.",
  "",
  "This file is generated: `node scripts/coverage.mjs`.",
];

/** @param {Map<string, number> | undefined} files */
const links = (files) =>
  [...(files ?? [])].map(([file, count]) => `[${count}](../fixtures/by-hand/${file})`).join(", ");

/**
 * The table of all messages.
 * @returns {Promise<{ text: string, unseen: string[] }>} `unseen` are the messages that stand nowhere
 */
export async function messages() {
  const { Pdu } = await load("wire");
  const [seen, hand] = [await recorded(), byHand()];
  const lines = [...introduction];
  const unseen = [];
  const count = { declared: 0, recorded: 0, byHand: 0 };
  for (const name of declaring) {
    const pdus = Object.entries(await load(name)).filter(([, value]) => value instanceof Pdu);
    lines.push("", `## @railvail/${name}`, "");
    lines.push("| message | export | section | direction | recordings | by hand |", "|---|---|---|---|---|---|");
    for (const [exported, pdu] of pdus.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      const where = [...seen].filter(([, of]) => of.has(pdu)).map(([fixture]) => fixture.replace("wslg-", ""));
      const files = hand.get(`${name} ${exported}`);
      count.declared++;
      if (where.length > 0) count.recorded++;
      if (files !== undefined) count.byHand++;
      if (where.length === 0 && files === undefined) unseen.push(`${name} ${exported}`);
      const cells = [pdu.name, `\`${exported}\``, pdu.spec, senders[pdu.sentBy]];
      lines.push(`| ${[...cells, where.join(", ") || "–", links(files) || "–"].join(" | ")} |`);
    }
  }
  lines.push(
    "",
    `${count.declared} declarations: ${count.recorded} stand in recorded sessions, ${count.byHand} have messages by ` +
      `hand, ${unseen.length} have neither.`,
    "",
  );
  return { text: lines.join("\n"), unseen };
}
