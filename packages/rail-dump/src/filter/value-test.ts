import type { Comparison } from "./syntax.js";

/** A value as messages have it: of a time, nanoseconds as a bigint. */
export type Scalar = number | bigint | string | Uint8Array;

/** What is asked of a value; numbers are of the type that the field's values have. */
export type ValueTest =
  /** It is there. */
  | { readonly kind: "there" }
  /** One of the bits is set. */
  | { readonly kind: "bits"; readonly mask: number | bigint }
  | {
      readonly kind: "compare";
      readonly mask: number | bigint | undefined;
      readonly comparison: Comparison;
      readonly value: Scalar;
    }
  | {
      readonly kind: "in";
      readonly mask: number | bigint | undefined;
      readonly values: readonly Scalar[];
      readonly ranges: readonly (readonly [Scalar, Scalar])[];
    }
  | { readonly kind: "contains"; readonly value: string | Uint8Array }
  | { readonly kind: "matches"; readonly test: (text: string) => boolean }
  /** A number that is zero, or one that is not. */
  | { readonly kind: "truth"; readonly truth: boolean };
