import type { FixedInt, Int } from "./ints.js";

/** Names of values or of bits, as the specification gives them. */
export type Names = Readonly<Record<string, number>>;

/** When a conditional field is there. Fields are named; they stand before the condition. */
export type Condition =
  | { readonly test: "flag"; readonly field: string; readonly mask: number }
  | { readonly test: "masked"; readonly field: string; readonly mask: number; readonly value: number }
  | { readonly test: "equals"; readonly field: string; readonly values: readonly number[] }
  | { readonly test: "atLeast"; readonly field: string; readonly value: number }
  | { readonly test: "not"; readonly of: Condition }
  | { readonly test: "all" | "any"; readonly of: readonly Condition[] };

/** How far a run of bytes, text or elements reaches. */
export type Extent =
  | { readonly by: "rest" }
  | { readonly by: "fixed"; readonly size: number }
  | { readonly by: "field"; readonly field: string }
  | { readonly by: "prefix"; readonly int: Int; readonly unit: number; readonly bias: number }
  | { readonly by: "nul" }
  | { readonly by: "line" };

/** How many elements a list has. */
export type ListExtent =
  | { readonly by: "rest" }
  | { readonly by: "fixed"; readonly size: number }
  | { readonly by: "count"; readonly field: string }
  | { readonly by: "field"; readonly field: string }
  | { readonly by: "prefix"; readonly int: Int };

export type Encoding = "utf16" | "latin1";

/**
 * Where the terminating NUL of a text stands: nowhere; inside the stated length, of an empty text
 * too (`always`) or not (`counted`); after the stated length; or as padding up to a fixed length.
 */
export type Nul = "none" | "counted" | "always" | "after" | "padded";

export interface IntNode {
  readonly kind: "int";
  readonly int: Int;
  readonly bias: number;
  readonly values?: Names;
  readonly flags?: Names;
  /** Bits of the flags that identify the message: they must be set, and are not in the value. */
  readonly always?: number;
}
export interface LiteralNode {
  readonly kind: "literal";
  readonly int: Int;
  readonly value: number;
}
export interface ReservedNode {
  readonly kind: "reserved";
  readonly int: Int;
  readonly value: number;
}
export interface PadNode {
  readonly kind: "pad";
  readonly size: number;
  /** Takes `size` bytes; fills the structure up to `size` bytes; or up to a multiple of them. */
  readonly to: "size" | "total" | "multiple";
}
export interface CarrierNode {
  readonly kind: "carrier";
  readonly int: FixedInt;
}
export interface ByteLengthNode {
  readonly kind: "byteLength";
  readonly int: Int;
  /** The field from which bytes are counted; the start of the structure if absent. */
  readonly from?: string;
  readonly bias: number;
  readonly lenient: boolean;
}
export interface LengthNode {
  readonly kind: "length";
  readonly int: Int;
  readonly unit: number;
  readonly bias: number;
}
export interface CountNode {
  readonly kind: "count";
  readonly int: Int;
  readonly bias: number;
}
export interface TagNode {
  readonly kind: "tag";
  readonly int: Int;
}
export interface SelectorNode {
  readonly kind: "selector";
  readonly int: Int;
}
export interface BytesNode {
  readonly kind: "bytes";
  readonly extent: Extent;
}
export interface TextNode {
  readonly kind: "text";
  readonly encoding: Encoding;
  readonly extent: Extent;
  readonly nul: Nul;
}
export interface ListNode {
  readonly kind: "list";
  readonly element: Node;
  readonly extent: ListExtent;
}
export interface StructNode {
  readonly kind: "struct";
  readonly fields: readonly (readonly [string, Node])[];
  /** Whether bytes after the last field belong to the structure (kept as `trailing`). */
  readonly bounded: boolean;
}
export interface WithinNode {
  readonly kind: "within";
  readonly extent: Extent;
  readonly content: StructNode;
}
export interface Arm {
  readonly name: string;
  readonly value: number;
  readonly content: StructNode;
}
export interface UnionNode {
  readonly kind: "union";
  readonly tag: string;
  readonly arms: readonly Arm[];
  /** `inline`: an arm takes the bytes it declares and the structure goes on after it. */
  readonly extent: Extent | { readonly by: "inline" };
}
export interface WhenNode {
  readonly kind: "when";
  readonly condition: Condition;
  readonly content: Node;
}
export interface EitherNode {
  readonly kind: "either";
  readonly condition: Condition;
  readonly yes: Node;
  readonly no: Node;
}
export interface OptionalNode {
  readonly kind: "optional";
  readonly content: Node;
}

/** A declaration as data. Everything a codec does is derived from it. */
export type Node =
  | IntNode
  | LiteralNode
  | ReservedNode
  | PadNode
  | CarrierNode
  | ByteLengthNode
  | LengthNode
  | CountNode
  | TagNode
  | SelectorNode
  | BytesNode
  | TextNode
  | ListNode
  | StructNode
  | WithinNode
  | UnionNode
  | WhenNode
  | EitherNode
  | OptionalNode;

const hiddenKinds: ReadonlySet<Node["kind"]> = new Set([
  "literal", "reserved", "pad", "carrier", "byteLength", "length", "count", "tag", "selector",
] as const);

/** Hidden fields stand on the wire and not in the value: they are computed when encoding. */
export function isHidden(node: Node): boolean {
  return node.kind === "when" || node.kind === "optional" ? isHidden(node.content) : hiddenKinds.has(node.kind);
}

/** Bytes the node always takes, or undefined if that depends on the message. */
export function fixedSize(node: Node): number | undefined {
  switch (node.kind) {
    case "int": case "literal": case "reserved": case "byteLength":
    case "length": case "count": case "tag": case "selector": case "carrier":
      return node.int.form === "fixed" ? node.int.size : node.int.form === "bits" ? 0 : undefined;
    case "pad":
      return node.to === "size" ? node.size : undefined;
    case "bytes":
    case "text":
      return node.extent.by === "fixed" ? node.extent.size + (node.kind === "text" && node.nul === "after" ? unit(node) : 0) : undefined;
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
    case "int": case "literal": case "reserved": case "byteLength":
    case "length": case "count": case "tag": case "selector":
      return node.int.form === "selected" ? 1 : node.int.form === "variable" ? node.int.variable.preferred(0) : 0;
    case "bytes": case "text": case "within": case "union":
      return extentMin(node.extent) + (node.kind === "text" && (node.extent.by === "nul" || node.nul === "after") ? unit(node) : 0);
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
    if ("int" in inner && inner.int.form === "bits" && inner.int.carrier === carrier) mask += (2 ** inner.int.width - 1) * 2 ** inner.int.shift;
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
    return "extent" in inner && (inner.extent.by === "field" || inner.extent.by === "count") && inner.extent.field === name;
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
