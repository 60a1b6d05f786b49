import { isHidden, unwrapped, type Node, type Pdu, type StructNode } from "@railvail/wire";
import { bytesOfJson, numberOfJson, textOfJson, wideOfJson } from "./json-scalars.js";
import { JsonValueError } from "./json-value-error.js";
import { listed, suggestion } from "./nearest.js";

type JsonObject = Readonly<Record<string, unknown>>;
type UnionNode = Extract<Node, { readonly kind: "union" }>;

/**
 * The value that `toJson` of this declaration writes as `json` (parsed): 64-bit numbers are
 * strings of decimal digits, bytes strings of hexadecimal ones. Whether it can be encoded, and
 * whether all that it needs is there, is for `encode` to say.
 *
 * @throws JsonValueError
 */
export function valueFromJson<T>(pdu: Pdu<T>, json: unknown): T {
  return structOf(pdu.node, json, "") as T;
}

const join = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);

function objectOf(json: unknown, path: string): JsonObject {
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return json as JsonObject;
  throw new JsonValueError(path, "an object is expected");
}

/** Reads the members of an object that a structure has; `others` are there for something else. */
function structOf(struct: StructNode, json: unknown, path: string, others: readonly string[] = []): object {
  const object = objectOf(json, path);
  const value: Record<string, unknown> = {};
  const known = new Set(others);
  const read = (name: string, of: (json: unknown, path: string) => unknown): void => {
    known.add(name);
    if (Object.hasOwn(object, name)) value[name] = of(object[name], join(path, name));
  };
  for (const [name, node] of struct.fields) {
    if (!isHidden(node)) read(name, (member, at) => valueOf(node, member, at));
    if (hasWidth(node)) read(`${name}Width`, numberOfJson);
  }
  if (struct.bounded) read("trailing", bytesOfJson);
  const extra = Object.keys(object).find((name) => !known.has(name));
  if (extra === undefined) return value;
  const names = [...known].filter((name) => !others.includes(name));
  throw new JsonValueError(join(path, extra), `there is no such field${suggestion(extra, names)}`);
}

/** Integers of variable size have a second member where their size is an unusual one. */
function hasWidth(node: Node): boolean {
  const inner = unwrapped(node);
  return "int" in inner && (inner.int.form === "variable" || inner.int.form === "selected");
}

function valueOf(node: Node, json: unknown, path: string): unknown {
  switch (node.kind) {
    case "text":
      return textOfJson(json, path);
    case "bytes":
      return bytesOfJson(json, path);
    case "struct":
      return structOf(node, json, path);
    case "within":
      return structOf(node.content, json, path);
    case "when":
    case "optional":
      return valueOf(node.content, json, path);
    case "either":
      return eitherOf(node.yes, node.no, json, path);
    case "list":
      if (!Array.isArray(json)) throw new JsonValueError(path, "an array is expected");
      return json.map((element: unknown, index) => valueOf(node.element, element, `${path}[${index}]`));
    case "union":
      return unionOf(node, json, path);
    case "int":
      return node.int.form === "fixed" && node.int.size === 8 ? wideOfJson(json, path) : numberOfJson(json, path);
    default:
      throw new JsonValueError(path, "this field is not part of the value");
  }
}

/** What is neither is complained about as the second. */
function eitherOf(yes: Node, no: Node, json: unknown, path: string): unknown {
  try {
    return valueOf(yes, json, path);
  } catch (error) {
    if (!(error instanceof JsonValueError)) throw error;
    return valueOf(no, json, path);
  }
}

function unionOf({ arms }: UnionNode, json: unknown, path: string): object {
  const { type } = objectOf(json, path);
  if (type === "unknown") {
    const { tag, data } = objectOf(json, path);
    return { type, tag: numberOfJson(tag, join(path, "tag")), data: bytesOfJson(data, join(path, "data")) };
  }
  const arm = arms.find(({ name }) => name === type);
  if (arm === undefined) {
    const names = [...arms.map(({ name }) => name), "unknown"];
    throw new JsonValueError(join(path, "type"), `one of these is expected: ${listed(names)}`);
  }
  return { type: arm.name, ...structOf(arm.content, json, path, ["type"]) };
}
