import type { CharacterSet } from "./character-set.js";

/** A regular expression as it is written. */
export type PatternNode =
  | { readonly kind: "set"; readonly set: CharacterSet }
  | { readonly kind: "start" | "end" | "edge" | "inside" }
  | { readonly kind: "sequence" | "choice"; readonly of: readonly PatternNode[] }
  | { readonly kind: "repeat"; readonly of: PatternNode; readonly least: number; readonly most: number };

/** A regular expression that cannot be understood; `at` counts UTF-16 units of its text. */
export class PatternError extends Error {
  override readonly name = "PatternError";
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}
