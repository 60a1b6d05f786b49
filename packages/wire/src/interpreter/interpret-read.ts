import { intName } from "../declaration/ints.js";
import { claimedBits, isHidden, minSize, noFields, padSize, unwrapped } from "../declaration/layout.js";
import type { ListNode, Node, StructNode, UnionNode } from "../declaration/nodes.js";
import type { Source } from "../source.js";
import type { Described } from "./described.js";
import { NumberReader, type Frame } from "./number-reader.js";
import { readBytes, readExtent, readPad, readTextField } from "./read-run.js";
import { holds, innerScope, type Scope } from "./scope.js";

/**
 * Reads one message by walking its declaration. It is the slow, exact implementation: it gives
 * spans and deviations, it finds which field an emitted decoder stumbled over, and it serves
 * where code generation is not allowed.
 */
export class Interpreter extends NumberReader {
  private readonly node: StructNode;

  /** `traced`: whether spans and deviations are wanted. */
  constructor(pdu: Described, source: Source, offset: number, end: number, traced: boolean) {
    super(pdu, source, offset, end, traced);
    this.node = pdu.node;
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
      trace.in("trailing", () =>
        cursor.fail({ code: "length-mismatch", declared: cursor.end - frame.start, actual: outerEnd - frame.start }),
      );
    }
    cursor.end = outerEnd;
    return frame.value;
  }

  /** The structure ends `declared` bytes after `from`. */
  private bound(from: number, declared: number): void {
    const { cursor } = this;
    const end = from + declared;
    if (declared < 0 || end < cursor.offset)
      cursor.fail({ code: "length-mismatch", declared, actual: cursor.offset - from });
    cursor.need(end - cursor.offset);
    cursor.end = end;
  }

  /** Compares a lenient length with what was read, once that is known. */
  private lengthCheck(name: string, at: number, from: number, declared: number): () => void {
    return () => {
      const actual = this.cursor.offset - from;
      if (actual !== declared) {
        this.trace.in(name, () =>
          this.trace.deviation("length-differs", at, `states ${declared} bytes and there are ${actual}`),
        );
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
        return trace.group(name, "struct", cursor.offset, () =>
          cursor.region(size, () => this.struct(node.content, scope, true)),
        );
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
      trace.group(name, "list", cursor.offset, () =>
        cursor.region(size, () => {
          while (cursor.left > 0) read();
        }),
      );
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
    return trace.group(name, arm?.name ?? "unknown", cursor.offset, () =>
      inline ? read() : cursor.region(size, read),
    );
  }
}
