import type { DeclaredMessage } from "../dictionary/catalogue.js";
import type { Field } from "../dictionary/field.js";
import type { Meta } from "./meta-names.js";

/** A field of one message. */
export interface FieldOf {
  readonly message: DeclaredMessage;
  readonly field: Field;
}

/** What a name stands for. */
export type Operand =
  | { readonly kind: "meta"; readonly meta: Meta }
  | { readonly kind: "messages"; readonly of: readonly DeclaredMessage[] }
  | { readonly kind: "fields"; readonly of: readonly FieldOf[] };
