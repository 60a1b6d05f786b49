import { UsageError } from "@railvail/command-line";
import { fullRowsOf, plainOf, rowsOf } from "./dictionary/describe.js";
import { selectFields } from "./dictionary/select-fields.js";
import type { ExitCode } from "./exit-code.js";
import type { Job } from "./job.js";

/** Columns that names and types take at most, before what is said of them. */
const nameLimit = 60;
const typeLimit = 24;

/** `rail-dump fields`: the messages and fields that filters can name. */
export async function runFields({ args, printer, palette }: Job): Promise<ExitCode> {
  const { operands, json } = args;
  const [pattern, ...more] = operands;
  if (more.length > 0) throw new UsageError("fields takes one PATTERN");
  const { full, of } = selectFields(pattern);
  if (json) {
    for (const [index, one] of of.entries()) {
      printer.line(`${index === 0 ? "[" : ","}${JSON.stringify(plainOf(one))}`);
      await printer.settle();
    }
    printer.line("]");
    return 0;
  }
  const rows = of.flatMap((one) => [...(full ? fullRowsOf(one) : rowsOf(one))]);
  const width = (column: 0 | 1, limit: number): number =>
    rows.reduce((most, row) => (row[column].length > limit ? most : Math.max(most, row[column].length)), 0);
  const [names, types] = [width(0, nameLimit), width(1, typeLimit)];
  for (const [name, type, note] of rows) {
    const line = `${palette.name(name.padEnd(names))}  ${type.padEnd(types)}  ${palette.dim(note)}`;
    printer.line(line.trimEnd());
    await printer.settle();
  }
  return 0;
}
