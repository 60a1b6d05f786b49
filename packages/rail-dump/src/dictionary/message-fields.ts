import { intName, intRange, type Node, type Pdu, type StructNode } from "@railvail/wire";
import { eitherField } from "./either-field.js";
import type { Field, Step } from "./field.js";
import { numberFacts, type NumberFacts } from "./number-field.js";

/** Where a field stands. */
interface Place {
  readonly path: string;
  readonly steps: readonly Step[];
  readonly optional: boolean;
  /** `list of ` for elements. */
  readonly prefix: string;
}

type Fields = Generator<Field, void, undefined>;
type PlaceOf = (name: string, optional: boolean) => Place;
type Arm = Extract<Node, { readonly kind: "union" }>["arms"][number];

const known = new WeakMap<Pdu, readonly Field[]>();

/** The fields of a message in the order of the wire; those of a structure come after it. */
export function fieldsOf(pdu: Pdu): readonly Field[] {
  let fields = known.get(pdu);
  if (fields === undefined) known.set(pdu, (fields = [...structFields(pdu.node, "", [])]));
  return fields;
}

const leaf = ({ path, steps, optional, prefix }: Place, { type, ...facts }: NumberFacts): Field => ({
  path,
  steps,
  type: prefix + type,
  values: undefined,
  flags: undefined,
  range: undefined,
  words: undefined,
  wireOnly: false,
  constant: undefined,
  optional,
  ...facts,
});

const bytes = { kind: "bytes", type: "bytes", role: "" } as const;
const pad = { kind: "bytes", type: "pad", role: "", wireOnly: true } as const;
const trailing = { kind: "bytes", type: "bytes", role: "after the last field" } as const;
const struct = { kind: "group", type: "struct", role: "" } as const;

/** The places of fields in the structure at `path`. */
const placesIn =
  (of: StructNode, path: string, steps: readonly Step[]): PlaceOf =>
  (name, optional) => ({
    path: path === "" ? name : `${path}.${name}`,
    steps: [...steps, { to: "field", name, of }],
    optional,
    prefix: "",
  });

function* structFields(of: StructNode, path: string, steps: readonly Step[]): Fields {
  const at = placesIn(of, path, steps);
  for (const [name, node] of of.fields) yield* namedFields(node, name, at, false);
  if (of.bounded) yield leaf(at("trailing", true), trailing);
}

/** A field, and what stands beside it on the wire. */
function* namedFields(node: Node, name: string, at: PlaceOf, optional: boolean): Fields {
  if (node.kind === "when" || node.kind === "optional") return yield* namedFields(node.content, name, at, true);
  if (node.kind === "either") {
    const [yes, no] = [node.yes, node.no].map((one) => [...namedFields(one, name, at, optional)]);
    return yield* merged(yes ?? [], no ?? []);
  }
  const { before, after } = beside(node);
  if (before !== undefined) yield leaf(at(name + before.name, optional), before.facts);
  yield* placedFields(node, at(name, optional || (node.kind === "text" && node.extent.by === "line")));
  if (after !== undefined) yield leaf(at(name + after.name, optional), after.facts);
}

/** An element of a list; what stands beside it is named as if it were in it. */
function* elementFields(node: Node, list: Place): Fields {
  const at = (name: "" | Beside["name"]): Place => ({
    ...list,
    path: name === "" ? list.path : `${list.path}.${name.toLowerCase()}`,
    steps: [...list.steps, { to: "each", beside: name }],
    prefix: `${list.prefix}list of `,
  });
  const { before, after } = beside(node);
  if (before !== undefined) yield leaf(at(before.name), before.facts);
  yield* placedFields(node, at(""));
  if (after !== undefined) yield leaf(at(after.name), after.facts);
}

/** Something that stands beside a field on the wire, in a field tree under the field's name and this one. */
interface Beside {
  readonly name: "Length" | "Count" | "Terminator";
  readonly facts: NumberFacts;
}

/** What stands before a field, and after it, without being declared. */
function beside(node: Node): { readonly before: Beside | undefined; readonly after: Beside | undefined } {
  const int = "extent" in node && node.extent.by === "prefix" ? node.extent.int : undefined;
  const name = node.kind === "list" ? "Count" : "Length";
  const facts = int && { type: intName(int), role: name.toLowerCase(), wireOnly: true, range: intRange(int) };
  return {
    before: facts && { name, facts: { kind: "number", ...facts } },
    after:
      node.kind === "text" && node.nul === "after"
        ? { name: "Terminator", facts: { ...pad, role: "terminator" } }
        : undefined,
  };
}

/** The fields of two alternatives; one that both have is there once. */
function* merged(first: readonly Field[], second: readonly Field[]): Fields {
  const others = new Map(second.map((field) => [field.path, field]));
  for (const field of first) {
    const other = others.get(field.path);
    others.delete(field.path);
    yield other === undefined ? field : eitherField(field, other);
  }
  yield* others.values();
}

/** A field by itself, or an element of a list, and what is in it. */
function* placedFields(node: Node, place: Place): Fields {
  const { path, steps } = place;
  switch (node.kind) {
    case "text":
      return yield leaf(place, { kind: "text", type: node.encoding, role: "" });
    case "bytes":
      return yield leaf(place, bytes);
    case "pad":
      return yield leaf(place, pad);
    case "struct":
      yield leaf(place, struct);
      return yield* structFields(node, path, steps);
    case "within":
      yield leaf(place, struct);
      return yield* structFields(node.content, path, steps);
    case "list":
      return yield* elementFields(node.element, place);
    case "union": {
      const at = placesIn({ kind: "struct", fields: [], bounded: false }, path, steps);
      const words = [...node.arms.map(({ name }) => name), "unknown"];
      yield leaf(place, { kind: "group", type: "union", role: `by ${node.tag}` });
      yield leaf(at("type", false), { kind: "text", type: "text", role: "which arm", words });
      for (const arm of node.arms) yield* armFields(node.tag, arm, place);
      return yield* unknownFields(place);
    }
    case "when":
    case "optional":
      return yield* placedFields(node.content, place);
    case "either":
      yield* placedFields(node.yes, place);
      return yield* placedFields(node.no, place);
    default:
      return yield leaf(place, numberFacts(node));
  }
}

const armPlace = ({ path, steps }: Place, name: string): Place => ({
  path: `${path}.${name}`,
  steps: [...steps, { to: "arm", name }],
  optional: true,
  prefix: "",
});

function* armFields(tag: string, { name, value, content }: Arm, union: Place): Fields {
  const place = armPlace(union, name);
  yield leaf(place, { kind: "group", type: "arm", role: `if ${tag} is ${value}` });
  yield* structFields(content, place.path, place.steps);
}

/** What there is of a union whose tag is none of those that are declared. */
function* unknownFields(union: Place): Fields {
  const place = armPlace(union, "unknown");
  const at = placesIn({ kind: "struct", fields: [], bounded: false }, place.path, place.steps);
  yield leaf(place, { kind: "group", type: "arm", role: "any other tag" });
  yield leaf(at("tag", false), { kind: "number", type: "number", role: "tag", range: [0, 0xffff_ffff] });
  yield leaf(at("data", false), bytes);
}
