import type { Message } from "@railvail/dissect";
import type { FieldSpan } from "@railvail/wire";
import type { Expression, Literal, Test } from "../src/filter/syntax.js";

type Leaf = number | bigint | string | Uint8Array;

/** The values at a path of full length, found in the field tree as a reader would find them. */
function valuesAt(spans: readonly FieldSpan[], path: readonly string[]): Leaf[] {
  const [name, ...rest] = path;
  return spans.flatMap((span) => {
    const [, beside] = /^\[\d+\](\w*)$/.exec(span.name) ?? [];
    if (beside === "") return inside(span, path);
    // What stands beside an element is named as if it were in it.
    if (beside !== undefined) return beside.toLowerCase() === name ? inside(span, rest) : [];
    return span.name === name ? inside(span, rest) : [];
  });
}

function inside(span: FieldSpan, path: readonly string[]): Leaf[] {
  const { children, value, type } = span;
  if (children === undefined) return path.length === 0 && value !== undefined ? [value] : [];
  // A list has elements, a union the fields of its arm, whose name is the type of its span.
  if (type === "list" || type === "struct") return valuesAt(children, path);
  return path[0] === type ? valuesAt(children, path.slice(1)) : [];
}

const big = (value: Leaf): bigint => BigInt(value as number);

function equal(value: Leaf, literal: Literal): boolean {
  if (literal.kind === "text") return value === literal.text;
  if (literal.kind === "bytes") return Buffer.compare(value as Uint8Array, literal.bytes) === 0;
  return literal.kind === "number" && big(value) * 1_000_000_000n === literal.nano;
}

const order = (value: Leaf, literal: Literal): number =>
  literal.kind === "number" ? Number(big(value) * 1_000_000_000n - literal.nano) : Number.NaN;

function masked(value: Leaf, mask: readonly Literal[]): Leaf {
  if (mask.length === 0) return value;
  const bits = mask.reduce((sum, one) => sum | (one.kind === "number" ? one.nano / 1_000_000_000n : 0n), 0n);
  return BigInt.asUintN(64, big(value)) & bits;
}

function passes(found: Leaf, { mask, relation }: Test): boolean {
  const value = masked(found, mask);
  if (relation === undefined) return mask.length === 0 || value !== 0n;
  switch (relation.kind) {
    case "compare": {
      const { comparison, value: literal } = relation;
      if (comparison === "==") return equal(value, literal);
      if (comparison === "!=") return !equal(value, literal);
      const difference = order(value, literal);
      return comparison.startsWith("<")
        ? difference < 0 || (comparison === "<=" && difference === 0)
        : difference > 0 || (comparison === ">=" && difference === 0);
    }
    case "in":
      return relation.members.some((member) =>
        member.kind === "one"
          ? equal(value, member.value)
          : order(value, member.from) >= 0 && order(value, member.to) <= 0,
      );
    case "contains": {
      const { value: part } = relation;
      if (part.kind === "text" && typeof value === "string") return value.includes(part.text);
      return part.kind === "bytes" && Buffer.from(value as Uint8Array).includes(Buffer.from(part.bytes));
    }
    case "matches":
      throw new Error("patterns are compared with RegExp elsewhere");
  }
}

/** Whether a message of a declaration passes a filter whose names are those of its fields, in full. */
export function naivelyPasses(message: Message, exported: string, expression: Expression): boolean {
  switch (expression.kind) {
    case "and":
      return expression.of.every((one) => naivelyPasses(message, exported, one));
    case "or":
      return expression.of.some((one) => naivelyPasses(message, exported, one));
    case "not":
      return !naivelyPasses(message, exported, expression.of);
    case "truth":
      return expression.truth;
    case "test": {
      const [first, ...path] = expression.name.text.slice(exported.length).split(".");
      if (first !== "" || !expression.name.text.startsWith(exported)) return false;
      const values = valuesAt(message.inspect()?.fields ?? [], path);
      const { relation } = expression;
      const all = relation?.kind === "compare" && relation.comparison === "!=";
      return all
        ? values.length > 0 && values.every((one) => passes(one, expression))
        : values.some((one) => passes(one, expression));
    }
  }
}
