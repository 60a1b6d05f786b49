import type { Names, Node, StructNode } from "@railvail/wire";

/** A part of the way from a message to a field. */
export type Step =
  /** A field of the structure; `of` is its declaration. */
  | { readonly to: "field"; readonly name: string; readonly of: StructNode }
  /** Each element of the list; or what stands beside each on the wire, as named there. */
  | { readonly to: "each"; readonly beside: "" | "Length" | "Count" | "Terminator" }
  /** The fields of the union, if it is this arm. */
  | { readonly to: "arm"; readonly name: string };

/**
 * What values of a field are: `number` up to 32 bits, `wide` a bigint, text, bytes; a `group` has
 * fields in it and no value of its own.
 */
export type FieldKind = "number" | "wide" | "text" | "bytes" | "group";

/** A field of a message, or of what is in it. */
export interface Field {
  /** Names joined by dots, from the message on: lists have none of their own, arms of unions have. */
  readonly path: string;
  readonly steps: readonly Step[];
  readonly kind: FieldKind;
  /** How it stands on the wire: `u16`, `list of utf16`, `union`. */
  readonly type: string;
  /** What it is for, where the declaration says it: `literal 8`, `length`, `flags`. */
  readonly role: string;
  /** Names of values. */
  readonly values: Names | undefined;
  /** Names of bits. */
  readonly flags: Names | undefined;
  /** Smallest and largest value of a number. */
  readonly range: readonly [number | bigint, number | bigint] | undefined;
  /** The words that a text can be, if they are known: names of arms. */
  readonly words: readonly string[] | undefined;
  /** It is on the wire and not in the value, because it follows from what is. */
  readonly wireOnly: boolean;
  /** What it must be where the message can be read. */
  readonly constant: number | undefined;
  /** It may be absent where what is around it is there. */
  readonly optional: boolean;
}

/** The declaration of an integer field and of those that are not in the value. */
export type NumberNode = Extract<Node, { readonly int: unknown }>;
