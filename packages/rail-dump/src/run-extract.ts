import { escapeText } from "@railvail/command-line";
import { escapeJson } from "@railvail/wire";
import { exitCodeOf, type ExitCode } from "./exit-code.js";
import { extractKinds } from "./extract/extract-options.js";
import { ExtractReport } from "./extract/extract-report.js";
import { Extractors } from "./extract/extractors.js";
import { OutputFolder } from "./extract/output-folder.js";
import type { Job } from "./job.js";
import { readFiles } from "./read.js";

const limitOptions = { maxFiles: "--max-files", maxBytes: "--max-bytes" } as const;

/** `rail-dump extract`: writes what the sessions carried into files. */
export async function runExtract(job: Job): Promise<ExitCode> {
  const { args, open, keys, complaint, progress } = job;
  const { files, connections, extract } = args;
  const folder = new OutputFolder(extract.folder, extract);
  const report = new ExtractReport(folder);
  const extractors = new Extractors({ folder, report }, extract);
  let messages = 0;
  const outcome = await readFiles(
    { files, open, connections, keys },
    {
      record(record) {
        messages++;
        extractors.record(record);
      },
      complaint,
      batch: () => {
        progress.update(messages);
        return Promise.resolve(true);
      },
    },
  );
  extractors.finish();
  report.finish();
  progress.clear();
  if (args.json) writeJson(job, folder, report);
  else writeSummary(job, folder, report);
  const { reached } = folder;
  if (reached !== undefined) {
    complaint(`not all was written: ${extract[reached]} is the limit; ${limitOptions[reached]} raises it`);
  }
  return exitCodeOf(outcome, report.findings || reached !== undefined);
}

function writeSummary({ printer, palette }: Job, { path }: OutputFolder, report: ExtractReport): void {
  for (const kind of extractKinds) {
    const sums = report.written.get(kind);
    if (sums === undefined) continue;
    const { files, bytes } = sums;
    printer.line(
      `${palette.name(kind.padEnd(10))} ${String(files).padStart(6)} files ${String(bytes).padStart(12)} bytes`,
    );
  }
  for (const { kind, reason, count, first, harmless } of report.reasonsLeft()) {
    const place = `${count} times, first in packet ${first.packet} of connection ${first.connection}`;
    const text = `${kind.padEnd(10)} not extracted: ${reason} (${place})`;
    printer.line(harmless ? palette.dim(text) : palette.bad(text));
  }
  printer.line(`in ${escapeText(path)}, listed in ${report.index.name}`);
}

function writeJson({ printer }: Job, { path, reached }: OutputFolder, report: ExtractReport): void {
  const left = report.reasonsLeft();
  const written = Object.fromEntries(report.written);
  printer.line(
    escapeJson(JSON.stringify({ folder: path, index: report.index.name, written, left, limit: reached }, null, 1)),
  );
}
