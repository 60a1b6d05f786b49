import { fixedSize, isHidden, derivedBits, unwrapped } from "../declaration/layout.js";
import type { Node, StructNode } from "../declaration/nodes.js";
import { Code, Names } from "./code.js";
import { conditionNames } from "./conditions.js";
import { ReadEmitter } from "./emit-read.js";
import type { Place } from "./read-cursor.js";

/** Whether a field can be read where it lies, without keeping more than its place. */
function viewable(node: Node): boolean {
  const inner = unwrapped(node);
  if (node.kind === "either") return false;
  if (isHidden(inner)) return "int" in inner ? inner.int.form !== "bits" || inner.kind !== "length" : true;
  switch (inner.kind) {
    case "int":
    case "bytes":
      return true;
    case "text":
      return inner.extent.by !== "line";
    case "struct":
      return fixedSize(inner) !== undefined;
    case "list":
      return fixedSize(inner.element) !== undefined && inner.extent.by !== "rest" && inner.extent.by !== "field";
    default:
      return false;
  }
}

/**
 * Emits a class that checks a message and remembers where its fields are, or nothing if a field
 * cannot be viewed. Fields at a fixed place cost nothing until they are read.
 */
export function emitView(struct: StructNode): string | undefined {
  if (!struct.fields.every(([, node]) => viewable(node))) return undefined;
  const code = new Code();
  const places = new Map<string, Place>();
  const values = new Map<string, string>();
  const emitter = new ReadEmitter(code, "return fail(s, b, z);", { places, values, looked: conditionNames(struct) });
  emitter.struct(struct, undefined, "z");
  const fields = struct.fields.filter(([, node]) => !isHidden(node));
  const keep: string[] = [];
  const getters: string[] = [];
  const offsets: string[] = [];
  const sizes: string[] = [];
  const store = (name: string): void => {
    keep.push(`this._v_${name} = ${values.get(name)};`);
    getters.push(`get ${name}() { return this._v_${name}; }`);
  };
  for (const name of values.keys()) if (!struct.fields.some(([field]) => field === name)) store(name);
  for (const [name, node] of fields) {
    const inner = unwrapped(node);
    const stored = inner.kind === "int" && inner.int.form !== "fixed" ? inner.int : undefined;
    const place = places.get(stored?.form === "bits" ? stored.carrier : name);
    if (stored !== undefined) store(name);
    if (place === undefined) continue;
    const at = place.fromStart ? `this._o + ${place.at}` : `this._a_${name}`;
    if (!place.fromStart) keep.push(`this._a_${name} = ${place.at};`);
    if (place.size !== undefined) keep.push(`this._n_${name} = ${place.size};`);
    const absent = node.kind === "when" || node.kind === "optional" ? `if (${at} === undefined) return undefined;` : "";
    if (stored === undefined) getters.push(`get ${name}() { ${absent} ${getter(struct, name, inner, at)} }`);
    offsets.push(`case ${JSON.stringify(name)}: return ${absent === "" ? at : `${at} ?? -1`};`);
    if (inner.kind === "bytes" || inner.kind === "text")
      sizes.push(
        `case ${JSON.stringify(name)}: return ${absent === "" ? `this._n_${name}` : `${at} === undefined ? -1 : this._n_${name}`};`,
      );
  }
  const slots = keep.map((line) => `${line.slice(0, line.indexOf("="))}= 0;`);
  return [
    "class View {",
    "constructor() {",
    "this._s = undefined; this._v = undefined; this._o = 0;",
    ...slots,
    "}",
    "wrap(s, o, z) {",
    "const b = o, e = z, v = s.view;",
    "this._s = s; this._v = v; this._o = o;",
    ...code.lines,
    ...keep,
    "return this;",
    "}",
    ...getters,
    "offsetOf(field) { switch (field) {",
    ...offsets,
    "default: return -1; } }",
    "lengthOf(field) { switch (field) {",
    ...sizes,
    "default: return -1; } }",
    "}",
  ].join("\n");
}

function getter(struct: StructNode, name: string, node: Node, at: string): string {
  if (node.kind === "bytes") return `return this._s.bytes.subarray(${at}, ${at} + this._n_${name});`;
  if (node.kind === "text")
    return `return readText(this._s, ${at}, this._n_${name}, "${node.encoding}", "${node.nul}");`;
  if (node.kind === "int" && node.int.form === "fixed") {
    const { accessor, size, littleEndian } = node.int;
    const read = `this._v.get${accessor}(${at}${size === 1 ? "" : `, ${littleEndian}`})${node.bias === 0 ? "" : ` + ${node.bias}`}`;
    const derived = node.flags === undefined ? 0 : derivedBits(struct, name);
    return `return ${derived === 0 ? read : `(${read} & ${~derived}) >>> 0`};`;
  }
  const code = new Code();
  const emitter = new ReadEmitter(code, undefined);
  const names = new Names(struct, undefined);
  const head = `const v = this._v, s = this._s; let o = ${at};`;
  if (node.kind !== "list") {
    const value = emitter.field(name, node, names, struct, "", []);
    return [head, ...code.lines, `return ${value};`].join("\n");
  }
  code.push(`const list = new Array(this._n_${name});`);
  code.scoped("for (let i = 0; i < list.length; i++)", () => {
    const value = emitter.field(name, node.element, names, struct, "", []);
    code.push(`list[i] = ${value};`);
    emitter.sync();
  });
  return [head, ...code.lines, "return list;"].join("\n");
}
