import type { Int } from "../declaration/ints.js";
import { dependentOf, derivedBits, presenceBit, selectedBy, unionOf, unwrapped } from "../declaration/layout.js";
import type { LengthNode, Node, UnionNode } from "../declaration/nodes.js";
import { outOfRange, textSizeText, valueOf, WriteCursor, type Frame } from "./write-cursor.js";

/** Emits the numbers that go on the wire: those of the value, and those that follow from it. */
export abstract class RawValues extends WriteCursor {
  /** A variable with the bytes that the content of a field takes; see `WriteEmitter`. */
  protected abstract contentSize(name: string, node: Node, frame: Frame): string;

  /** The value of an integer-like field as it goes on the wire, checked. */
  protected raw(name: string, node: Extract<Node, { int: Int }>, frame: Frame): string {
    const known = frame.raws.get(name);
    if (known !== undefined) return known;
    const raw = this.rawText(name, node, frame);
    frame.raws.set(name, raw);
    return raw;
  }

  private rawText(name: string, node: Extract<Node, { int: Int }>, frame: Frame): string {
    const { object, struct, names } = frame;
    switch (node.kind) {
      case "literal":
      case "reserved":
        return String(node.value);
      case "int": {
        const value = this.value(name, frame);
        const raw = node.bias === 0 ? value : this.code.define(name, `${value} - ${node.bias}`);
        this.refuseIf(outOfRange(node.int, raw));
        const derived = node.flags === undefined ? 0 : derivedBits(struct, name);
        if (derived === 0) {
          names.set(name, value);
          return raw;
        }
        this.refuseIf(`(${raw} & ${derived}) !== 0`);
        const present = struct.fields
          .map(([field, of]) => [field, presenceBit(of, name)] as const)
          .filter(([, bit]) => bit !== 0);
        if (
          node.int.form === "fixed" &&
          !this.referenced.has(name) &&
          present.every(([field]) => frame.given.has(field))
        ) {
          const gathered = this.code.variable(name, `${raw} | ${node.always ?? 0}`);
          frame.gathered.set(name, gathered);
          return gathered;
        }
        const bits = present.map(([field, bit]) => `(${valueOf(field, frame)} === undefined ? 0 : ${bit})`);
        const all = this.code.define(name, `(${[raw, node.always ?? 0, ...bits].join(" | ")}) >>> 0`);
        names.set(name, all);
        return all;
      }
      case "count": {
        const list = `${object}.${dependentOf(struct, name)?.[0]}`;
        const total = this.code.define(name, `${list} === undefined ? 0 : ${list}.length`);
        names.set(name, total);
        const raw = node.bias === 0 ? total : this.code.define(name, `${total} + ${node.bias}`);
        this.refuseIf(outOfRange(node.int, raw));
        return raw;
      }
      case "tag": {
        const [field, union] = unionOf(struct, name) as readonly [string, UnionNode];
        const value = this.code.define(field, `${object}.${field}`);
        const cases = union.arms
          .map((arm) => `${value}.type === ${JSON.stringify(arm.name)} ? ${arm.value} : `)
          .join("");
        const raw = this.code.define(name, `${value} === undefined ? 0 : ${cases}${value}.tag`);
        this.refuseIf(
          `${value} !== undefined && (${outOfRange(node.int, raw)} || ${value}.type === "unknown" && (${union.arms.map((arm) => `${raw} === ${arm.value}`).join(" || ")}))`,
        );
        names.set(name, raw);
        return raw;
      }
      case "selector": {
        const of = `${object}.${selectedBy(struct, name)?.[0]}`;
        const raw = this.code.define(
          name,
          `${of}Width === undefined ? preferredSelector(${of} ?? 0) : selectedSizes.indexOf(${of}Width)`,
        );
        this.refuseIf(`${raw} < 0`);
        names.set(name, raw);
        return raw;
      }
      case "length":
        return this.lengthText(name, node, frame);
      case "carrier":
        return this.carrierText(name, frame);
      case "byteLength":
        return "0";
    }
  }

  private carrierText(name: string, frame: Frame): string {
    const parts: string[] = [];
    for (const [field, of] of frame.struct.fields) {
      const inner = unwrapped(of);
      if (!("int" in inner) || inner.int.form !== "bits" || inner.int.carrier !== name) continue;
      parts.push(`${this.raw(field, inner, frame)} << ${inner.int.shift}`);
    }
    return this.code.define(name, `(${parts.join(" | ") || "0"}) >>> 0`);
  }

  /** What a length field states, when that is known before what it counts is written. */
  private lengthText(name: string, node: LengthNode, frame: Frame): string {
    const [field, of] = dependentOf(frame.struct, name) as readonly [string, Node];
    const value = `${frame.object}.${field}`;
    let bytes: string;
    if (of.kind === "bytes") bytes = `${value}.length`;
    else if (of.kind === "text") bytes = textSizeText(of, value);
    else if (node.int.form === "fixed" && node.unit === 1) return ""; // filled in afterwards
    else bytes = this.contentSize(field, of, frame);
    if (node.unit !== 1) bytes = this.code.define("bytes", bytes);
    if (node.unit !== 1) this.refuseIf(`${bytes} % ${node.unit} !== 0`);
    const raw = this.code.define(
      name,
      `${bytes}${node.unit === 1 ? "" : ` / ${node.unit}`}${node.bias === 0 ? "" : ` + ${node.bias}`}`,
    );
    this.refuseIf(outOfRange(node.int, raw));
    return raw;
  }
}
