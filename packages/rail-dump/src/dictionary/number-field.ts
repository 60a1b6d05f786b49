import { intName, intRange } from "@railvail/wire";
import type { Field, NumberNode } from "./field.js";

/** What a declaration says of an integer: a field's members other than its place. */
export type NumberFacts = Pick<Field, "kind" | "type" | "role"> & Partial<Field>;

/** The facts of an integer field, or of one that is only on the wire. */
export function numberFacts(node: NumberNode): NumberFacts {
  const range = intRange(node.int);
  const kind = typeof range[0] === "bigint" ? "wide" : "number";
  const type = intName(node.int);
  if (node.kind !== "int") {
    const constant = node.kind === "literal" ? node.value : undefined;
    return { kind, type, role: roleOf(node), wireOnly: true, range, constant };
  }
  const { values, flags, bias, always = 0 } = node;
  const role = values !== undefined ? "enumeration" : flags !== undefined ? "flags" : "";
  return {
    kind,
    type,
    role: always === 0 ? role : `${role}, always 0x${always.toString(16)}`,
    values,
    flags,
    range: typeof range[0] === "number" ? [range[0] + bias, Number(range[1]) + bias] : range,
  };
}

function roleOf(node: Exclude<NumberNode, { readonly kind: "int" }>): string {
  if (node.kind === "literal") return `literal ${node.value}`;
  if (node.kind === "reserved") return `reserved ${node.value}`;
  return node.kind === "byteLength" ? "length" : node.kind;
}
