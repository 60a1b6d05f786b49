import { derivedBits, type StructNode } from "@railvail/wire";
import type { Field, Step } from "../dictionary/field.js";
import type { LeafTest } from "./leaf-test.js";
import type { Scalar } from "./value-test.js";

type Values = Readonly<Record<string, unknown>>;
/** Whether something in a decoded value passes a test. */
type Search = (value: unknown) => boolean;

/**
 * Looks for values of a field in the decoded value of a message: true as soon as one passes. What
 * the value does not have is not looked for: {@link Field.wireOnly}.
 */
export function searchValue({ steps, kind }: Field, test: LeafTest): Search {
  const leaf: Search = kind === "group" ? () => test(0) : (value) => test(value as Scalar);
  return searching(steps, 0, leaf);
}

function searching(steps: readonly Step[], from: number, leaf: Search): Search {
  const step = steps[from];
  if (step === undefined) return leaf;
  if (step.to === "field" && from === steps.length - 1) return searchLast(step, leaf);
  const inner = searching(steps, from + 1, leaf);
  switch (step.to) {
    case "field": {
      const { name } = step;
      return (value) => {
        const found = (value as Values)[name];
        return found !== undefined && inner(found);
      };
    }
    case "each":
      return (value) => {
        for (const element of value as readonly unknown[]) if (inner(element)) return true;
        return false;
      };
    case "arm": {
      const { name } = step;
      return (value) => (value as { readonly type: string }).type === name && inner(value);
    }
  }
}

/** A field at the end of the way; bits that the value leaves out of flags are put back. */
function searchLast({ name, of }: Extract<Step, { to: "field" }>, leaf: Search): Search {
  const restore = restoring(of, name);
  if (restore === undefined) {
    return (value) => {
      const found = (value as Values)[name];
      return found !== undefined && leaf(found);
    };
  }
  return (value) => {
    const found = (value as Values)[name];
    return found !== undefined && leaf(restore(found as number, value as Values));
  };
}

/**
 * A value has no bits that say which fields are there, nor those that identify the message: they
 * follow from the rest. On the wire they are set.
 */
function restoring(of: StructNode, name: string): ((flags: number, value: Values) => number) | undefined {
  if (derivedBits(of, name) === 0) return undefined;
  const bitsOf = (fields: StructNode["fields"]): number => derivedBits({ ...of, fields }, name);
  const own = of.fields.find(([field]) => field === name);
  const always = own === undefined ? 0 : bitsOf([own]);
  const presence = of.fields
    .filter(([field]) => field !== name)
    .map((field) => [field[0], bitsOf([field])] as const)
    .filter(([, bit]) => bit !== 0);
  return (flags, value) => {
    let bits = flags | always;
    for (const [field, bit] of presence) if (value[field] !== undefined) bits |= bit;
    return bits >>> 0;
  };
}
