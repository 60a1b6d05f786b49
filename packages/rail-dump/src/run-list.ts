import type { Link, Message } from "@railvail/dissect";
import { isSelected, selectedEnvelopes } from "./channels.js";
import { exitCodeOf, type ExitCode } from "./exit-code.js";
import { writeHexDump } from "./hex-dump.js";
import type { Job } from "./job.js";
import { LineWriter } from "./list.js";
import { ListedLinks } from "./listed-links.js";
import { writeGapJson, writeMessageJson } from "./ndjson.js";
import { PacketComments } from "./packet-comments.js";
import { readFiles, type Visitor } from "./read.js";
import { TimeColumn } from "./time-format.js";
import { writeTree } from "./tree.js";

/** The default: lists messages, as text or as JSON. */
export async function runList(job: Job): Promise<ExitCode> {
  const { args, printer, palette } = job;
  const { selection, connections, files, count } = args;
  const time = new TimeColumn(args.time);
  const lines = new LineWriter({ palette, time, width: job.width });
  const links = new ListedLinks(selection);
  const comments = new PacketComments();
  const json = args.format === "ndjson";
  const { columns } = job;
  const header = columns?.header;
  let left = count;
  let messages = 0;

  const text = (message: Message, link: Link | undefined): void => {
    for (const comment of comments.take(message.packet)) printer.line(lines.comment(message.packet, comment));
    lines.write(printer.text, message, link);
    printer.line();
    if (!args.tree && !args.hex) return;
    const inspection = message.inspect();
    if (args.tree) writeTree(printer, palette, message, inspection);
    if (args.hex) writeHexDump(printer, palette, message, inspection);
    printer.line();
  };
  const visitor: Visitor = {
    begin(at) {
      time.begin(at);
      selection.filter?.begin(at);
    },
    record(record) {
      if (left <= 0) return;
      const link = links.link(record);
      if (record.type === "gap") {
        // A gap is on no channel and has no fields: it is shown where none are asked for.
        const { channels, direction, filter } = selection;
        if (channels !== undefined || filter !== undefined || (direction ?? record.direction) !== record.direction)
          return;
        if (json) writeGapJson(printer.text, record);
        else lines.writeGap(printer.text, record);
        return printer.line();
      }
      messages++;
      if (!isSelected(record, selection)) return;
      left--;
      if (columns !== undefined) printer.line(columns.line(record));
      else if (json) {
        writeMessageJson(printer.text, record, { fields: args.tree, bytes: args.hex, link });
        printer.line();
      } else text(record, link);
    },
    file: () => comments.clear(),
    comment: (comment) => comments.add(comment),
    complaint: job.complaint,
    async batch() {
      await printer.settle();
      job.progress.update(messages);
      return left > 0;
    },
  };
  if (header !== undefined) printer.line(header);
  if (left === 0) return 0;
  const envelopes = selectedEnvelopes(selection);
  return exitCodeOf(await readFiles({ files, open: job.open, connections, keys: job.keys, envelopes }, visitor));
}
