import type { Names } from "@railvail/wire";
import { catalogue } from "../dictionary/catalogue.js";
import type { Field } from "../dictionary/field.js";
import { metaNames, troubleWords, type Meta, type MetaName } from "./meta-names.js";

/** What a filter tests: what its values are, and what they can be. */
export interface Target {
  readonly kind: Field["kind"] | "time";
  /** What it is called in complaints. */
  readonly type: string;
  /** Names of values or of bits. */
  readonly names: Names | undefined;
  readonly range: Field["range"];
  /** The words that a text can be, if only these are possible. */
  readonly words: readonly string[] | undefined;
  /** Text may stand without quotation marks. */
  readonly bare: boolean;
}

/** A field as what is tested. */
export const fieldTarget = ({ kind, type, values, flags, range, words }: Field): Target => ({
  kind,
  type,
  names: values ?? flags,
  range,
  words,
  bare: words !== undefined,
});

/** Names of messages, as listed. */
let listedNames: readonly string[] | undefined;

/** A name that any message has as what is tested. */
export function metaTarget(meta: Meta): Target {
  const { kind, words }: MetaName = metaNames[meta];
  if (meta === "name") listedNames ??= [...new Set([...catalogue.map(({ pdu }) => pdu.name), ...troubleWords])];
  return {
    kind,
    type: kind,
    names: undefined,
    range: undefined,
    words: meta === "name" ? listedNames : words,
    bare: true,
  };
}
