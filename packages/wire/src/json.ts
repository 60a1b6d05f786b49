import { isHidden, unwrapped } from "./declaration/layout.js";
import type { Node, StructNode } from "./declaration/nodes.js";
import { quoteJson } from "./json-text.js";
import { hex } from "./text.js";

type Write = (value: unknown) => string;

const quote: Write = (value) => quoteJson(value as string);
const bytes: Write = (value) => `"${hex(value as Uint8Array)}"`;

/** A writer of JSON for one declaration: the fields are known, so nothing is looked up by name twice. */
export function jsonWriter(struct: StructNode): Write {
  const fields: (readonly [name: string, key: string, write: Write])[] = [];
  const add = (name: string, write: Write): number => fields.push([name, `${JSON.stringify(name)}:`, write]);
  for (const [name, node] of struct.fields) {
    if (!isHidden(node)) add(name, valueWriter(node));
    const inner = unwrapped(node);
    if ("int" in inner && (inner.int.form === "variable" || inner.int.form === "selected")) add(`${name}Width`, String);
  }
  if (struct.bounded) add("trailing", bytes);
  return (value) => {
    const object = value as Record<string, unknown>;
    let text = "{";
    for (const [name, key, write] of fields) {
      const of = object[name];
      if (of !== undefined) text += (text === "{" ? "" : ",") + key + write(of);
    }
    return `${text}}`;
  };
}

function valueWriter(node: Node): Write {
  switch (node.kind) {
    case "text":
      return quote;
    case "bytes":
      return bytes;
    case "struct":
      return jsonWriter(node);
    case "within":
      return jsonWriter(node.content);
    case "when":
    case "optional":
      return valueWriter(node.content);
    case "either": {
      const [yes, no] = [valueWriter(node.yes), valueWriter(node.no)];
      return (value) => (matches(node.yes, value) ? yes : no)(value);
    }
    case "list": {
      const element = valueWriter(node.element);
      return (value) => `[${(value as unknown[]).map(element).join(",")}]`;
    }
    case "union": {
      const arms = new Map(node.arms.map(({ name, content }) => [name, jsonWriter(content)]));
      return (value) => {
        const of = value as { type: string; tag?: number; data?: Uint8Array };
        const write = arms.get(of.type);
        if (write === undefined) return `{"type":"unknown","tag":${of.tag},"data":${bytes(of.data)}}`;
        const inner = write(value);
        return `{"type":${quote(of.type)}${inner === "{}" ? "}" : `,${inner.slice(1)}`}`;
      };
    }
    default:
      return (value) => (typeof value === "bigint" ? `"${value}"` : String(value));
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

/** Whether a value looks like what `node` decodes to. */
function matches(node: Node, value: unknown): boolean {
  switch (node.kind) {
    case "text":
      return typeof value === "string";
    case "bytes":
      return value instanceof Uint8Array;
    case "list":
      return Array.isArray(value) && value.every((each) => matches(node.element, each));
    case "int":
      return typeof value === "number" || typeof value === "bigint";
    case "when":
    case "optional":
      return matches(node.content, value);
    case "either":
      return matches(node.yes, value) || matches(node.no, value);
    case "within":
      return matches(node.content, value);
    case "struct":
      return (
        isObject(value) &&
        Object.keys(value).every(
          (key) => key === "trailing" || node.fields.some(([name]) => key === name || key === `${name}Width`),
        )
      );
    case "union":
      return (
        isObject(value) &&
        "type" in value &&
        (value.type === "unknown" || node.arms.some(({ name }) => name === value.type))
      );
    default:
      return false;
  }
}
