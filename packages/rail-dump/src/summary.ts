import { hex, type Names, type Node, type Pdu, type StructNode } from "@railvail/wire";
import { quoteText } from "./escape.js";

type Write = (value: unknown, room: number) => string;

/** Characters of a text, and bytes of a run, that a summary shows. */
const textLimit = 48;
const bytesLimit = 8;
const elementsLimit = 4;

/** One writer for each declaration: the fields are known beforehand. */
const writers = new WeakMap<Pdu, Write>();

/**
 * A value in one line, about `room` characters long: `windowId=5 title="xterm"`. What does not
 * fit is left out and shown as `…`.
 */
export function summaryOf(pdu: Pdu, value: unknown, room: number): string {
  let write = writers.get(pdu);
  if (write === undefined) writers.set(pdu, (write = fieldsWriter(pdu.node)));
  return write(value, room);
}

function fieldsWriter(struct: StructNode): Write {
  // Numbers and texts say most in least room; what is compound comes after them.
  const fields = struct.fields
    .toSorted(([, a], [, b]) => Number(isCompound(a)) - Number(isCompound(b)))
    .map(([name, node]) => [name, writerOf(node)] as const);
  const withTrailing: (readonly [string, Write])[] = [...fields, ["trailing", bytesText]];
  return (value, room) => {
    const object = value as Readonly<Record<string, unknown>>;
    let text = "";
    for (const [name, write] of withTrailing) {
      const of = object[name];
      if (of === undefined) continue;
      const left = room - text.length - name.length - 2;
      if (left < 4) return text === "" ? "…" : `${text} …`;
      text += `${text === "" ? "" : " "}${name}=${write(of, left)}`;
    }
    return text;
  };
}

function isCompound(node: Node): boolean {
  if (node.kind === "when" || node.kind === "optional") return isCompound(node.content);
  return ["struct", "within", "list", "union", "bytes"].includes(node.kind);
}

const bytesText: Write = (value) => {
  const bytes = value as Uint8Array;
  return bytes.length <= bytesLimit ? `<${hex(bytes)}>` : `<${bytes.length} bytes>`;
};

const numberText: Write = (value) => String(value);

function namedWriter(names: Names): Write {
  const byValue = new Map(Object.entries(names).map(([name, value]) => [value, name]));
  return (value) => byValue.get(value as number) ?? String(value);
}

function writerOf(node: Node): Write {
  switch (node.kind) {
    case "int":
      if (node.values !== undefined) return namedWriter(node.values);
      return node.flags === undefined ? numberText : (value) => `0x${(value as number).toString(16)}`;
    case "text":
      return (value, room) => quoteText(value as string, Math.min(textLimit, Math.max(room - 3, 1)));
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
      return (value, room) => {
        const { type, tag, data } = value as { type: string; tag?: number; data?: Uint8Array };
        const write = arms.get(type);
        if (write === undefined) return `unknown{tag=${tag} ${bytesText(data, room)}}`;
        return `${type}{${write(value, room - type.length - 2)}}`;
      };
    }
    default:
      return numberText;
  }
}

const braced =
  (write: Write): Write =>
  (value, room) =>
    `{${write(value, room - 2)}}`;

/** Both arms have values of their own kind; the one whose kind it is not would misread it. */
function eitherWriter(yes: Write, no: Write): Write {
  return (value, room) => {
    try {
      return yes(value, room);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return no(value, room);
    }
  };
}

function listWriter(element: Write): Write {
  return (value, room) => {
    const elements = value as readonly unknown[];
    let text = "[";
    for (const [index, of] of elements.entries()) {
      const left = room - text.length - 2;
      if (index === elementsLimit || left < 4) return `${text} …${elements.length}]`;
      text += `${index === 0 ? "" : " "}${element(of, left)}`;
    }
    return `${text}]`;
  };
}
