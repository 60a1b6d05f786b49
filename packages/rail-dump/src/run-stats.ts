import { escapeText } from "@railvail/command-line";
import { escapeJson } from "@railvail/wire";
import { isSelected } from "./channels.js";
import { exitCodeOf, type ExitCode } from "./exit-code.js";
import type { Job } from "./job.js";
import { Latencies, latencyTable } from "./latency.js";
import { readFiles } from "./read.js";
import { addMessage, countedEnvelopes, countRows, countsJson, isCounted, type Counts } from "./stats.js";

/** `rail-dump stats`: how many messages of each kind, and how many bytes. */
export async function runStats(job: Job): Promise<ExitCode> {
  const { args, open, keys, complaint, progress } = job;
  const { files, connections, selection } = args;
  const counts: Counts = new Map();
  const latencies = args.latency ? new Latencies(selection) : undefined;
  const chosen = { ...selection, all: true };
  const envelopes = selection.all === true || selection.filter !== undefined ? undefined : countedEnvelopes;
  let messages = 0;
  const outcome = await readFiles(
    { files, open, connections, keys, envelopes },
    {
      begin: (time) => selection.filter?.begin(time),
      record(record) {
        latencies?.add(record);
        if (record.type === "gap" || !isSelected(record, chosen)) return;
        if (selection.all !== true && !isCounted(record) && selection.filter?.names(record) !== true) return;
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
  const rows = latencies?.rows();
  if (args.json) {
    const latency = rows && { latency: Object.fromEntries(rows) };
    job.printer.line(escapeJson(countsJson(counts, latency)));
  } else {
    writeTable(job, counts);
    if (rows !== undefined) writeLatencies(job, rows);
  }
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

function writeLatencies({ printer, palette }: Job, rows: ReturnType<Latencies["rows"]>): void {
  printer.line();
  for (const [index, line] of latencyTable(rows).entries()) printer.line(index === 0 ? palette.dim(line) : line);
}

const row = (channel: string, direction: string, name: string, count: string, bytes: string) =>
  `${channel.padEnd(14)} ${direction.padEnd(4)} ${name.padEnd(32)} ${count.padStart(9)} ${bytes.padStart(12)}`;
