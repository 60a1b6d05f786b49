import type { Node, Pdu, StructNode } from "@railvail/wire";

/** Numbers on which it depends how the rest is read. */
const controlKinds: ReadonlySet<Node["kind"]> = new Set<Node["kind"]>([
  "byteLength",
  "length",
  "count",
  "tag",
  "selector",
  "carrier",
  "literal",
]);

/** Numbers that applications take for sizes and places, whatever the declaration knows of them. */
const telling = /length|size|count|offset|num|stride|width|height|index|id$/i;

const known = new WeakMap<Pdu, ReadonlySet<string>>();

/** Names of the fields of a declaration that say how long, how many, where or of what kind something is. */
export function controlFields(pdu: Pdu): ReadonlySet<string> {
  const before = known.get(pdu);
  if (before !== undefined) return before;
  const names = new Set<string>();
  collect(pdu.node, names);
  known.set(pdu, names);
  return names;
}

function collect(struct: StructNode, names: Set<string>): void {
  for (const [name, node] of struct.fields) {
    const isFlags = node.kind === "int" && node.flags !== undefined;
    if (controlKinds.has(node.kind) || isFlags || (node.kind === "int" && telling.test(name))) names.add(name);
    for (const inner of structsIn(node)) collect(inner, names);
  }
}

function structsIn(node: Node): readonly StructNode[] {
  switch (node.kind) {
    case "struct":
      return [node];
    case "within":
      return [node.content];
    case "union":
      return node.arms.map(({ content }) => content);
    case "when":
    case "optional":
      return structsIn(node.content);
    case "either":
      return [...structsIn(node.yes), ...structsIn(node.no)];
    case "list":
      return structsIn(node.element);
    default:
      return [];
  }
}
