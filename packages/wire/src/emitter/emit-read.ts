import type { Int } from "../declaration/ints.js";
import { countsItself, derivedBits, fixedSize, isHidden, minSize } from "../declaration/layout.js";
import type { IntNode, Node, StructNode } from "../declaration/nodes.js";
import { Names, padStop } from "./code.js";
import { conditionText } from "./conditions.js";
import { ReadRuns } from "./read-runs.js";

/** Emits the reading of structures and fields; what it emits with is in `ReadCursor`. */
export class ReadEmitter extends ReadRuns {
  /**
   * Emits a structure and returns the properties of its value as text. `region` is the variable of
   * the end that the structure fills, if something around it sets one.
   */
  struct(struct: StructNode, outer: Names | undefined, region: string | undefined): string {
    const names = new Names(struct, outer);
    const properties: string[] = [];
    const length = struct.fields.find(([, node]) => node.kind === "byteLength")?.[1];
    const from = length?.kind === "byteLength" && !length.lenient ? length.from : undefined;
    const needsStart = struct.fields.some(
      ([, node]) =>
        (node.kind === "byteLength" && !node.lenient && from === undefined) ||
        (node.kind === "pad" && node.to !== "size"),
    );
    const start = needsStart ? this.code.define("start", this.at()) : "";
    const outerEnd = this.end;
    const positions = new Map<string, string>();
    let pending: { declared: string } | undefined;
    let bound: string | undefined;
    let tail: string | undefined;
    const activate = (position: string, declared: string): void => {
      bound = this.code.define("end", `${position} + ${declared}`);
      this.refuseIf(`${bound} > ${this.end} || ${bound} < ${this.at()}`);
      this.end = bound;
      this.safe = this.add;
    };
    for (const [index, [name, node]] of struct.fields.entries()) {
      if (from === name) {
        if (pending === undefined) positions.set(name, this.code.define("from", this.at()));
        else activate(this.at(), pending.declared);
      }
      if (fixedSize(node) !== undefined) this.need(fixedRun(struct, index));
      if (node.kind === "byteLength") {
        const raw = this.number(name, node.int, names, properties, countsItself(struct, node));
        if (node.lenient) continue;
        const declared = node.bias === 0 ? raw : `(${raw} - ${node.bias})`;
        const position = from === undefined ? start : positions.get(from);
        if (position === undefined) pending = { declared };
        else activate(position, declared);
      } else if (node.kind === "optional") {
        this.sync();
        const size = Math.max(1, minSize(node.content));
        tail ??= this.code.variable("tail", "true");
        const goesOn = tail;
        const value = this.code.variable(name, "undefined");
        this.code.push(`${goesOn} = ${goesOn} && ${this.end} - o >= ${size};`);
        this.code.conditional(`if (${goesOn})`, () => {
          this.safe = size;
          const expression = this.field(name, node.content, names, struct, start, properties);
          this.assign(value, expression);
          this.sync();
        });
        this.safe = 0;
        properties.push(`${name}: ${value}`);
      } else {
        const expression = this.field(name, node, names, struct, start, properties);
        if (!isHidden(node)) properties.push(`${name}: ${expression}`);
      }
    }
    if (struct.bounded) properties.push(`trailing: ${this.trailing(bound ?? region)}`);
    if (bound !== undefined && region !== undefined) this.refuseIf(`${bound} !== ${region}`);
    if (struct.bounded && (bound ?? region) !== undefined) {
      this.code.push(`o = ${bound ?? region};`);
      this.moved();
    }
    this.end = outerEnd;
    return properties.join(", ");
  }

  /** The raw value of an integer; an odd width becomes a property of its own. */
  private number(name: string, int: Int, names: Names, properties: string[], countsItself = false): string {
    const { raw, width } = this.integer(name, int, names, countsItself);
    if (width !== undefined) {
      properties.push(`${name}Width: ${width}`);
      this.finding?.values.set(`${name}Width`, width);
    }
    return raw;
  }

  /** Passes over a number that nothing in the declaration looks at, if it is only to be found. */
  private isOnlyFound(name: string, node: IntNode): boolean {
    if (this.finding === undefined || this.finding.looked.has(name)) return false;
    if (node.int.form !== "fixed" || node.always !== undefined) return false;
    this.need(node.int.size);
    this.place(name);
    this.add += node.int.size;
    return true;
  }

  /** Nothing is read where fields are only to be found. */
  private assign(variable: string, expression: string): void {
    if (this.finding === undefined) this.code.push(`${variable} = ${expression};`);
  }

  private trailing(end: string | undefined): string {
    if (end === undefined || this.finding !== undefined) return "undefined";
    const at = this.at();
    return this.code.define("trailing", `${at} < ${end} ? s.bytes.subarray(${at}, ${end}) : undefined`);
  }

  /** Emits one field; returns the expression of its value, empty for a hidden one. */
  field(name: string, node: Node, names: Names, struct: StructNode, start: string, properties: string[]): string {
    switch (node.kind) {
      case "int": {
        if (this.isOnlyFound(name, node)) return "";
        const raw = this.number(name, node.int, names, properties);
        const value = node.bias === 0 ? raw : this.code.define(name, `${raw} + ${node.bias}`);
        names.set(name, value);
        if (node.always !== undefined) this.refuseIf(`(${raw} & ${node.always}) >>> 0 !== ${node.always >>> 0}`);
        const derived = node.flags === undefined ? 0 : derivedBits(struct, name);
        const kept = derived === 0 ? value : `(${value} & ${~derived}) >>> 0`;
        this.finding?.values.set(name, kept);
        return kept;
      }
      case "literal": {
        const raw = this.number(name, node.int, names, properties);
        this.refuseIf(`${raw} !== ${node.value}`);
        return "";
      }
      case "reserved":
      case "pad": {
        if (node.kind === "pad" && node.to !== "size") {
          this.sync();
          const stop = this.code.define("stop", padStop(node, start));
          this.code.push(`if (o < ${stop}) o = Math.min(${stop}, ${this.end});`);
          this.moved();
        } else {
          const size = fixedSize(node) ?? 0;
          this.need(size);
          this.add += size;
        }
        return "";
      }
      case "carrier":
      case "tag":
      case "selector": {
        const raw = this.number(name, node.int, names, properties);
        names.set(name, raw);
        return "";
      }
      case "length":
      case "count": {
        const raw = this.number(name, node.int, names, properties);
        const times = node.kind === "length" ? node.unit : 1;
        const amount =
          node.bias === 0 && times === 1 ? raw : this.code.define(name, `(${raw} - ${node.bias}) * ${times}`);
        if (node.bias > 0) this.refuseIf(`${amount} < 0`);
        names.set(name, amount);
        return "";
      }
      case "byteLength":
        return "";
      case "bytes": {
        const size = this.extent(name, node.extent, names);
        this.place(name, size);
        // The view is made where the value is put together: a `PduView` never does that.
        const at = this.code.define("at", "o");
        this.code.push(`o += ${size};`);
        this.moved();
        return `s.bytes.subarray(${at}, ${at} + ${size})`;
      }
      case "text":
        return this.text(name, node, names);
      case "list":
        return this.list(name, node, names);
      case "struct": {
        const size = fixedSize(node);
        if (this.finding === undefined || size === undefined) return `{ ${this.struct(node, names, undefined)} }`;
        this.need(size);
        this.place(name);
        this.add += size;
        return "";
      }
      case "within": {
        const size = this.extent(name, node.extent, names);
        const end = this.code.define("within", `o + ${size}`);
        return this.inside(end, () => this.code.define(name, `{ ${this.struct(node.content, names, end)} }`));
      }
      case "union":
        return this.union(name, node, names);
      case "when": {
        this.sync();
        const value = isHidden(node) ? "" : this.code.variable(name, "undefined");
        this.code.conditional(`if (${conditionText(node.condition, names)})`, () => {
          const expression = this.field(name, node.content, names, struct, start, properties);
          if (value !== "") this.assign(value, expression);
          this.sync();
        });
        this.safe = 0;
        return value;
      }
      case "either": {
        this.sync();
        const value = this.code.variable(name, "undefined");
        const condition = conditionText(node.condition, names);
        for (const [test, content] of [
          [condition, node.yes],
          [`!(${condition})`, node.no],
        ] as const) {
          this.moved();
          this.code.conditional(`if (${test})`, () => {
            const expression = this.field(name, content, names, struct, start, properties);
            this.code.push(`${value} = ${expression};`);
            this.sync();
          });
        }
        this.safe = 0;
        return value;
      }
      case "optional":
        return this.field(name, node.content, names, struct, start, properties);
    }
  }
}

/** Bytes of the fixed fields from `index` on, up to one whose size varies. */
function fixedRun(struct: StructNode, index: number): number {
  let sum = 0;
  for (let i = index; i < struct.fields.length; i++) {
    const size = fixedSize(struct.fields[i]?.[1] as Node);
    if (size === undefined) break;
    sum += size;
    // What follows a length is checked against the end that it sets.
    if (struct.fields[i]?.[1].kind === "byteLength") break;
  }
  return sum;
}
