import type { Message } from "@railvail/dissect";
import type { Arguments } from "../arguments.js";
import type { MessageFilter } from "../channels.js";
import { columnLayout, LayoutError } from "./column-layout.js";
import { Columns } from "./columns.js";
import { FilterError } from "./filter-error.js";
import { parseFilter } from "./filter.js";
import { Named } from "./named.js";

/** What `-Y`, `-e` and `-E` ask for. */
export interface Prepared {
  readonly filter: MessageFilter;
  /** What `-T fields` prints. */
  readonly columns: Columns | undefined;
}

/** What is wrong with an option, in lines. */
export interface Complaint {
  readonly complaint: readonly string[];
}

/** Understands the options that name messages and fields, before anything is read. */
export function prepare({ filter: text, columns: names, layout }: Arguments): Prepared | Complaint {
  let option = "-Y";
  try {
    const filter = text === undefined ? undefined : parseFilter(text);
    option = "-e";
    const columns = names.length === 0 ? undefined : new Columns(names, columnLayout(layout));
    return { filter: filterOf(filter, columns), columns };
  } catch (error) {
    if (error instanceof LayoutError) return { complaint: [`-E: ${error.message}`] };
    if (!(error instanceof FilterError)) throw error;
    const marked = error.marked.map((line) => `  ${line}`);
    return { complaint: [`${option}: ${error.message}`, ...marked] };
  }
}

function filterOf(filter: ReturnType<typeof parseFilter> | undefined, columns: Columns | undefined): MessageFilter {
  const named = new Named();
  if (filter !== undefined) named.addFilter(filter.checked);
  for (const operand of columns?.operands ?? []) named.addOperand(operand);
  return {
    test: filter?.test ?? ((_message: Message) => true),
    names: (message) => named.has(message),
    begin(time) {
      if (filter !== undefined) filter.reading.first ??= time;
      columns?.begin(time);
    },
  };
}
