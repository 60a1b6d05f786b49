import { Cursor } from "./cursor.js";
import { intName, ownExtent, type Int } from "../declaration/ints.js";
import {
  claimedBits, countsItself, derivedBits, isHidden, minSize, noFields, padSize, unwrapped,
  type IntNode, type ListNode, type Node, type StructNode, type UnionNode,
} from "../declaration/nodes.js";
import { readBytes, readExtent, readNames, readPad, readTextField, type Reading } from "./read-run.js";
import { holds, innerScope, type Scope } from "./scope.js";
import type { Source } from "../source.js";
import { Trace } from "./trace.js";

/** What the interpreters need to know of a PDU. */
export interface Described {
  readonly name: string;
  readonly spec: string;
  readonly node: StructNode;
}

/** A structure while it is being read. */
interface Frame {
  readonly struct: StructNode;
  readonly scope: Scope;
  readonly value: Record<string, unknown>;
  readonly start: number;
  /** Where the fields start that were read so far. */
  readonly positions: Map<string, number>;
}

/**
 * Reads one message by walking its declaration. It is the slow, exact implementation: it gives
 * spans and deviations, it finds which field an emitted decoder stumbled over, and it serves
 * where code generation is not allowed.
 */
export class Interpreter implements Reading {
  readonly trace: Trace;
  readonly cursor: Cursor;
  private readonly node: StructNode;

  /** `traced`: whether spans and deviations are wanted. */
  constructor(pdu: Described, source: Source, offset: number, end: number, traced: boolean) {
    this.node = pdu.node;
    this.trace = new Trace(pdu.spec, offset, traced);
    this.cursor = new Cursor(pdu.name, source, offset, end, this.trace);
  }

  /** The message, which fills the bytes it was given. */
  message(): Record<string, unknown> {
    return this.struct(this.node, undefined, true);
  }

  /** `fills`: the structure takes all bytes up to the end, and keeps those after its fields. */
  private struct(struct: StructNode, outer: Scope | undefined, fills: boolean): Record<string, unknown> {
    const { cursor, trace } = this;
    const outerEnd = cursor.end;
    const positions = new Map<string, number>();
    const frame: Frame = { struct, scope: innerScope(struct, outer), value: {}, start: cursor.offset, positions };
    let pending: { readonly from: string; readonly declared: number } | undefined;
    let check: (() => void) | undefined;
    let bounded = fills;
    let tail = true;
    const bound = (from: number, declared: number): void => {
      this.bound(from, declared);
      bounded = true;
    };
    for (const [name, node] of struct.fields) {
      trace.in(name, () => {
        positions.set(name, cursor.offset);
        if (pending?.from === name) bound(cursor.offset, pending.declared);
        if (node.kind === "byteLength") {
          const at = cursor.offset;
          const declared = this.raw(name, node, frame) - node.bias;
          const from = node.from === undefined ? frame.start : positions.get(node.from);
          if (node.lenient) check = this.lengthCheck(name, at, from ?? cursor.offset, declared);
          else if (from !== undefined) bound(from, declared);
          else pending = { from: node.from ?? "", declared };
          return;
        }
        if (node.kind === "optional") tail &&= cursor.left >= Math.max(1, minSize(node.content));
        const value = node.kind !== "optional" || tail ? this.field(name, node, frame) : undefined;
        if (!isHidden(node)) frame.value[name] = value;
      });
    }
    if (struct.bounded) frame.value["trailing"] = bounded ? this.trailing() : undefined;
    check?.();
    if (fills && cursor.end !== outerEnd) {
      // The message states an end of its own, and more bytes were handed in.
      trace.in("trailing", () => cursor.fail({ code: "length-mismatch", declared: cursor.end - frame.start, actual: outerEnd - frame.start }));
    }
    cursor.end = outerEnd;
    return frame.value;
  }

  /** The structure ends `declared` bytes after `from`. */
  private bound(from: number, declared: number): void {
    const { cursor } = this;
    const end = from + declared;
    if (declared < 0 || end < cursor.offset) cursor.fail({ code: "length-mismatch", declared, actual: cursor.offset - from });
    cursor.need(end - cursor.offset);
    cursor.end = end;
  }

  /** Compares a lenient length with what was read, once that is known. */
  private lengthCheck(name: string, at: number, from: number, declared: number): () => void {
    return () => {
      const actual = this.cursor.offset - from;
      if (actual !== declared) {
        this.trace.in(name, () => this.trace.deviation("length-differs", at, `states ${declared} bytes and there are ${actual}`));
      }
    };
  }

  private trailing(): Uint8Array | undefined {
    const { cursor, trace } = this;
    if (cursor.left === 0) return undefined;
    const at = cursor.offset;
    const bytes = cursor.take();
    trace.in("trailing", () => trace.deviation("trailing-bytes", at, `${bytes.length} bytes after the last field`));
    trace.span("trailing", "bytes", at, cursor.offset, bytes);
    return bytes;
  }

  /** Reads the integer of a field other than an `int`, which is not part of the value. */
  private raw(name: string, node: Exclude<Extract<Node, { int: unknown }>, IntNode>, frame: Frame): number {
    const at = this.begin(node.int, frame);
    const raw = Number(this.cursor.integer(node.int, frame.scope));
    this.keepWidth(name, node, frame, at, raw);
    this.trace.span(name, intName(node.int), at, this.endOf(node.int, at), raw);
    return raw;
  }

  /** Where an integer starts: bits stand in their carrier. */
  private begin(int: Int, frame: Frame): number {
    const { offset } = this.cursor;
    return int.form === "bits" ? (frame.positions.get(int.carrier) ?? offset) : offset;
  }

  /** Where the integer that was just read ends; bits take no bytes of their own. */
  private endOf(int: Int, start: number): number {
    return int.form === "bits" ? start : this.cursor.offset;
  }

  /** An integer of variable size is written back as it was only if its odd size is kept. */
  private keepWidth(name: string, node: Extract<Node, { int: unknown }>, frame: Frame, at: number, raw: number): void {
    const { int } = node;
    if (int.form !== "variable" && int.form !== "selected") return;
    let { oddWidth } = this.cursor;
    if (int.form === "variable" && node.kind === "byteLength" && countsItself(frame.struct, node)) {
      const extent = this.cursor.offset - at;
      oddWidth = extent === ownExtent(int.variable, raw - extent, true, undefined) ? undefined : extent;
    }
    frame.value[`${name}Width`] = oddWidth;
    if (oddWidth !== undefined && int.form === "variable") this.trace.deviation("long-form", at, `takes ${oddWidth} bytes`);
  }

  private int(name: string, node: IntNode, frame: Frame): number | bigint {
    const { cursor, trace } = this;
    const at = this.begin(node.int, frame);
    const raw = cursor.integer(node.int, frame.scope);
    this.keepWidth(name, node, frame, at, Number(raw));
    if (typeof raw === "bigint") {
      trace.span(name, intName(node.int), at, cursor.offset, raw);
      return raw;
    }
    const { always = 0 } = node;
    if ((always & ~raw) !== 0) cursor.fail({ code: "out-of-range", value: raw, allowed: `bits 0x${always.toString(16)} set` }, at);
    const value = raw + node.bias;
    frame.scope.set(name, value);
    trace.span(name, intName(node.int), at, this.endOf(node.int, at), value, readNames(trace, raw, node.values, node.flags, at));
    return node.flags === undefined ? value : (raw & ~derivedBits(frame.struct, name)) >>> 0;
  }

  private field(name: string, node: Node, frame: Frame): unknown {
    const { cursor, trace } = this;
    const { scope } = frame;
    const at = "int" in node ? this.begin(node.int, frame) : cursor.offset;
    switch (node.kind) {
      case "int":
        return this.int(name, node, frame);
      case "literal": {
        const raw = this.raw(name, node, frame);
        if (raw !== node.value) cursor.fail({ code: "out-of-range", value: raw, allowed: `${node.value}` }, at);
        return undefined;
      }
      case "reserved": {
        const raw = this.raw(name, node, frame);
        if (raw !== node.value) trace.deviation("reserved-not-zero", at, `is ${raw} instead of ${node.value}`);
        return undefined;
      }
      case "carrier": {
        const raw = this.raw(name, node, frame);
        const claimed = claimedBits(frame.struct, name);
        if (((raw & ~claimed) >>> 0) % 2 ** (node.int.size * 8) !== 0) {
          trace.deviation("reserved-not-zero", at, `bits outside 0x${claimed.toString(16)} are set`);
        }
        scope.set(name, raw);
        return undefined;
      }
      case "length":
      case "count": {
        const raw = this.raw(name, node, frame);
        const amount = (raw - node.bias) * (node.kind === "length" ? node.unit : 1);
        if (amount < 0) cursor.fail({ code: "length-mismatch", declared: raw, actual: node.bias }, at);
        scope.set(name, amount);
        return undefined;
      }
      case "tag":
      case "selector":
        scope.set(name, this.raw(name, node, frame));
        return undefined;
      case "pad":
        return readPad(this, name, padSize(node, at - frame.start), node.to === "size");
      case "bytes":
        return readBytes(this, name, node.extent, scope);
      case "text":
        return readTextField(this, name, node, scope);
      case "list":
        return this.list(name, node, frame);
      case "struct":
        return trace.group(name, "struct", at, () => this.struct(node, scope, false));
      case "within": {
        const size = readExtent(this, name, node.extent, scope);
        return trace.group(name, "struct", cursor.offset, () => cursor.region(size, () => this.struct(node.content, scope, true)));
      }
      case "union":
        return this.union(name, node, scope);
      case "when": {
        if (holds(node.condition, scope)) return this.field(name, node.content, frame);
        const inner = unwrapped(node);
        if ("extent" in inner && inner.extent.by === "field" && scope.number(inner.extent.field) > 0) {
          trace.deviation("length-differs", at, "a length is stated for a field that is not there");
        }
        return undefined;
      }
      case "either":
        return this.field(name, holds(node.condition, scope) ? node.yes : node.no, frame);
      case "optional":
        return this.field(name, node.content, frame);
      case "byteLength":
        return undefined; // read by the structure, which it bounds
    }
  }

  private list(name: string, { element, extent }: ListNode, frame: Frame): unknown[] {
    const { cursor, trace } = this;
    const { scope } = frame;
    const out: unknown[] = [];
    const read = (): void => {
      const index = `[${out.length}]`;
      const inner: Frame = { struct: noFields, scope, value: {}, start: cursor.offset, positions: new Map() };
      trace.in(index, () => out.push(this.field(index, element, inner)));
    };
    if (extent.by === "rest" || extent.by === "field") {
      const size = extent.by === "rest" ? cursor.left : scope.number(extent.field);
      trace.group(name, "list", cursor.offset, () => cursor.region(size, () => {
        while (cursor.left > 0) read();
      }));
      return out;
    }
    let total: number;
    if (extent.by === "prefix") {
      const at = cursor.offset;
      total = Number(cursor.integer(extent.int, scope));
      trace.span(`${name}Count`, intName(extent.int), at, cursor.offset, total);
    } else total = extent.by === "fixed" ? extent.size : scope.number(extent.field);
    cursor.need(total * minSize(element));
    trace.group(name, "list", cursor.offset, () => {
      while (out.length < total) read();
    });
    return out;
  }

  private union(name: string, node: UnionNode, scope: Scope): unknown {
    const { cursor, trace } = this;
    const tag = scope.number(node.tag);
    const arm = node.arms.find(({ value }) => value === tag);
    const inline = node.extent.by === "inline";
    const read = (): unknown => {
      if (arm !== undefined) return { type: arm.name, ...this.struct(arm.content, scope, !inline) };
      const at = cursor.offset;
      const data = cursor.take();
      trace.deviation("unknown-tag", at, `tag 0x${tag.toString(16)} is not known`);
      trace.span("data", "bytes", at, cursor.offset, data);
      return { type: "unknown", tag, data };
    };
    const size = node.extent.by === "inline" ? cursor.left : readExtent(this, name, node.extent, scope);
    return trace.group(name, arm?.name ?? "unknown", cursor.offset, () => (inline ? read() : cursor.region(size, read)));
  }
}
