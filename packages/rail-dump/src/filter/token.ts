import type { Stretch } from "./filter-error.js";

/** Signs with a meaning of their own, longest first. */
export const marks = [
  "==",
  "!=",
  "<=",
  ">=",
  "&&",
  "||",
  "..",
  "<",
  ">",
  "&",
  "|",
  "!",
  "(",
  ")",
  "{",
  "}",
  ",",
  "~",
] as const;
export type Mark = (typeof marks)[number];

/** Words with a meaning of their own; as values they are written in quotation marks. */
export const keywords = [
  "and",
  "or",
  "not",
  "in",
  "contains",
  "matches",
  "true",
  "false",
  "eq",
  "ne",
  "lt",
  "le",
  "gt",
  "ge",
] as const;
export type Keyword = (typeof keywords)[number];

/** A piece of a filter. */
export type Token = Stretch &
  (
    | { readonly kind: "mark"; readonly mark: Mark }
    | { readonly kind: "keyword"; readonly word: Keyword }
    /** A name: words joined by dots. */
    | { readonly kind: "name"; readonly name: string }
    /** A number, in billionths. */
    | { readonly kind: "number"; readonly nano: bigint }
    | { readonly kind: "text"; readonly text: string }
    | { readonly kind: "bytes"; readonly bytes: Uint8Array }
    | { readonly kind: "end" }
  );
