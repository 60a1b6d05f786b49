import { quoteText } from "@railvail/command-line";
import { asciiBytes, hex, type Names, type Node, type Pdu, type StructNode } from "@railvail/wire";
import type { ColumnsText } from "./columns-text.js";

/** Writes a value, about `room` columns of it. */
type Write = (line: ColumnsText, value: unknown, room: number) => void;

/** Characters of a text, and bytes of a run, that a summary shows. */
const textLimit = 48;
const bytesLimit = 8;
const elementsLimit = 4;

/** One writer for each declaration: the fields are known beforehand. */
const writers = new WeakMap<Pdu, Write>();

/**
 * Writes a value into a line, about `room` characters of it: `windowId=5 title="xterm"`. What does
 * not fit is left out and shown as `…`.
 */
export function writeSummary(line: ColumnsText, pdu: Pdu, value: unknown, room: number): void {
  let write = writers.get(pdu);
  if (write === undefined) writers.set(pdu, (write = fieldsWriter(pdu.node)));
  write(line, value, room);
}

function fieldsWriter(struct: StructNode): Write {
  // Numbers and texts say most in least room; what is compound comes after them.
  const ordered = struct.fields.toSorted(([, a], [, b]) => Number(isCompound(a)) - Number(isCompound(b)));
  const fields = ordered.map(([name, node]) => fieldOf(name, writerOf(node)));
  fields.push(fieldOf("trailing", bytesText));
  return (line, value, room) => {
    const object = value as Readonly<Record<string, unknown>>;
    const start = line.columns;
    for (const { name, first, next, write } of fields) {
      const of = object[name];
      if (of === undefined) continue;
      const used = line.columns - start;
      const left = room - used - name.length - 2;
      if (left < 4) return line.text(used === 0 ? "…" : " …");
      line.bytes(used === 0 ? first : next);
      write(line, of, left);
    }
  };
}

const fieldOf = (name: string, write: Write) => ({
  name,
  first: asciiBytes(`${name}=`),
  next: asciiBytes(` ${name}=`),
  write,
});

function isCompound(node: Node): boolean {
  if (node.kind === "when" || node.kind === "optional") return isCompound(node.content);
  return ["struct", "within", "list", "union", "bytes"].includes(node.kind);
}

const bytesText: Write = (line, value) => {
  const bytes = value as Uint8Array;
  line.ascii(bytes.length <= bytesLimit ? `<${hex(bytes)}>` : `<${bytes.length} bytes>`);
};

const numberText: Write = (line, value) => {
  if (typeof value === "number" || typeof value === "bigint") line.number(value);
  else line.text(String(value));
};

function namedWriter(names: Names): Write {
  const byValue = new Map(Object.entries(names).map(([name, value]) => [value, asciiBytes(name)]));
  return (line, value) => {
    const name = byValue.get(value as number);
    if (name === undefined) numberText(line, value, 0);
    else line.bytes(name);
  };
}

function writerOf(node: Node): Write {
  switch (node.kind) {
    case "int":
      if (node.values !== undefined) return namedWriter(node.values);
      return node.flags === undefined ? numberText : (line, value) => line.ascii(`0x${(value as number).toString(16)}`);
    case "text":
      return (line, value, room) => line.text(quoteText(value as string, Math.min(textLimit, Math.max(room - 3, 1))));
    case "bytes":
      return bytesText;
    case "struct":
      return braced(fieldsWriter(node));
    case "within":
      return braced(fieldsWriter(node.content));
    case "when":
    case "optional":
      return writerOf(node.content);
    case "either":
      return eitherWriter(writerOf(node.yes), writerOf(node.no));
    case "list":
      return listWriter(writerOf(node.element));
    case "union": {
      const arms = new Map(node.arms.map(({ name, content }) => [name, fieldsWriter(content)]));
      return (line, value, room) => {
        const { type, tag, data } = value as { type: string; tag?: number; data?: Uint8Array };
        const write = arms.get(type);
        line.ascii(write === undefined ? `unknown{tag=${tag} ` : `${type}{`);
        if (write === undefined) bytesText(line, data, room);
        else write(line, value, room - type.length - 2);
        line.ascii("}");
      };
    }
    default:
      return numberText;
  }
}

const braced =
  (write: Write): Write =>
  (line, value, room) => {
    line.ascii("{");
    write(line, value, room - 2);
    line.ascii("}");
  };

/** Both arms have values of their own kind; the one whose kind it is not would misread it. */
function eitherWriter(yes: Write, no: Write): Write {
  return (line, value, room) => {
    const { columns } = line;
    const { length } = line.out;
    try {
      yes(line, value, room);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      line.columns = columns;
      line.out.length = length;
      no(line, value, room);
    }
  };
}

function listWriter(element: Write): Write {
  return (line, value, room) => {
    const elements = value as readonly unknown[];
    const start = line.columns;
    line.ascii("[");
    for (let index = 0; index < elements.length; index++) {
      const left = room - (line.columns - start) - 2;
      if (index === elementsLimit || left < 4) return line.text(` …${elements.length}]`);
      if (index > 0) line.ascii(" ");
      element(line, elements[index], left);
    }
    line.ascii("]");
  };
}
