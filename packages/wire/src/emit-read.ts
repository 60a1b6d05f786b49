import type { Int } from "./declaration/ints.js";
import {
  countsItself, fixedSize, isHidden, minSize, derivedBits, unit,
  type Condition, type Extent, type IntNode, type ListNode, type Node, type PadNode, type StructNode, type TextNode, type UnionNode,
} from "./declaration/nodes.js";

/** Names of a structure being emitted and the JavaScript variables that hold them. */
export class Names {
  private readonly variables = new Map<string, string>();
  private readonly outer: Names | undefined;

  constructor(struct: StructNode, outer: Names | undefined) {
    this.outer = outer;
    for (const [name] of struct.fields) this.variables.set(name, "undefined");
  }

  set(name: string, variable: string): void {
    this.variables.set(name, variable);
  }

  get(name: string): string {
    return this.variables.get(name) ?? this.outer?.get(name) ?? "undefined";
  }
}

export function conditionText(condition: Condition, names: Names): string {
  switch (condition.test) {
    case "flag":
      return `(${names.get(condition.field)} & ${condition.mask}) !== 0`;
    case "masked":
      return `(${names.get(condition.field)} & ${condition.mask}) >>> 0 === ${condition.value}`;
    case "equals":
      return `(${condition.values.map((value) => `${names.get(condition.field)} === ${value}`).join(" || ")})`;
    case "atLeast":
      return `${names.get(condition.field)} >= ${condition.value}`;
    case "not":
      return `!(${conditionText(condition.of, names)})`;
    case "all":
    case "any":
      return `(${condition.of.map((each) => conditionText(each, names)).join(condition.test === "all" ? " && " : " || ")})`;
  }
}

/** Lines of code and fresh names for variables. */
export class Code {
  readonly lines: string[] = [];
  private counter = 0;
  /** Where variables that outlive a conditional block are declared; undefined outside of one. */
  private hoistAt: number | undefined;

  fresh(name: string): string {
    return `${name}_${this.counter++}`;
  }

  push(...lines: string[]): void {
    this.lines.push(...lines);
  }

  /** A new variable with this value, visible also after the conditional block it stands in. */
  define(name: string, expression: string): string {
    const variable = this.fresh(name);
    if (this.hoistAt === undefined) this.push(`const ${variable} = ${expression};`);
    else {
      this.lines.splice(this.hoistAt, 0, `let ${variable};`);
      this.push(`${variable} = ${expression};`);
    }
    return variable;
  }

  /** A variable that is assigned again later. */
  variable(name: string, expression: string): string {
    const variable = this.fresh(name);
    this.push(`let ${variable} = ${expression};`);
    return variable;
  }

  /** Emits a block that may not run; variables defined in it are declared before it. */
  conditional(head: string, body: () => void): void {
    const outer = this.hoistAt;
    this.hoistAt ??= this.lines.length;
    this.push(`${head} {`);
    body();
    this.push("}");
    this.hoistAt = outer;
  }

  /** Emits a block with variables of its own. */
  scoped(head: string, body: () => void): void {
    const outer = this.hoistAt;
    this.hoistAt = undefined;
    this.push(`${head} {`);
    body();
    this.push("}");
    this.hoistAt = outer;
  }
}

/** Where a field stands: an offset from the start of the message, or a variable with the offset in the source. */
export interface Place {
  readonly at: string;
  readonly size: string | undefined;
  readonly fromStart: boolean;
}

/** What is noted where fields are only to be found and not read. */
export interface Finding {
  /** Where the top-level fields stand, as text. */
  readonly places: Map<string, Place>;
  /** Names that conditions look at: these are read nevertheless. */
  readonly looked: ReadonlySet<string>;
}

/**
 * Emits straight-line reading code. `o` is the offset, `add` what has been read since `o` was last
 * moved, `safe` how many bytes from `o` are known to be there: a run of fixed fields is checked once.
 * What does not fit goes to `fail`, which walks the declaration to find out what is wrong.
 */
export class ReadEmitter {
  readonly code: Code;
  add = 0;
  safe = 0;
  /** Whether `o` is still where the message starts. */
  private fromStart = true;
  /** The variable that holds the end of what may be read. */
  end = "e";
  private readonly finding: Finding | undefined;
  /** What is done with bytes that do not fit; undefined where they were checked before. */
  private readonly failure: string | undefined;

  constructor(code: Code, failure: string | undefined, finding?: Finding) {
    this.code = code;
    this.failure = failure;
    this.finding = finding;
  }

  /** Notes where a field stands; `size` is for text and bytes, the number of elements for lists. */
  private place(name: string, size?: string): void {
    if (this.finding === undefined || this.finding.places.has(name)) return;
    this.finding.places.set(name, { at: this.fromStart ? String(this.add) : this.code.define("at", this.at()), size, fromStart: this.fromStart });
  }

  at(): string {
    return this.add === 0 ? "o" : `o + ${this.add}`;
  }

  /** Moves `o`, so that the next reads start at it. */
  sync(): void {
    if (this.add === 0) return;
    this.fromStart = false;
    this.code.push(`o += ${this.add};`);
    this.safe -= this.add;
    this.add = 0;
  }

  moved(): void {
    this.fromStart = false;
    this.add = 0;
    this.safe = 0;
  }

  refuseIf(condition: string): void {
    if (this.failure !== undefined) this.code.push(`if (${condition}) ${this.failure}`);
  }

  need(size: number): void {
    if (this.add + size <= this.safe) return;
    this.safe = this.add + size;
    this.refuseIf(`${this.end} - o < ${this.safe}`);
  }

  /** The raw value of an integer, and the variable of its odd width if it can have one. */
  private integer(name: string, int: Int, names: Names, countsItself = false): { raw: string; width?: string } {
    switch (int.form) {
      case "fixed": {
        this.need(int.size);
        this.place(name);
        const raw = this.code.define(name, `v.get${int.accessor}(${this.at()}${int.size === 1 ? "" : `, ${int.littleEndian}`})`);
        this.add += int.size;
        return { raw };
      }
      case "bits":
        return { raw: this.code.define(name, `(${names.get(int.carrier)} >>> ${int.shift}) & ${2 ** int.width - 1}`) };
      case "variable": {
        this.sync();
        const extent = this.code.define("extent", `${int.name}.extent(v, o, ${this.end})`);
        this.refuseIf(`${extent} < 0`);
        const raw = this.code.define(name, `${int.name}.read(v, o, ${extent})`);
        const usual = countsItself ? `ownExtent(${int.name}, ${raw} - ${extent}, true)` : `${int.name}.preferred(${raw})`;
        const width = this.code.define(`${name}Width`, `${extent} === ${usual} ? undefined : ${extent}`);
        this.code.push(`o += ${extent};`);
        this.moved();
        return { raw, width };
      }
      case "selected": {
        this.sync();
        const size = this.code.define("size", `selectedSizes[${names.get(int.selector)}]`);
        this.refuseIf(`${size} === undefined || ${this.end} - o < ${size}`);
        const raw = this.code.define(name, `readSelected(v, o, ${size})`);
        const width = this.code.define(`${name}Width`, `${size} === selectedSizes[preferredSelector(${raw})] ? undefined : ${size}`);
        this.code.push(`o += ${size};`);
        this.moved();
        return { raw, width };
      }
    }
  }

  /**
   * Emits a structure and returns the properties of its value as text. `region` is the variable of
   * the end that the structure fills, if something around it sets one.
   */
  struct(struct: StructNode, outer: Names | undefined, region: string | undefined): string {
    const names = new Names(struct, outer);
    const properties: string[] = [];
    const length = struct.fields.find(([, node]) => node.kind === "byteLength")?.[1];
    const from = length?.kind === "byteLength" && !length.lenient ? length.from : undefined;
    const needsStart = struct.fields.some(([, node]) => (node.kind === "byteLength" && !node.lenient && from === undefined) || (node.kind === "pad" && node.to !== "size"));
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
        const { raw, width } = this.integer(name, node.int, names, countsItself(struct, node));
        if (width !== undefined) properties.push(`${name}Width: ${width}`);
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
        const { raw, width } = this.integer(name, node.int, names);
        if (width !== undefined) properties.push(`${name}Width: ${width}`);
        const value = node.bias === 0 ? raw : this.code.define(name, `${raw} + ${node.bias}`);
        names.set(name, value);
        if (node.always !== undefined) this.refuseIf(`(${raw} & ${node.always}) >>> 0 !== ${node.always >>> 0}`);
        const derived = node.flags === undefined ? 0 : derivedBits(struct, name);
        return derived === 0 ? value : `(${value} & ${~derived}) >>> 0`;
      }
      case "literal": {
        const { raw, width } = this.integer(name, node.int, names);
        if (width !== undefined) properties.push(`${name}Width: ${width}`);
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
        const { raw, width } = this.integer(name, node.int, names);
        if (width !== undefined) properties.push(`${name}Width: ${width}`);
        names.set(name, raw);
        return "";
      }
      case "length":
      case "count": {
        const { raw, width } = this.integer(name, node.int, names);
        if (width !== undefined) properties.push(`${name}Width: ${width}`);
        const times = node.kind === "length" ? node.unit : 1;
        const amount = node.bias === 0 && times === 1 ? raw : this.code.define(name, `(${raw} - ${node.bias}) * ${times}`);
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
        for (const [test, content] of [[condition, node.yes], [`!(${condition})`, node.no]] as const) {
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

  /** Emits code that stops at `end` and moves there. */
  private inside(end: string, body: () => string): string {
    const outer = this.end;
    this.end = end;
    this.moved();
    const value = body();
    this.end = outer;
    this.code.push(`o = ${end};`);
    this.moved();
    return value;
  }

  /** Emits the check of an extent and returns its size in bytes as text; `o` stands at its start. */
  extent(name: string, extent: Extent, names: Names): string {
    if (extent.by === "fixed") {
      this.need(extent.size);
      this.sync();
      return String(extent.size);
    }
    let size: string;
    if (extent.by === "prefix") {
      const { raw } = this.integer(`${name}Length`, extent.int, names);
      this.sync();
      size = extent.bias === 0 && extent.unit === 1 ? raw : this.code.define("size", `(${raw} - ${extent.bias}) * ${extent.unit}`);
      if (extent.bias > 0) this.refuseIf(`${size} < 0`);
    } else {
      this.sync();
      if (extent.by === "rest") return this.code.define("size", `${this.end} - o`);
      size = this.code.define("size", extent.by === "field" ? `${names.get(extent.field)} ?? 0` : "0");
    }
    this.refuseIf(`${this.end} - o < ${size}`);
    return size;
  }

  private text(name: string, node: TextNode, names: Names): string {
    const wide = node.encoding === "utf16";
    if (node.extent.by === "line") {
      this.sync();
      const stop = this.code.define("stop", `findLineEnd(s, o, ${this.end})`);
      const value = this.code.define(name, `${stop} < 0 ? undefined : readText(s, o, ${stop} - o, "latin1", "none")`);
      this.code.push(`if (${stop} >= 0) o = ${stop} + 2;`);
      this.moved();
      return value;
    }
    if (node.extent.by === "nul") {
      this.sync();
      const stop = this.code.define("stop", `findNul(s, o, ${this.end}, ${wide})`);
      this.refuseIf(`${stop} < 0`);
      const at = this.code.define("at", "o");
      const size = this.code.define("size", `${stop} - o`);
      this.place(name, size);
      this.code.push(`o = ${stop} + ${unit(node)};`);
      this.moved();
      return `readText(s, ${at}, ${size}, "${node.encoding}", "none")`;
    }
    const size = this.extent(name, node.extent, names);
    if (node.nul === "after") this.refuseIf(`${this.end} - o < ${size} + ${unit(node)}`);
    this.place(name, size);
    const at = this.code.define("at", "o");
    this.code.push(`o += ${size}${node.nul === "after" ? ` + ${unit(node)}` : ""};`);
    this.moved();
    return `readText(s, ${at}, ${size}, "${node.encoding}", "${node.nul}")`;
  }

  private list(name: string, node: ListNode, names: Names): string {
    const { extent } = node;
    const each = minSize(node.element);
    const element = (safe: number, store: (expression: string) => string): void => {
      this.add = 0;
      this.safe = safe;
      const expression = this.field(name, node.element, names, noFields, "", []);
      this.code.push(store(expression));
      this.sync();
    };
    if (extent.by === "rest" || extent.by === "field") {
      const size = this.extent(name, extent, names);
      const end = this.code.define("stop", `o + ${size}`);
      const value = this.code.define(name, "[]");
      return this.inside(end, () => {
        this.code.scoped(`while (o < ${end})`, () => element(0, (expression) => `${value}.push(${expression});`));
        return value;
      });
    }
    let total: string;
    if (extent.by === "prefix") total = this.integer(`${name}Count`, extent.int, names).raw;
    else total = this.code.define("total", extent.by === "fixed" ? String(extent.size) : `${names.get(extent.field)} ?? 0`);
    this.sync();
    this.refuseIf(`${this.end} - o < ${total} * ${each}`);
    this.place(name, total);
    if (this.finding !== undefined && fixedSize(node.element) !== undefined) {
      this.code.push(`o += ${total} * ${each};`);
      this.moved();
      return "";
    }
    const value = this.code.define(name, `new Array(${total})`);
    this.code.scoped(`for (let i = 0; i < ${total}; i++)`, () =>
      element(fixedSize(node.element) === undefined ? 0 : each, (expression) => `${value}[i] = ${expression};`),
    );
    this.moved();
    return value;
  }

  private union(name: string, node: UnionNode, names: Names): string {
    const tag = names.get(node.tag);
    const isInline = node.extent.by === "inline";
    let end = this.end;
    if (node.extent.by === "inline") this.sync();
    else end = this.code.define("stop", `o + ${this.extent(name, node.extent, names)}`);
    const value = this.code.variable(name, "undefined");
    const body = (): string => {
      this.code.push(`switch (${tag}) {`);
      for (const arm of node.arms) {
        this.moved();
        this.code.scoped(`case ${arm.value}:`, () => {
          const properties = this.struct(arm.content, names, isInline ? undefined : end);
          this.code.push(`${value} = { type: ${JSON.stringify(arm.name)}, ${properties} };`);
          this.sync();
          this.code.push("break;");
        });
      }
      this.moved();
      this.code.push("default:", `${value} = { type: "unknown", tag: ${tag}, data: s.bytes.subarray(o, ${end}) };`, `o = ${end};`, "}");
      return value;
    };
    if (!isInline) return this.inside(end, body);
    body();
    this.moved();
    return value;
  }
}

/** Where a pad ends that depends on what stands before it. */
export function padStop(node: PadNode, start: string): string {
  return node.to === "total" ? `${start} + ${node.size}` : `o + (${node.size} - (o - ${start}) % ${node.size}) % ${node.size}`;
}

const noFields: StructNode = { kind: "struct", fields: [], bounded: false };

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
