import { DecodeError, type DecodeIssue } from "./errors.js";
import type { Deviation, DeviationRule, FieldSpan } from "./inspection.js";
import { preferredSelector, readSelected, selectedSizes, type Int } from "./ints.js";
import { holds, innerScope, type Scope } from "./scope.js";
import {
  isHidden, minSize, derivedBits, padSize, unit, unwrapped,
  type ByteLengthNode, type Extent, type ListNode, type Names, type Node, type StructNode, type TextNode, type UnionNode,
} from "./nodes.js";
import { findLineEnd, findNul, readText, textSize } from "./text.js";
import type { Source } from "./source.js";

/** What the interpreters need to know of a PDU. */
export interface Described {
  readonly name: string;
  readonly spec: string;
  readonly node: StructNode;
}

type Leaf = number | bigint | string | Uint8Array;

/**
 * Reads one message by walking its declaration. It is the slow, exact implementation: it gives
 * spans and deviations, it finds which field an emitted decoder stumbled over, and it serves
 * where code generation is not allowed.
 */
export class Interpreter {
  readonly deviations: Deviation[] = [];
  /** Spans of the structure being read; undefined when nobody asked for them. */
  spans: FieldSpan[] | undefined;
  private readonly pdu: Described;
  private readonly source: Source;
  private readonly base: number;
  private offset: number;
  private end: number;
  private readonly path: string[] = [];
  /** Bytes that the last integer took, if an encoder would take another number. */
  private oddWidth: number | undefined;
  private readonly root: FieldSpan[] = [];

  constructor(pdu: Described, source: Source, base: number, end: number, trace: boolean) {
    this.pdu = pdu;
    this.source = source;
    this.base = base;
    this.offset = base;
    this.end = end;
    if (trace) this.spans = this.root;
  }

  /** The message from `base` to `end`, all of it. */
  message(): Record<string, unknown> {
    return this.struct(this.pdu.node, innerScope(this.pdu.node, undefined), true);
  }

  /** The spans read so far, also after an error inside a nested structure. */
  outerSpans(): readonly FieldSpan[] {
    return this.root;
  }

  private fail(issue: DecodeIssue, at = this.offset): never {
    throw new DecodeError(this.pdu.name, this.where(), at - this.base, issue);
  }

  private where(): string {
    return this.path.join(".").replaceAll(".[", "[");
  }

  private deviate(rule: DeviationRule, at: number, message: string): void {
    if (this.spans === undefined) return;
    this.deviations.push({ rule, spec: this.pdu.spec, field: this.where(), offset: at - this.base, message });
  }

  private need(size: number): void {
    const available = this.end - this.offset;
    if (size > available) this.fail({ code: "not-enough-bytes", needed: size, available });
  }

  private span(name: string, type: string, start: number, value?: Leaf, text?: string, length = this.offset - start): void {
    this.spans?.push({ name, type, offset: start - this.base, length, value, ...(text === undefined ? {} : { text }) });
  }

  /** Reads what `read` reads into a span of its own with children. */
  private group<T>(name: string, type: string, read: () => T): T {
    const outer = this.spans;
    if (outer === undefined) return read();
    const children: FieldSpan[] = [];
    const start = this.offset;
    outer.push({
      name, type, offset: start - this.base, children,
      get length() {
        return children.reduce((sum, child) => sum + child.length, 0);
      },
    });
    this.spans = children;
    const value = read();
    this.spans = outer;
    return value;
  }

  /** Reads inside the next `size` bytes. */
  private region<T>(size: number, read: () => T): T {
    this.need(size);
    const outer = this.end;
    this.end = this.offset + size;
    const value = read();
    this.end = outer;
    return value;
  }

  private integer(int: Int, scope: Scope): number | bigint {
    this.oddWidth = undefined;
    const { view } = this.source;
    switch (int.form) {
      case "fixed": {
        this.need(int.size);
        const at = this.offset;
        this.offset += int.size;
        const get = view[`get${int.accessor}` as "getUint16"] as (at: number, littleEndian: boolean) => number | bigint;
        return get.call(view, at, int.littleEndian);
      }
      case "bits":
        return Math.floor(scope.number(int.carrier) / 2 ** int.shift) % 2 ** int.width;
      case "variable": {
        const extent = int.variable.extent(view, this.offset, this.end);
        if (extent === -1) this.fail({ code: "not-enough-bytes", needed: this.end - this.offset + 1, available: this.end - this.offset });
        if (extent === -2) this.fail({ code: "out-of-range", value: view.getUint8(this.offset), allowed: `a known ${int.name} form` });
        const value = int.variable.read(view, this.offset, extent);
        if (extent !== int.variable.preferred(value)) this.oddWidth = extent;
        this.offset += extent;
        return value;
      }
      case "selected": {
        const size = selectedSizes[scope.number(int.selector)];
        if (size === undefined) this.fail({ code: "out-of-range", value: scope.number(int.selector), allowed: "a selector of 0, 1 or 2" });
        this.need(size);
        const value = readSelected(view, this.offset, size);
        if (size !== selectedSizes[preferredSelector(value)]) this.oddWidth = size;
        this.offset += size;
        return value;
      }
    }
  }

  private struct(node: StructNode, scope: Scope, region: boolean): Record<string, unknown> {
    const value: Record<string, unknown> = {};
    const start = this.offset;
    const outerEnd = this.end;
    const positions = new Map<string, number>();
    let pending: { node: ByteLengthNode; declared: number } | undefined;
    let lenient: { from: number; declared: number; at: number; name: string } | undefined;
    let bounded = region;
    let tail = true;
    const bound = (from: number, declared: number): void => {
      const end = from + declared;
      if (declared < 0 || end < this.offset) this.fail({ code: "length-mismatch", declared, actual: this.offset - from });
      if (end > this.end) this.fail({ code: "not-enough-bytes", needed: end - this.offset, available: this.end - this.offset });
      this.end = end;
      bounded = true;
    };
    for (const [name, field] of node.fields) {
      this.path.push(name);
      positions.set(name, this.offset);
      if (pending?.node.from === name) {
        bound(this.offset, pending.declared);
        pending = undefined;
      }
      const at = this.offset;
      if (field.kind === "byteLength") {
        const raw = Number(this.integer(field.int, scope));
        this.keepWidth(value, name, field, at);
        this.span(name, typeName(field), at, raw);
        const declared = raw - field.bias;
        const from = field.from === undefined ? start : positions.get(field.from);
        if (field.lenient) lenient = { from: from ?? this.offset, declared, at, name };
        else if (from === undefined) pending = { node: field, declared };
        else bound(from, declared);
      } else if (field.kind === "optional") {
        tail &&= this.end - this.offset >= Math.max(1, minSize(field.content));
        const read = tail ? this.field(name, field.content, scope, value, node, start) : undefined;
        if (!isHidden(field)) value[name] = read;
      } else {
        const read = this.field(name, field, scope, value, node, start);
        if (!isHidden(field)) value[name] = read;
      }
      this.path.pop();
    }
    if (node.bounded) value["trailing"] = bounded ? this.trailing() : undefined;
    if (lenient !== undefined && this.offset - lenient.from !== lenient.declared) {
      this.path.push(lenient.name);
      this.deviate("length-differs", lenient.at, `states ${lenient.declared} bytes and there are ${this.offset - lenient.from}`);
      this.path.pop();
    }
    if (bounded && !region) this.end = outerEnd;
    if (region && this.end !== outerEnd) {
      // The message states an end of its own, and more bytes were handed in.
      if (this.path.length === 0) this.path.push("trailing");
      this.fail({ code: "length-mismatch", declared: this.end - start, actual: outerEnd - start });
    }
    return value;
  }

  private trailing(): Uint8Array | undefined {
    if (this.offset === this.end) return undefined;
    const at = this.offset;
    const bytes = this.source.bytes.subarray(at, this.end);
    this.offset = this.end;
    this.path.push("trailing");
    this.deviate("trailing-bytes", at, `${bytes.length} bytes after the last field`);
    this.path.pop();
    this.span("trailing", "bytes", at, bytes);
    return bytes;
  }

  /** An integer of variable size is written back as it was only if its odd size is kept. */
  private keepWidth(value: Record<string, unknown>, name: string, node: Node, at: number): void {
    if (!("int" in node) || (node.int.form !== "variable" && node.int.form !== "selected")) return;
    value[`${name}Width`] = this.oddWidth;
    if (this.oddWidth !== undefined && node.int.form === "variable") {
      this.deviate("long-form", at, `takes ${this.oddWidth} bytes`);
    }
  }

  private field(name: string, node: Node, scope: Scope, value: Record<string, unknown>, struct: StructNode, start: number): unknown {
    const at = this.offset;
    switch (node.kind) {
      case "int": {
        const raw = this.integer(node.int, scope);
        this.keepWidth(value, name, node, at);
        if (typeof raw === "bigint") {
          this.span(name, typeName(node), at, raw);
          return raw;
        }
        const missing = ((node.always ?? 0) & ~raw) >>> 0;
        if (missing !== 0) this.fail({ code: "out-of-range", value: raw, allowed: `bits 0x${(node.always ?? 0).toString(16)} set` }, at);
        scope.set(name, raw + node.bias);
        this.span(name, typeName(node), at, raw + node.bias, this.named(raw, node.values, node.flags, at));
        return node.flags === undefined ? raw + node.bias : (raw & ~derivedBits(struct, name)) >>> 0;
      }
      case "literal": {
        const raw = Number(this.integer(node.int, scope));
        this.keepWidth(value, name, node, at);
        if (raw !== node.value) this.fail({ code: "out-of-range", value: raw, allowed: `${node.value}` }, at);
        this.span(name, typeName(node), at, raw);
        return undefined;
      }
      case "reserved": {
        const raw = Number(this.integer(node.int, scope));
        if (raw !== node.value) this.deviate("reserved-not-zero", at, `is ${raw} instead of ${node.value}`);
        this.span(name, typeName(node), at, raw);
        return undefined;
      }
      case "pad": {
        const size = padSize(node, this.offset - start);
        this.need(size);
        this.offset += size;
        const bytes = this.source.bytes.subarray(at, this.offset);
        if (bytes.some((byte) => byte !== 0)) this.deviate("reserved-not-zero", at, "padding is not zero");
        this.span(name, "pad", at, bytes);
        return undefined;
      }
      case "carrier": {
        const raw = Number(this.integer(node.int, scope));
        scope.set(name, raw);
        const claimed = claimedBits(struct, name);
        const size = 2 ** (node.int.size * 8);
        if (((raw & ~claimed) >>> 0) % size !== 0) this.deviate("reserved-not-zero", at, `bits outside 0x${claimed.toString(16)} are set`);
        this.span(name, typeName(node), at, raw);
        return undefined;
      }
      case "byteLength":
        return undefined;
      case "length":
      case "count": {
        const raw = Number(this.integer(node.int, scope));
        this.keepWidth(value, name, node, at);
        const amount = (raw - node.bias) * (node.kind === "length" ? node.unit : 1);
        if (amount < 0) this.fail({ code: "length-mismatch", declared: raw, actual: node.bias }, at);
        scope.set(name, amount);
        this.span(name, typeName(node), at, raw);
        return undefined;
      }
      case "tag":
      case "selector": {
        const raw = Number(this.integer(node.int, scope));
        this.keepWidth(value, name, node, at);
        scope.set(name, raw);
        this.span(name, typeName(node), at, raw);
        return undefined;
      }
      case "bytes": {
        const size = this.extentSize(node.extent, name, scope);
        const from = this.offset;
        this.offset += size;
        const bytes = this.source.bytes.subarray(from, this.offset);
        this.span(name, "bytes", from, bytes);
        return bytes;
      }
      case "text":
        return this.text(name, node, scope);
      case "list":
        return this.list(name, node, scope);
      case "struct":
        return this.group(name, "struct", () => this.struct(node, innerScope(node, scope), false));
      case "within": {
        const size = this.extentSize(node.extent, name, scope);
        return this.group(name, "struct", () => this.region(size, () => this.struct(node.content, innerScope(node.content, scope), true)));
      }
      case "union":
        return this.union(name, node, scope);
      case "when": {
        if (holds(node.condition, scope)) return this.field(name, node.content, scope, value, struct, start);
        const inner = unwrapped(node);
        if ("extent" in inner && inner.extent.by === "field" && scope.number(inner.extent.field) > 0) {
          this.deviate("length-differs", at, "a length is stated for a field that is not there");
        }
        return undefined;
      }
      case "either":
        return this.field(name, holds(node.condition, scope) ? node.yes : node.no, scope, value, struct, start);
      case "optional":
        return this.field(name, node.content, scope, value, struct, start);
    }
  }

  /** Names of an enumerated value or of flag bits; what has no name is a deviation. */
  private named(raw: number, values: Names | undefined, bitNames: Names | undefined, at: number): string | undefined {
    if (this.spans === undefined) return undefined;
    if (values !== undefined) {
      const found = Object.entries(values).find(([, value]) => value === raw);
      if (found === undefined) this.deviate("unknown-value", at, `0x${raw.toString(16)} has no name`);
      return found?.[0] ?? "unknown";
    }
    if (bitNames === undefined) return undefined;
    let left = raw;
    const names: string[] = [];
    for (const [name, mask] of Object.entries(bitNames)) {
      if (mask !== 0 && (raw & mask) >>> 0 === mask >>> 0) {
        names.push(name);
        left &= ~mask;
      }
    }
    left >>>= 0;
    if (left !== 0) {
      this.deviate("unknown-flags", at, `bits 0x${left.toString(16)} have no name`);
      names.push(`0x${left.toString(16)}`);
    }
    return names.join(" | ");
  }

  /** The bytes an extent covers; reads a prefix, whose span stands beside the field's. */
  private extentSize(extent: Extent, name: string, scope: Scope): number {
    let size: number;
    if (extent.by === "prefix") {
      const at = this.offset;
      const raw = Number(this.integer(extent.int, scope));
      this.span(`${name}Length`, intName(extent.int), at, raw);
      size = (raw - extent.bias) * extent.unit;
      if (size < 0) this.fail({ code: "length-mismatch", declared: raw, actual: extent.bias }, at);
    } else if (extent.by === "field") size = scope.number(extent.field);
    else size = extent.by === "fixed" ? extent.size : this.end - this.offset;
    this.need(size);
    return size;
  }

  private line(name: string): string | undefined {
    const at = this.offset;
    const stop = findLineEnd(this.source, at, this.end);
    if (stop < 0) return undefined;
    this.offset = stop + 2;
    const text = readText(this.source, at, stop - at, "latin1", "none");
    this.span(name, "latin1", at, text);
    return text;
  }

  private text(name: string, node: TextNode, scope: Scope): string | undefined {
    const wide = node.encoding === "utf16";
    if (node.extent.by === "line") return this.line(name);
    if (node.extent.by === "nul") {
      const at = this.offset;
      const stop = findNul(this.source, at, this.end, wide);
      if (stop < 0) this.fail({ code: "not-enough-bytes", needed: this.end - at + unit(node), available: this.end - at });
      this.offset = stop + unit(node);
      const text = readText(this.source, at, stop - at, node.encoding, "none");
      this.span(name, node.encoding, at, text);
      return text;
    }
    const size = this.extentSize(node.extent, name, scope);
    const at = this.offset;
    const text = readText(this.source, at, size, node.encoding, node.nul);
    this.offset += size;
    this.span(name, node.encoding, at, text);
    if (wide && size % 2 !== 0) this.deviate("odd-length", at, `${size} bytes of UTF-16`);
    const unterminated = textSize(text, node.encoding, "none") === size - (size % unit(node));
    if (unterminated && (node.nul === "always" || (node.nul === "counted" && size > 0))) {
      this.deviate("missing-terminator", at, "no NUL inside the stated length");
    } else if (node.nul === "counted" && text === "" && size > 0) {
      this.deviate("lone-terminator", at, "an empty text with a NUL");
    } else if (node.nul === "padded") {
      const used = textSize(text, node.encoding, "none");
      if (this.source.bytes.subarray(at + used, at + size).some((byte) => byte !== 0)) this.deviate("text-after-nul", at + used, "bytes after the NUL");
    } else if (node.nul === "after") {
      this.need(unit(node));
      const stop = this.offset;
      this.offset += unit(node);
      if (this.source.bytes.subarray(stop, this.offset).some((byte) => byte !== 0)) this.deviate("missing-terminator", stop, "no NUL after the text");
      this.span(`${name}Terminator`, "pad", stop, this.source.bytes.subarray(stop, this.offset));
    }
    return text;
  }

  private list(name: string, node: ListNode, scope: Scope): unknown[] {
    const { extent } = node;
    const out: unknown[] = [];
    const each = minSize(node.element);
    const element = (): void => {
      this.path.push(`[${out.length}]`);
      out.push(this.field(`[${out.length}]`, node.element, scope, {}, emptyStruct, this.offset));
      this.path.pop();
    };
    if (extent.by === "rest" || extent.by === "field") {
      const size = extent.by === "rest" ? this.end - this.offset : scope.number(extent.field);
      this.group(name, "list", () => this.region(size, () => {
        while (this.offset < this.end) element();
      }));
      return out;
    }
    let total: number;
    if (extent.by === "prefix") {
      const at = this.offset;
      total = Number(this.integer(extent.int, scope));
      this.span(`${name}Count`, intName(extent.int), at, total);
    } else total = extent.by === "fixed" ? extent.size : scope.number(extent.field);
    this.need(total * each);
    this.group(name, "list", () => {
      for (let i = 0; i < total; i++) element();
    });
    return out;
  }

  private union(name: string, node: UnionNode, scope: Scope): unknown {
    const raw = scope.number(node.tag);
    const arm = node.arms.find(({ value }) => value === raw);
    const read = (): unknown => {
      if (arm !== undefined) {
        return { type: arm.name, ...this.struct(arm.content, innerScope(arm.content, scope), node.extent.by !== "inline") };
      }
      const at = this.offset;
      const data = this.source.bytes.subarray(at, this.end);
      this.offset = this.end;
      this.deviate("unknown-tag", at, `tag 0x${raw.toString(16)} is not known`);
      this.span("data", "bytes", at, data);
      return { type: "unknown", tag: raw, data };
    };
    if (node.extent.by === "inline") return this.group(name, arm?.name ?? "unknown", read);
    const size = this.extentSize(node.extent, name, scope);
    return this.group(name, arm?.name ?? "unknown", () => this.region(size, read));
  }
}

const emptyStruct: StructNode = { kind: "struct", fields: [], bounded: false };

function claimedBits(struct: StructNode, name: string): number {
  let mask = 0;
  for (const [, node] of struct.fields) {
    const inner = unwrapped(node);
    if ("int" in inner && inner.int.form === "bits" && inner.int.carrier === name) mask += (2 ** inner.int.width - 1) * 2 ** inner.int.shift;
  }
  return mask;
}

function intName(int: Int): string {
  return int.form === "fixed" || int.form === "variable" ? int.name : int.form === "bits" ? `${int.width} bits` : "u8/u16/u32";
}

function typeName(node: Node): string {
  return "int" in node ? intName(node.int) : node.kind;
}
