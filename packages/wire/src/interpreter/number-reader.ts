import { intName, ownExtent, type Int } from "../declaration/ints.js";
import { countsItself, derivedBits } from "../declaration/layout.js";
import type { IntNode, Node, StructNode } from "../declaration/nodes.js";
import type { Source } from "../source.js";
import { Cursor } from "./cursor.js";
import type { Described } from "./described.js";
import { readNames, type Reading } from "./read-run.js";
import type { Scope } from "./scope.js";
import { Trace } from "./trace.js";

/** A structure while it is being read. */
export interface Frame {
  readonly struct: StructNode;
  readonly scope: Scope;
  readonly value: Record<string, unknown>;
  readonly start: number;
  /** Where the fields start that were read so far. */
  readonly positions: Map<string, number>;
}

/** Reads the numbers of a message, and reports them. */
export abstract class NumberReader implements Reading {
  readonly trace: Trace;
  readonly cursor: Cursor;

  constructor(pdu: Described, source: Source, offset: number, end: number, traced: boolean) {
    this.trace = new Trace(pdu.spec, offset, traced);
    this.cursor = new Cursor(pdu.name, source, offset, end, this.trace);
  }

  /** Reads the integer of a field other than an `int`, which is not part of the value. */
  protected raw(name: string, node: Exclude<Extract<Node, { int: unknown }>, IntNode>, frame: Frame): number {
    const at = this.begin(node.int, frame);
    const raw = Number(this.cursor.integer(node.int, frame.scope));
    this.keepWidth(name, node, frame, at, raw);
    this.trace.span(name, intName(node.int), at, this.endOf(node.int, at), raw);
    return raw;
  }

  /** Where an integer starts: bits stand in their carrier. */
  protected begin(int: Int, frame: Frame): number {
    const { offset } = this.cursor;
    return int.form === "bits" ? (frame.positions.get(int.carrier) ?? offset) : offset;
  }

  /** Where the integer that was just read ends; bits take no bytes of their own. */
  protected endOf(int: Int, start: number): number {
    return int.form === "bits" ? start : this.cursor.offset;
  }

  /** An integer of variable size is written back as it was only if its odd size is kept. */
  protected keepWidth(
    name: string,
    node: Extract<Node, { int: unknown }>,
    frame: Frame,
    at: number,
    raw: number,
  ): void {
    const { int } = node;
    if (int.form !== "variable" && int.form !== "selected") return;
    let { oddWidth } = this.cursor;
    if (int.form === "variable" && node.kind === "byteLength" && countsItself(frame.struct, node)) {
      const extent = this.cursor.offset - at;
      oddWidth = extent === ownExtent(int.variable, raw - extent, true, undefined) ? undefined : extent;
    }
    frame.value[`${name}Width`] = oddWidth;
    if (oddWidth !== undefined && int.form === "variable")
      this.trace.deviation("long-form", at, `takes ${oddWidth} bytes`);
  }

  protected int(name: string, node: IntNode, frame: Frame): number | bigint {
    const { cursor, trace } = this;
    const at = this.begin(node.int, frame);
    const raw = cursor.integer(node.int, frame.scope);
    this.keepWidth(name, node, frame, at, Number(raw));
    if (typeof raw === "bigint") {
      trace.span(name, intName(node.int), at, cursor.offset, raw);
      return raw;
    }
    const { always = 0 } = node;
    if ((always & ~raw) !== 0)
      cursor.fail({ code: "out-of-range", value: raw, allowed: `bits 0x${always.toString(16)} set` }, at);
    const value = raw + node.bias;
    frame.scope.set(name, value);
    trace.span(
      name,
      intName(node.int),
      at,
      this.endOf(node.int, at),
      value,
      readNames(trace, raw, node.values, node.flags, at),
    );
    return node.flags === undefined ? value : (raw & ~derivedBits(frame.struct, name)) >>> 0;
  }
}
