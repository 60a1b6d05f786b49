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
