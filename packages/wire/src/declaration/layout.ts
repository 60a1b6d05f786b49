import type { ByteLengthNode, Extent, ListExtent, Node, PadNode, StructNode, TextNode, UnionNode } from "./nodes.js";

const hiddenKinds: ReadonlySet<Node["kind"]> = new Set([
  "literal",
  "reserved",
  "pad",
  "carrier",
  "byteLength",
  "length",
  "count",
  "tag",
  "selector",
] as const);

/** Hidden fields stand on the wire and not in the value: they are computed when encoding. */
export function isHidden(node: Node): boolean {
  return node.kind === "when" || node.kind === "optional" ? isHidden(node.content) : hiddenKinds.has(node.kind);
}

/** Bytes the node always takes, or undefined if that depends on the message. */
export function fixedSize(node: Node): number | undefined {
  switch (node.kind) {
    case "int":
    case "literal":
    case "reserved":
    case "byteLength":
    case "length":
    case "count":
    case "tag":
    case "selector":
    case "carrier":
      return node.int.form === "fixed" ? node.int.size : node.int.form === "bits" ? 0 : undefined;
    case "pad":
      return node.to === "size" ? node.size : undefined;
    case "bytes":
    case "text":
      return node.extent.by === "fixed"
        ? node.extent.size + (node.kind === "text" && node.nul === "after" ? unit(node) : 0)
        : undefined;
    case "list": {
      const element = fixedSize(node.element);
      return node.extent.by === "fixed" && element !== undefined ? element * node.extent.size : undefined;
    }
    case "struct": {
      if (node.bounded) return undefined;
      let sum = 0;
      for (const [, field] of node.fields) {
        const size = fixedSize(field);
        if (size === undefined) return undefined;
        sum += size;
      }
      return sum;
    }
    case "within":
      return node.extent.by === "fixed" ? node.extent.size : undefined;
    default:
      return undefined;
  }
}

/** The fewest bytes the node can take. */
export function minSize(node: Node): number {
  const fixed = fixedSize(node);
  if (fixed !== undefined) return fixed;
  switch (node.kind) {
    case "int":
    case "literal":
    case "reserved":
    case "byteLength":
    case "length":
    case "count":
    case "tag":
    case "selector":
      return node.int.form === "selected" ? 1 : node.int.form === "variable" ? node.int.variable.preferred(0) : 0;
    case "bytes":
    case "text":
    case "within":
    case "union":
      return (
        extentMin(node.extent) +
        (node.kind === "text" && (node.extent.by === "nul" || node.nul === "after") ? unit(node) : 0)
      );
    case "list":
      return node.extent.by === "fixed" ? node.extent.size * minSize(node.element) : extentMin(node.extent);
    case "struct":
      return node.fields.reduce((sum, [, field]) => sum + minSize(field), 0);
    case "either":
      return Math.min(minSize(node.yes), minSize(node.no));
    default:
      return 0;
  }
}

function extentMin(extent: Extent | ListExtent | { readonly by: "inline" }): number {
  if (extent.by === "fixed") return extent.size;
  if (extent.by !== "prefix") return 0;
  const int = extent.int;
  return int.form === "fixed" ? int.size : int.form === "variable" ? int.variable.preferred(0) : 0;
}

/** Bytes of one character unit. */
export const unit = (node: TextNode): number => (node.encoding === "utf16" ? 2 : 1);

/** The bits of a carrier that fields of the structure hold. */
export function claimedBits(struct: StructNode, carrier: string): number {
  let mask = 0;
  for (const [, node] of struct.fields) {
    const inner = unwrapped(node);
    if ("int" in inner && inner.int.form === "bits" && inner.int.carrier === carrier)
      mask += (2 ** inner.int.width - 1) * 2 ** inner.int.shift;
  }
  return mask;
}

/** What elements of a list that are no structures stand in. */
export const noFields: StructNode = { kind: "struct", fields: [], bounded: false };

/** The content of conditional wrappers: `when`, `optional`; `either` gives its first arm. */
export function unwrapped(node: Node): Node {
  if (node.kind === "when" || node.kind === "optional") return unwrapped(node.content);
  return node.kind === "either" ? unwrapped(node.yes) : node;
}

/** Bytes of a pad when the structure has `before` bytes already. */
export function padSize(node: PadNode, before: number): number {
  if (node.to === "size") return node.size;
  return node.to === "total" ? Math.max(0, node.size - before) : (node.size - (before % node.size)) % node.size;
}

/** The field whose length or count the hidden field `name` states. */
export function dependentOf(struct: StructNode, name: string): readonly [string, Node] | undefined {
  return struct.fields.find(([, node]) => {
    const inner = unwrapped(node);
    return (
      "extent" in inner && (inner.extent.by === "field" || inner.extent.by === "count") && inner.extent.field === name
    );
  });
}

/** Whether a length counts its own bytes. */
export function countsItself(struct: StructNode, node: ByteLengthNode): boolean {
  const at = (test: (field: readonly [string, Node]) => boolean): number => struct.fields.findIndex(test);
  return node.from === undefined || at(([name]) => name === node.from) <= at(([, field]) => field === node);
}

/** The union that a tag field decides. */
export function unionOf(struct: StructNode, name: string): readonly [string, UnionNode] | undefined {
  for (const [field, node] of struct.fields) {
    const inner = unwrapped(node);
    if (inner.kind === "union" && inner.tag === name) return [field, inner];
  }
  return undefined;
}

/** The integer whose size a selector field decides. */
export function selectedBy(struct: StructNode, name: string): readonly [string, Node] | undefined {
  return struct.fields.find(([, node]) => {
    const inner = unwrapped(node);
    return "int" in inner && inner.int.form === "selected" && inner.int.selector === name;
  });
}

/** Bits of a flags field that are computed, never stated: those that identify the message or say which fields are there. */
export function derivedBits(struct: StructNode, name: string): number {
  const own = struct.fields.find(([field]) => field === name)?.[1];
  let bits = own?.kind === "int" ? (own.always ?? 0) : 0;
  for (const [, node] of struct.fields) bits |= presenceBit(node, name);
  return bits >>> 0;
}

/** The one bit that says whether this field is there; 0 if none does. */
export function presenceBit(node: Node, flags: string): number {
  if (node.kind !== "when" || node.condition.test !== "flag" || node.condition.field !== flags) return 0;
  const { mask } = node.condition;
  return (mask & (mask - 1)) === 0 && !isHidden(node) ? mask : 0;
}
