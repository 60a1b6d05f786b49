import { ownExtent, preferredSelector, selectedSizes } from "../declaration/ints.js";
import {
  dependentOf,
  derivedBits,
  isHidden,
  noFields,
  padSize,
  presenceBit,
  selectedBy,
  unionOf,
  unwrapped,
} from "../declaration/layout.js";
import type { ByteLengthNode, ListNode, Node, StructNode, UnionNode } from "../declaration/nodes.js";
import { textSize } from "../text.js";
import { holds, innerScope, type Scope } from "./scope.js";
import { concat, nothing, ValueWriter, type Values } from "./value-writer.js";

/**
 * Writes one message by walking its declaration: the slow, exact implementation, which finds
 * what is wrong with a value that an emitted encoder refused.
 */
export class InterpretedWriter extends ValueWriter {
  message(value: unknown): Uint8Array {
    return this.struct(this.pdu.node, this.object(value), undefined);
  }

  private struct(struct: StructNode, value: Values, outer: Scope | undefined): Uint8Array {
    const scope = innerScope(struct, outer);
    const parts: Uint8Array[] = [];
    const starts = new Map<string, number>();
    const lengths: { readonly index: number; readonly name: string; readonly node: ByteLengthNode }[] = [];
    let absent: string | undefined;
    for (const [index, [name, node]] of struct.fields.entries()) {
      this.path.push(name);
      starts.set(name, index);
      if (node.kind === "byteLength") {
        lengths.push({ index, name, node });
        // The place is kept, so that padding to a fixed size counts it.
        parts.push(node.int.form === "fixed" ? new Uint8Array(node.int.size) : nothing);
      } else if (node.kind === "optional") {
        if (value[name] === undefined) absent ??= name;
        else if (absent !== undefined)
          this.fail({ code: "conflict", reason: `given although ${absent} before it is not` });
        parts.push(value[name] === undefined ? nothing : this.field(name, node.content, struct, value, scope, parts));
      } else parts.push(this.field(name, node, struct, value, scope, parts));
      this.path.pop();
    }
    if (struct.bounded && value["trailing"] !== undefined) parts.push(this.data(value["trailing"]));
    this.carriers(struct, scope, parts);
    // The innermost length first: an outer one counts its bytes.
    for (const { index, name, node } of lengths.toReversed()) {
      this.path.push(name);
      const from = node.from === undefined ? 0 : (starts.get(node.from) ?? 0);
      const others = parts.reduce((sum, part, at) => sum + (at >= from && at !== index ? part.length : 0), node.bias);
      parts[index] = this.ownLength(node, others, from <= index, value[`${name}Width`], scope);
      this.path.pop();
    }
    return concat(parts);
  }

  /** A length that counts itself may get longer by being written. */
  private ownLength(
    node: ByteLengthNode,
    others: number,
    countsItself: boolean,
    width: unknown,
    scope: Scope,
  ): Uint8Array {
    const { int } = node;
    if (!countsItself) return this.integer(int, others, width, scope);
    const size =
      int.form === "fixed"
        ? int.size
        : int.form === "variable"
          ? ownExtent(int.variable, Math.max(0, others), true, width as number | undefined)
          : 0;
    return this.integer(int, others + Math.max(0, size), width, scope);
  }

  private carriers(struct: StructNode, scope: Scope, parts: Uint8Array[]): void {
    for (const [index, [name, node]] of struct.fields.entries()) {
      if (node.kind !== "carrier") continue;
      let sum = 0;
      for (const [part, inner] of struct.fields) {
        const bits = unwrapped(inner);
        if (!("int" in bits) || bits.int.form !== "bits" || bits.int.carrier !== name) continue;
        const raw = bits.kind === "literal" || bits.kind === "reserved" ? bits.value : scope.number(part);
        sum += raw * 2 ** bits.int.shift;
      }
      parts[index] = this.integer(node.int, sum, undefined, scope);
    }
  }

  private field(
    name: string,
    node: Node,
    struct: StructNode,
    values: Values,
    scope: Scope,
    parts: readonly Uint8Array[],
  ): Uint8Array {
    const value = values[name];
    const width = values[`${name}Width`];
    switch (node.kind) {
      case "int": {
        let raw = this.checked(node.int, typeof value === "number" ? value - node.bias : value);
        if (typeof raw === "number") {
          if (node.flags !== undefined) raw = this.presence(name, struct, values, raw);
          scope.set(name, raw + node.bias);
        }
        return this.integer(node.int, raw, width, scope);
      }
      case "literal":
      case "reserved":
        return this.integer(node.int, node.value, width, scope);
      case "pad": {
        const before = parts.reduce((sum, part) => sum + part.length, 0);
        return new Uint8Array(padSize(node, before));
      }
      case "carrier":
      case "byteLength":
        return nothing;
      case "length": {
        const size = this.dependentSize(name, struct, values, scope);
        scope.set(name, size);
        if (size % node.unit !== 0)
          this.fail({ code: "conflict", reason: `${size} bytes are not a multiple of ${node.unit}` });
        return this.integer(node.int, size / node.unit + node.bias, width, scope);
      }
      case "count": {
        const elements = values[dependentOf(struct, name)?.[0] ?? ""];
        const total = Array.isArray(elements) ? elements.length : 0;
        scope.set(name, total);
        return this.integer(node.int, total + node.bias, width, scope);
      }
      case "tag": {
        const raw = this.tagOf(name, struct, values);
        scope.set(name, raw);
        return this.integer(node.int, raw, width, scope);
      }
      case "selector": {
        const of = selectedBy(struct, name);
        const selected =
          of === undefined ? 0 : Number(this.checked({ form: "selected", selector: name }, values[of[0]] ?? 0));
        const size = of === undefined ? undefined : values[`${of[0]}Width`];
        const raw = size === undefined ? preferredSelector(selected) : selectedSizes.indexOf(size as 1);
        if (raw < 0) this.fail({ code: "conflict", reason: `an integer of ${String(size)} bytes cannot be selected` });
        scope.set(name, raw);
        return this.integer(node.int, raw, width, scope);
      }
      case "bytes": {
        const data = this.data(value);
        return this.extended(node, data, data.length, scope);
      }
      case "text":
        return this.text(node, value, scope);
      case "list":
        return this.list(node, value, scope);
      case "struct":
        return this.struct(node, this.object(value), scope);
      case "within": {
        const content = this.struct(node.content, this.object(value), scope);
        return this.extended(node, content, content.length, scope);
      }
      case "union":
        return this.union(node, value, scope);
      case "when": {
        const there = holds(node.condition, scope);
        if (isHidden(node)) return there ? this.field(name, node.content, struct, values, scope, parts) : nothing;
        if (!there && value !== undefined)
          this.fail({ code: "conflict", reason: "given although its condition does not hold" });
        return there ? this.field(name, node.content, struct, values, scope, parts) : nothing;
      }
      case "either":
        return this.field(name, holds(node.condition, scope) ? node.yes : node.no, struct, values, scope, parts);
      case "optional":
        return value === undefined ? nothing : this.field(name, node.content, struct, values, scope, parts);
    }
  }

  /** Flags as they go on the wire: those the caller gives and those that follow from the fields. */
  private presence(name: string, struct: StructNode, values: Values, given: number): number {
    const derived = derivedBits(struct, name);
    if ((given & derived) !== 0)
      this.fail({
        code: "conflict",
        reason: `bits 0x${derived.toString(16)} follow from the fields and cannot be given`,
      });
    const own = struct.fields.find(([field]) => field === name)?.[1];
    let raw = given | (own?.kind === "int" ? (own.always ?? 0) : 0);
    for (const [field, node] of struct.fields) if (values[field] !== undefined) raw |= presenceBit(node, name);
    return raw >>> 0;
  }

  /** Bytes that a `length` field states: without a prefix and without a NUL that is not counted. */
  private dependentSize(name: string, struct: StructNode, values: Values, scope: Scope): number {
    const [field, node] = dependentOf(struct, name) ?? ["", undefined];
    if (node === undefined || values[field] === undefined) return 0;
    let inner = node;
    while (inner.kind === "when" || inner.kind === "optional" || inner.kind === "either") {
      if (inner.kind === "when" && !holds(inner.condition, scope)) return 0;
      inner = inner.kind === "either" ? (holds(inner.condition, scope) ? inner.yes : inner.no) : inner.content;
    }
    return this.instead(field, () => {
      const value = values[field];
      return inner.kind === "text" && typeof value === "string"
        ? textSize(value, inner.encoding, inner.nul)
        : this.field(field, inner, struct, values, scope, []).length;
    });
  }

  /** What `work` refuses is said of `field`: the caller never stated the hidden field being written. */
  private instead<T>(field: string, work: () => T): T {
    const hidden = this.path.pop() ?? "";
    this.path.push(field);
    const result = work();
    this.path[this.path.length - 1] = hidden;
    return result;
  }

  private tagOf(name: string, struct: StructNode, values: Values): number {
    const [field, node] = unionOf(struct, name) ?? ["", undefined];
    if (node === undefined || values[field] === undefined) return 0;
    return this.instead(field, () => {
      const { type, tag } = this.object(values[field]);
      const arm = node.arms.find(({ name: known }) => known === type);
      if (arm !== undefined) return arm.value;
      if (type !== "unknown")
        this.fail({ code: "out-of-range", value: type, allowed: "the name of an arm, or unknown" });
      const raw = Number(this.checked({ form: "selected", selector: "" }, tag));
      if (node.arms.some(({ value }) => value === raw)) this.fail({ code: "conflict", reason: `tag ${raw} is known` });
      return raw;
    });
  }

  private list(node: ListNode, value: unknown, scope: Scope): Uint8Array {
    if (value === undefined) this.fail({ code: "missing" });
    if (!Array.isArray(value)) this.fail({ code: "out-of-range", value, allowed: "an array" });
    const { extent } = node;
    if (extent.by === "fixed" && value.length !== extent.size)
      this.fail({ code: "too-long", length: value.length, limit: extent.size });
    const parts = value.map((element: unknown, index) => {
      this.path.push(`[${index}]`);
      const name = `[${index}]`;
      const bytes = this.field(name, node.element, noFields, { [name]: element }, scope, []);
      this.path.pop();
      return bytes;
    });
    if (extent.by === "prefix") parts.unshift(this.integer(extent.int, value.length, undefined, scope));
    return concat(parts);
  }

  private union(node: UnionNode, value: unknown, scope: Scope): Uint8Array {
    const object = this.object(value);
    const arm = node.arms.find(({ name }) => name === object["type"]);
    const content = arm === undefined ? this.data(object["data"]) : this.struct(arm.content, object, scope);
    if (node.extent.by === "inline") return content;
    return this.extended(node, content, content.length, scope);
  }
}
