import { unit } from "./lexer.js";
import { quoteString } from "./string-literal.js";
import type { Expression, Literal, Member, Relation } from "./syntax.js";

const numberText = (nano: bigint): string => {
  const size = nano < 0n ? -nano : nano;
  const fraction = String(size % unit)
    .padStart(9, "0")
    .replace(/0+$/, "");
  return `${nano < 0n ? "-" : ""}${size / unit}${fraction === "" ? "" : `.${fraction}`}`;
};

const bytesText = (bytes: Uint8Array): string => {
  const pairs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"));
  return (pairs.length === 1 ? ":" : "") + pairs.join(":");
};

function literalText(literal: Literal): string {
  switch (literal.kind) {
    case "number":
      return numberText(literal.nano);
    case "text":
      return quoteString(literal.text);
    case "bytes":
      return bytesText(literal.bytes);
    case "word":
      return literal.word;
    case "truth":
      return String(literal.truth);
  }
}

const memberText = (member: Member): string =>
  member.kind === "one" ? literalText(member.value) : `${literalText(member.from)}..${literalText(member.to)}`;

function relationText(relation: Relation): string {
  switch (relation.kind) {
    case "compare":
      return ` ${relation.comparison} ${literalText(relation.value)}`;
    case "in":
      return ` in {${relation.members.map(memberText).join(", ")}}`;
    default:
      return ` ${relation.kind} ${literalText(relation.value)}`;
  }
}

/** A filter as text, from its tree. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case "and":
    case "or":
      return expression.of.map((one) => inner(one)).join(` ${expression.kind} `);
    case "not":
      return `not ${inner(expression.of)}`;
    case "truth":
      return String(expression.truth);
    case "test": {
      const { name, mask, relation } = expression;
      const bits = mask.length === 0 ? "" : ` & ${mask.map(literalText).join(" | ")}`;
      return name.text + bits + (relation === undefined ? "" : relationText(relation));
    }
  }
}

const inner = (expression: Expression): string =>
  expression.kind === "and" || expression.kind === "or"
    ? `(${printExpression(expression)})`
    : printExpression(expression);
