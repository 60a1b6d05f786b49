import type { Stretch } from "./filter-error.js";

/** What stands on the right of a comparison. */
export type Literal = Stretch &
  /** A number, in billionths. */
  (
    | { readonly kind: "number"; readonly nano: bigint }
    | { readonly kind: "text"; readonly text: string }
    | { readonly kind: "bytes"; readonly bytes: Uint8Array }
    /** The name of a value or of a bit, or text without quotation marks. */
    | { readonly kind: "word"; readonly word: string }
    | { readonly kind: "truth"; readonly truth: boolean }
  );

export const comparisons = ["==", "!=", "<", "<=", ">", ">="] as const;
export type Comparison = (typeof comparisons)[number];

/** One of the values after `in`. */
export type Member =
  | { readonly kind: "one"; readonly value: Literal }
  | { readonly kind: "range"; readonly from: Literal; readonly to: Literal };

export type Relation =
  | { readonly kind: "compare"; readonly comparison: Comparison; readonly value: Literal }
  | { readonly kind: "contains"; readonly value: Literal }
  | { readonly kind: "matches"; readonly value: Literal }
  | { readonly kind: "in"; readonly members: readonly Member[] };

/** A name, which may be tested for more than being there. */
export interface Test extends Stretch {
  readonly kind: "test";
  readonly name: Stretch & { readonly text: string };
  /** Bits that are looked at; empty: the value as it is. */
  readonly mask: readonly Literal[];
  readonly relation: Relation | undefined;
}

/** A filter as it is written. */
export type Expression =
  | Test
  | (Stretch & { readonly kind: "and" | "or"; readonly of: readonly Expression[] })
  | (Stretch & { readonly kind: "not"; readonly of: Expression })
  | (Stretch & { readonly kind: "truth"; readonly truth: boolean });
