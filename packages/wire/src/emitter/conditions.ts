import { presenceBit } from "../declaration/layout.js";
import type { Condition, Node, StructNode } from "../declaration/nodes.js";
import type { Names } from "./code.js";

export function conditionText(condition: Condition, names: Names): string {
  switch (condition.test) {
    case "flag":
      return `(${names.get(condition.field)} & ${condition.mask}) !== 0`;
    case "masked":
      return `(${names.get(condition.field)} & ${condition.mask}) >>> 0 === ${condition.value}`;
    case "equals":
      return `(${condition.values.map((value) => `${names.get(condition.field)} === ${value}`).join(" || ")})`;
    case "atLeast":
      return `${names.get(condition.field)} >= ${condition.value}`;
    case "not":
      return `!(${conditionText(condition.of, names)})`;
    case "all":
    case "any":
      return `(${condition.of.map((each) => conditionText(each, names)).join(condition.test === "all" ? " && " : " || ")})`;
  }
}

/**
 * Whether the field is there exactly if its bit of some flags is set: no other field has the bit,
 * so the encoder can look at the value instead of the flags.
 */
export function hasBitOfItsOwn(struct: StructNode, node: Node): boolean {
  if (node.kind !== "when" || node.condition.test !== "flag" || node.content.kind === "when") return false;
  const { field } = node.condition;
  const flags = struct.fields.find(([name]) => name === field)?.[1];
  const bit = presenceBit(node, field);
  if (bit === 0 || flags?.kind !== "int" || flags.flags === undefined || ((flags.always ?? 0) & bit) !== 0)
    return false;
  return struct.fields.filter(([, of]) => presenceBit(of, field) === bit).length === 1;
}

/** Names that the conditions of a declaration look at; those of fields that `isLeftOut` do not count. */
export function conditionNames(
  node: Node,
  isLeftOut: (struct: StructNode, field: Node) => boolean = () => false,
  into = new Set<string>(),
): Set<string> {
  const add = (condition: Condition): void => {
    if ("field" in condition) into.add(condition.field);
    else if (condition.test === "not") add(condition.of);
    else condition.of.forEach(add);
  };
  const within = (inner: Node): unknown => conditionNames(inner, isLeftOut, into);
  if (node.kind === "when" || node.kind === "either") add(node.condition);
  if (node.kind === "when" || node.kind === "optional" || node.kind === "within") within(node.content);
  else if (node.kind === "either") [node.yes, node.no].forEach(within);
  else if (node.kind === "list") within(node.element);
  else if (node.kind === "union") for (const arm of node.arms) within(arm.content);
  else if (node.kind === "struct") {
    for (const [, field] of node.fields)
      within(field.kind === "when" && isLeftOut(node, field) ? field.content : field);
  }
  return into;
}
