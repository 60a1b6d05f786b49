import { escapeJson } from "@railvail/wire";
import { isSelected } from "./channels.js";
import { escapeText } from "./escape.js";
import { exitCodeOf, type ExitCode } from "./exit-code.js";
import type { Job } from "./job.js";
import { readFiles } from "./read.js";
import { addMessage, countRows, countsJson, isCounted, type Counts } from "./stats.js";

/** `rail-dump stats`: how many messages of each kind, and how many bytes. */
export async function runStats(job: Job): Promise<ExitCode> {
  const { args, open, keys, complaint, progress } = job;
  const { files, connections, selection } = args;
  const counts: Counts = new Map();
  const chosen = { ...selection, all: true };
  let messages = 0;
  const outcome = await readFiles(
    { files, open, connections, keys },
    {
      record(record) {
        if (record.type === "gap" || !isSelected(record, chosen)) return;
        if (selection.all !== true && !isCounted(record)) return;
        messages++;
        addMessage(counts, record);
      },
      complaint,
      batch: () => {
        progress.update(messages);
        return Promise.resolve(true);
      },
    },
  );
  progress.clear();
  if (args.json) job.printer.line(escapeJson(countsJson(counts)));
  else writeTable(job, counts);
  return exitCodeOf(outcome);
}

function writeTable({ printer, palette }: Job, counts: Counts): void {
  printer.line(palette.dim(row("channel", "dir", "message", "count", "bytes")));
  let messages = 0;
  let bytes = 0;
  for (const [channel, direction, name, count] of countRows(counts)) {
    messages += count.count;
    bytes += count.bytes;
    printer.line(row(escapeText(channel), direction, escapeText(name), String(count.count), String(count.bytes)));
  }
  printer.line(palette.dim(row("total", "", "", String(messages), String(bytes))));
}

const row = (channel: string, direction: string, name: string, count: string, bytes: string) =>
  `${channel.padEnd(14)} ${direction.padEnd(4)} ${name.padEnd(32)} ${count.padStart(9)} ${bytes.padStart(12)}`;
