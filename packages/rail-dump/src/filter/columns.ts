import { escapeText } from "@railvail/command-line";
import type { Message } from "@railvail/dissect";
import { hex } from "@railvail/wire";
import { operandOf } from "./check.js";
import type { ColumnLayout } from "./column-layout.js";
import { FilterError } from "./filter-error.js";
import { unit } from "./lexer.js";
import type { Operand } from "./operand.js";
import { searchFields } from "./read-field.js";
import { metaReader } from "./read-meta.js";
import { Reading } from "./reading.js";
import type { Scalar } from "./value-test.js";

/** The values that a message has in a column. */
type Read = (message: Message) => readonly Scalar[];

/** The columns of `-T fields`: a line for each message, a column for each `-e`. */
export class Columns {
  readonly operands: readonly Operand[];
  private readonly names: readonly string[];
  private readonly layout: ColumnLayout;
  private readonly reading = new Reading();
  private readonly reads: readonly Read[];

  /** Throws {@link FilterError} if a name stands for nothing that has a value. */
  constructor(names: readonly string[], layout: ColumnLayout) {
    this.names = names;
    this.layout = layout;
    this.operands = names.map((name) => operandOf(name, { at: 0, end: name.length, text: name }));
    this.reads = this.operands.map((operand, index) => reader(names[index] ?? "", operand, this.reading));
  }

  /** The time of the first packet, from which `time` counts. */
  begin(time: bigint): void {
    this.reading.first ??= time;
  }

  /** The names of the columns, if they are wanted. */
  get header(): string | undefined {
    const { layout, names } = this;
    return layout.header ? names.map((name) => quoted(name, layout.quote)).join(layout.separator) : undefined;
  }

  line(message: Message): string {
    const { layout } = this;
    let line = "";
    for (const [index, read] of this.reads.entries()) {
      if (index > 0) line += layout.separator;
      const values = chosen(read(message), layout.occurrence);
      if (values.length > 0) line += quoted(values.map(valueText).join(layout.aggregator), layout.quote);
    }
    return line;
  }
}

function reader(name: string, operand: Operand, reading: Reading): Read {
  switch (operand.kind) {
    case "meta": {
      const read = metaReader(operand.meta, reading);
      const isTime = operand.meta === "time";
      return (message) => {
        const value = read(message);
        if (value === undefined) return [];
        return [isTime ? seconds(value as bigint) : value];
      };
    }
    case "messages": {
      const pdus: ReadonlySet<unknown> = new Set(operand.of.map(({ pdu }) => pdu));
      return ({ pdu }) => (pdu !== undefined && pdus.has(pdu) ? [pdu.name] : []);
    }
    case "fields": {
      const fields = operand.of.filter(({ field }) => field.kind !== "group");
      if (fields.length === 0) {
        throw new FilterError(name, { at: 0, end: name.length }, "this has fields in it: name one of them");
      }
      const values: Scalar[] = [];
      const collect = (value: Scalar): boolean => {
        values.push(value);
        return false;
      };
      const search = searchFields(
        fields.map((one) => [one, collect]),
        reading,
      );
      return (message) => {
        values.length = 0;
        search(message);
        return values;
      };
    }
  }
}

function chosen(values: readonly Scalar[], occurrence: ColumnLayout["occurrence"]): readonly Scalar[] {
  if (occurrence === "all") return values;
  return occurrence === "first" ? values.slice(0, 1) : values.slice(-1);
}

/** Seconds with all nine decimals, as tshark has them. */
function seconds(nano: bigint): string {
  const size = nano < 0n ? -nano : nano;
  return `${nano < 0n ? "-" : ""}${size / unit}.${String(size % unit).padStart(9, "0")}`;
}

const valueText = (value: Scalar): string =>
  typeof value === "string" ? escapeText(value) : value instanceof Uint8Array ? hex(value) : String(value);

const quoted = (text: string, quote: string): string =>
  quote === "" ? text : quote + text.replaceAll(quote, quote + quote) + quote;
