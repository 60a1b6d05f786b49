import { DeclarationError } from "../errors.js";
import { dependentOf, isHidden, minSize, selectedBy, unionOf, unwrapped } from "./layout.js";
import type { Condition, Extent, ListExtent, Node, StructNode } from "./nodes.js";

/** What values, unions and views have beside the fields. */
const taken: ReadonlySet<string> = new Set(["trailing", "type", "wrap", "offsetOf", "lengthOf", "constructor"]);

/** Names that a declaration can refer to: those of the structure and of the ones around it. */
type Known = ReadonlyMap<string, Node>;

/**
 * Refuses a declaration that contradicts itself, when it is declared: what passes here cannot
 * fail for reasons of its own when bytes or values arrive.
 */
export function checkDeclaration(pdu: string, node: StructNode): void {
  checkStruct(pdu, "", node, new Map());
}

function checkStruct(pdu: string, path: string, struct: StructNode, outer: Known): void {
  const known = new Map(outer);
  let lengths = 0;
  for (const [name, node] of struct.fields) {
    const refuse = (reason: string): never => {
      throw new DeclarationError(pdu, path + name, reason);
    };
    if (!/^[a-z][A-Za-z0-9]*$/.test(name)) refuse("a field name is a camelCase identifier");
    if (taken.has(name)) refuse("this name is taken");
    if (node.kind === "optional" && isHidden(node))
      refuse("an optional field cannot be hidden: its presence would be lost");
    if (node.kind === "byteLength" && ++lengths > 1) refuse("a structure states its length once");
    if (node.kind === "byteLength" && !struct.bounded && !node.lenient) refuse("only a block can state its own length");
    if (node.kind === "byteLength" && node.from !== undefined && !struct.fields.some(([field]) => field === node.from))
      refuse(`there is no field ${node.from}`);
    if ((node.kind === "length" || node.kind === "count") && dependentOf(struct, name) === undefined)
      refuse("no field of the structure depends on it");
    if (node.kind === "tag" && unionOf(struct, name) === undefined) refuse("no union depends on it");
    if (node.kind === "selector" && selectedBy(struct, name) === undefined) refuse("no integer depends on it");
    checkNode(node, known, refuse, (inner, at) => checkStruct(pdu, `${path}${name}${at}.`, inner, known));
    known.set(name, node);
  }
}

function checkNode(
  node: Node,
  known: Known,
  refuse: (reason: string) => never,
  inside: (struct: StructNode, at: string) => void,
): void {
  const need = (name: string, kinds: readonly Node["kind"][]): void => {
    const found = known.get(name);
    if (found === undefined) refuse(`there is no field ${name} before it`);
    else if (!kinds.includes(unwrapped(found).kind)) refuse(`${name} is not a ${kinds.join(" or ")}`);
  };
  if ("int" in node) {
    if (node.int.form === "bits") {
      need(node.int.carrier, ["carrier"]);
      const { carrier, shift, width } = node.int;
      const holder = known.get(carrier);
      // Emitted code masks with 32-bit operators, so that 32 bits of one would come out negative.
      if (width < 1 || width > 31) refuse("a bit field has 1 to 31 bits");
      if (holder?.kind === "carrier" && shift + width > holder.int.size * 8) refuse(`${carrier} has no bits that high`);
    }
    if (node.int.form === "selected") need(node.int.selector, ["selector"]);
  }
  if ("extent" in node) {
    checkExtent(node.extent, need, refuse);
    if (node.kind !== "text" && (node.extent.by === "nul" || node.extent.by === "line"))
      refuse("only a text ends at a character");
  }
  switch (node.kind) {
    case "text":
      if (node.extent.by === "nul" && node.nul !== "none") refuse("a text that ends at NUL has no other terminator");
      if (node.nul === "padded" && node.extent.by !== "fixed") refuse("a padded text has a fixed size");
      return;
    case "list":
      if (minSize(node.element) < 1) refuse("an element must take at least one byte");
      return checkNode(node.element, known, refuse, (struct) => inside(struct, "[]"));
    case "struct":
      return inside(node, "");
    case "within":
      return inside(node.content, "");
    case "union":
      need(node.tag, ["tag"]);
      if (node.arms.some(({ name }) => name === "unknown")) refuse("the arm unknown is for tags without an arm");
      if (new Set(node.arms.map(({ value }) => value)).size < node.arms.length) refuse("two arms have the same tag");
      for (const arm of node.arms) inside(arm.content, `.${arm.name}`);
      return;
    case "when":
      checkCondition(node.condition, need);
      return checkNode(node.content, known, refuse, inside);
    case "either":
      checkCondition(node.condition, need);
      checkNode(node.yes, known, refuse, inside);
      return checkNode(node.no, known, refuse, inside);
    case "optional":
      return checkNode(node.content, known, refuse, inside);
    default:
  }
}

function checkExtent(
  extent: Extent | ListExtent | { readonly by: "inline" },
  need: (name: string, kinds: readonly Node["kind"][]) => void,
  refuse: (reason: string) => never,
): void {
  if (extent.by === "field") need(extent.field, ["length"]);
  if (extent.by === "count") need(extent.field, ["count"]);
  if (extent.by === "prefix" && extent.int.form !== "fixed")
    refuse("a prefix is a fixed integer; declare a length field for another one");
}

function checkCondition(condition: Condition, need: (name: string, kinds: readonly Node["kind"][]) => void): void {
  if ("field" in condition) need(condition.field, ["int", "tag", "count", "selector"]);
  else if (condition.test === "not") checkCondition(condition.of, need);
  else for (const each of condition.of) checkCondition(each, need);
}

/** Whether the node says itself where it ends. */
export function isDelimited(node: Node): boolean {
  switch (node.kind) {
    case "struct":
      return (
        node.fields.some(([, field]) => field.kind === "byteLength" && !field.lenient) ||
        node.fields.every(([, field]) => isDelimited(field))
      );
    case "bytes":
    case "text":
    case "list":
    case "within":
    case "union":
      return (
        node.extent.by !== "rest" &&
        node.extent.by !== "line" &&
        node.extent.by !== "inline" &&
        (node.kind !== "list" || isDelimited(node.element))
      );
    case "when":
      return isDelimited(node.content);
    case "either":
      return isDelimited(node.yes) && isDelimited(node.no);
    case "optional":
      return false;
    case "pad":
      return node.to === "size";
    default:
      return true;
  }
}
