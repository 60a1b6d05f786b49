import { conditionText, Names, padStop, type Code } from "./emit-read.js";
import type { FixedInt, Int } from "./declaration/ints.js";
import {
  dependentOf, fixedSize, isHidden, presenceBit, derivedBits, selectedBy, unionOf, unit, unwrapped,
  type ByteLengthNode, type Condition, type Extent, type LengthNode, type ListNode, type Node, type PadNode, type StructNode, type TextNode, type UnionNode,
} from "./declaration/nodes.js";
import { textEnd } from "./text.js";

/** The condition under which an integer cannot hold `value`; it is also true of what is no integer. */
function outOfRange(int: Int, value: string): string {
  switch (int.form) {
    case "bits":
      return `${value} !== (${value} & ${2 ** int.width - 1})`;
    case "variable":
      return `!Number.isInteger(${value}) || ${value} < 0 || ${value} > ${int.variable.max}`;
    case "selected":
      return `${value} !== ${value} >>> 0`;
    case "fixed": {
      if (int.size === 8) return `typeof ${value} !== "bigint" || BigInt.asUintN(64, ${value}) !== ${value}`;
      if (int.size === 4) return int.signed ? `${value} !== (${value} | 0)` : `${value} !== ${value} >>> 0`;
      const spare = 32 - int.size * 8;
      return int.signed ? `${value} !== (${value} << ${spare}) >> ${spare}` : `${value} !== (${value} & ${2 ** (int.size * 8) - 1})`;
    }
  }
}

/**
 * Whether the field is there exactly if its bit of some flags is set: no other field has the bit,
 * so the encoder can look at the value instead of the flags.
 */
export function hasBitOfItsOwn(struct: StructNode, node: Node): boolean {
  if (node.kind !== "when" || node.condition.test !== "flag" || node.content.kind === "when") return false;
  const { field } = node.condition;
  const flags = struct.fields.find(([name]) => name === field)?.[1];
  const bit = presenceBit(node, field);
  if (bit === 0 || flags?.kind !== "int" || flags.flags === undefined || ((flags.always ?? 0) & bit) !== 0) return false;
  return struct.fields.filter(([, of]) => presenceBit(of, field) === bit).length === 1;
}

/** Names that the conditions of a declaration look at; those of fields that `isLeftOut` do not count. */
export function conditionNames(
  node: Node,
  isLeftOut: (struct: StructNode, field: Node) => boolean = () => false,
  into = new Set<string>(),
): Set<string> {
  const add = (condition: Condition): void => {
    if ("field" in condition) into.add(condition.field);
    else if (condition.test === "not") add(condition.of);
    else condition.of.forEach(add);
  };
  const within = (inner: Node): unknown => conditionNames(inner, isLeftOut, into);
  if (node.kind === "when" || node.kind === "either") add(node.condition);
  if (node.kind === "when" || node.kind === "optional" || node.kind === "within") within(node.content);
  else if (node.kind === "either") [node.yes, node.no].forEach(within);
  else if (node.kind === "list") within(node.element);
  else if (node.kind === "union") for (const arm of node.arms) within(arm.content);
  else if (node.kind === "struct") {
    for (const [, field] of node.fields) within(field.kind === "when" && isLeftOut(node, field) ? field.content : field);
  }
  return into;
}

/** What a struct needs while it is being emitted. */
interface Frame {
  readonly struct: StructNode;
  /** The variable that holds the value. */
  readonly object: string;
  readonly names: Names;
  /** The variable of the offset at which the structure starts. */
  readonly start: string;
  /** Raw values already computed, because a carrier holds them. */
  readonly raws: Map<string, string>;
  /** Where lengths stand that are filled in when what they count has been written. */
  readonly places: Map<string, string>;
  /** The variables of optional fields whose presence is looked at more than once. */
  readonly given: ReadonlyMap<string, string>;
  /** The variables of flags to which each field adds its bit as it is written. */
  readonly gathered: Map<string, string>;
}

/** The value of a field: its variable, or the property that holds it. */
const valueOf = (name: string, frame: Frame): string => frame.given.get(name) ?? `${frame.object}.${name}`;

/**
 * Emits code that writes a value, or, when `dry`, code that only moves `o` as writing would: the
 * size of a value is a dry run. What does not fit goes to `failure`.
 */
export class WriteEmitter {
  private readonly code: Code;
  private readonly dry: boolean;
  private readonly failure: string;
  private readonly referenced: ReadonlySet<string>;
  private add = 0;

  constructor(code: Code, dry: boolean, failure: string, referenced: ReadonlySet<string>) {
    this.code = code;
    this.dry = dry;
    this.failure = failure;
    this.referenced = referenced;
  }

  private at(): string {
    return this.add === 0 ? "o" : `o + ${this.add}`;
  }

  sync(): void {
    if (this.add !== 0) this.code.push(`o += ${this.add};`);
    this.add = 0;
  }

  private store(line: string): void {
    if (!this.dry) this.code.push(line);
  }

  private refuseIf(condition: string): void {
    if (!this.dry) this.code.push(`if (${condition}) ${this.failure}`);
  }

  private put(int: FixedInt, at: string, value: string): void {
    if (int.size === 8 && int.littleEndian) return this.store(`writeU64(v, ${at}, ${value});`);
    this.store(`v.set${int.accessor}(${at}, ${value}${int.size === 1 ? "" : `, ${int.littleEndian}`});`);
  }

  /** The fields of a structure; `payload` is left out of what is written when `h` is set. */
  struct(struct: StructNode, object: string, outer: Names | undefined, payload?: string): void {
    const frame: Frame = {
      struct, object, names: new Names(struct, outer), raws: new Map(), places: new Map(),
      given: this.given(struct, object), gathered: new Map(),
      start: this.usesStart(struct) ? this.code.define("start", this.at()) : "",
    };
    this.fields(frame, 0, payload);
    if (struct.bounded) this.trailing(object);
    for (const [name, node] of struct.fields) {
      const all = frame.gathered.get(name);
      if (all !== undefined && node.kind === "int") this.put(node.int as FixedInt, frame.places.get(name) as string, all);
    }
    const entry = struct.fields.find(([, node]) => node.kind === "byteLength" && node.int.form === "fixed");
    if (entry !== undefined && !this.dry) this.fillLength(frame, entry[0], entry[1] as ByteLengthNode);
  }

  /** Reads the optional fields that stand for their bits: objects of many shapes make that slow. */
  private given(struct: StructNode, object: string): ReadonlyMap<string, string> {
    const own = struct.fields.filter(([, node]) => hasBitOfItsOwn(struct, node));
    return new Map(own.map(([name]) => [name, this.code.define(name, `${object}.${name}`)]));
  }

  /** A variable with the value of a field. */
  private value(name: string, frame: Frame): string {
    return frame.given.get(name) ?? this.code.define(name, `${frame.object}.${name}`);
  }

  private usesStart(struct: StructNode): boolean {
    return struct.fields.some(([, node]) => (node.kind === "byteLength" && node.from === undefined) || (node.kind === "pad" && node.to !== "size"));
  }

  private fields(frame: Frame, from: number, payload?: string): void {
    let tail: string | undefined;
    for (const [name, node] of frame.struct.fields.slice(from)) {
      if (frame.struct.fields.some(([, of]) => of.kind === "byteLength" && of.from === name)) frame.places.set(`from ${name}`, this.code.define("from", this.at()));
      const value = `${frame.object}.${name}`;
      if (node.kind === "optional") {
        this.sync();
        tail ??= this.code.variable("tail", "true");
        const goesOn = tail;
        this.refuseIf(`${value} !== undefined && !${goesOn}`);
        this.code.push(`${goesOn} = ${value} !== undefined;`);
        this.code.conditional(`if (${goesOn})`, () => {
          this.field(name, node.content, frame);
          this.sync();
        });
      } else if (name === payload && node.kind === "bytes") this.payload(name, node.extent, frame);
      else this.field(name, node, frame);
    }
  }

  private payload(name: string, extent: Extent, frame: Frame): void {
    const data = this.code.define(name, `${frame.object}.${name}`);
    this.refuseIf(`!(${data} instanceof Uint8Array)`);
    this.sync();
    if (extent.by === "prefix" && extent.int.form === "fixed") {
      this.fillPrefix(extent, "o", "0", `${data}.length`);
      this.code.push(`o += ${extent.int.size};`);
    } else if (extent.by === "fixed") this.refuseIf(`${data}.length !== ${extent.size}`);
    this.store(`if (!h) t.bytes.set(${data}, o);`);
    this.code.push(`o += ${data}.length;`);
  }

  private trailing(object: string): void {
    this.sync();
    const data = this.code.define("trailing", `${object}.trailing`);
    this.code.conditional(`if (${data} !== undefined)`, () => {
      this.refuseIf(`!(${data} instanceof Uint8Array)`);
      this.store(`t.bytes.set(${data}, o);`);
      this.code.push(`o += ${data}.length;`);
    });
  }

  private fillLength(frame: Frame, name: string, node: ByteLengthNode): void {
    const from = node.from === undefined ? frame.start : frame.places.get(`from ${node.from}`);
    const total = this.code.define(name, `${this.at()} - ${from}${node.bias === 0 ? "" : ` + ${node.bias}`}`);
    this.refuseIf(outOfRange(node.int, total));
    this.put(node.int as FixedInt, frame.places.get(name) as string, total);
  }

  /** A length of variable size goes before what it counts, so that is counted first. */
  private leadingLength(name: string, node: ByteLengthNode, frame: Frame): void {
    this.sync();
    const index = frame.struct.fields.findIndex(([field]) => field === name);
    const from = node.from === undefined ? 0 : frame.struct.fields.findIndex(([field]) => field === node.from);
    const before = from > index ? "" : `${this.at()} - ${node.from === undefined ? frame.start : frame.places.get(`from ${node.from}`)} + `;
    const others = this.count((dry) => {
      dry.fields({ ...frame, raws: new Map(frame.raws), places: new Map(), gathered: new Map() }, Math.max(from, index + 1));
      if (frame.struct.bounded) dry.trailing(frame.object);
    });
    const variable = (node.int as Extract<Int, { form: "variable" }>).name;
    const extent = this.code.define("extent", `ownExtent(${variable}, ${before}${others} + ${node.bias}, ${from <= index}, ${frame.object}.${name}Width)`);
    this.refuseIf(`${extent} < 0`);
    this.store(`${variable}.write(v, o, ${before}${others} + ${node.bias}${from <= index ? ` + ${extent}` : ""}, ${extent});`);
    this.code.push(`o += ${extent};`);
  }

  /** A variable with the bytes that `emit` would write. */
  private count(emit: (dry: WriteEmitter) => void): string {
    const size = this.code.variable("size", "0");
    this.code.scoped("", () => {
      this.code.push("let o = 0;");
      const dry = new WriteEmitter(this.code, true, this.failure, this.referenced);
      emit(dry);
      this.code.push(`${size} = ${dry.at()};`);
    });
    return size;
  }

  /** The value of an integer-like field as it goes on the wire, checked. */
  private raw(name: string, node: Extract<Node, { int: Int }>, frame: Frame): string {
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
        const present = struct.fields.map(([field, of]) => [field, presenceBit(of, name)] as const).filter(([, bit]) => bit !== 0);
        if (node.int.form === "fixed" && !this.referenced.has(name) && present.every(([field]) => frame.given.has(field))) {
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
        const cases = union.arms.map((arm) => `${value}.type === ${JSON.stringify(arm.name)} ? ${arm.value} : `).join("");
        const raw = this.code.define(name, `${value} === undefined ? 0 : ${cases}${value}.tag`);
        this.refuseIf(`${value} !== undefined && (${outOfRange(node.int, raw)} || ${value}.type === "unknown" && (${union.arms.map((arm) => `${raw} === ${arm.value}`).join(" || ")}))`);
        names.set(name, raw);
        return raw;
      }
      case "selector": {
        const of = `${object}.${selectedBy(struct, name)?.[0]}`;
        const raw = this.code.define(name, `${of}Width === undefined ? preferredSelector(${of} ?? 0) : selectedSizes.indexOf(${of}Width)`);
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
    else if (of.kind === "text") bytes = `textSize(${value}, "${of.encoding}", "${of.nul}")`;
    else if (node.int.form === "fixed" && node.unit === 1) return ""; // filled in afterwards
    else bytes = this.count((dry) => dry.content(field, of, frame));
    if (node.unit !== 1) bytes = this.code.define("bytes", bytes);
    if (node.unit !== 1) this.refuseIf(`${bytes} % ${node.unit} !== 0`);
    const raw = this.code.define(name, `${bytes}${node.unit === 1 ? "" : ` / ${node.unit}`}${node.bias === 0 ? "" : ` + ${node.bias}`}`);
    this.refuseIf(outOfRange(node.int, raw));
    return raw;
  }

  /** An integer-like field. */
  private integer(name: string, node: Extract<Node, { int: Int }>, frame: Frame): void {
    const { int } = node;
    const needed = !this.dry || int.form !== "fixed" || this.referenced.has(name);
    const raw = needed ? this.raw(name, node, frame) : "";
    const width = `${frame.object}.${name}Width`;
    switch (int.form) {
      case "bits":
        return;
      case "fixed":
        if (frame.gathered.has(name)) frame.places.set(name, this.code.define("place", this.at()));
        else if (raw === "" && node.kind === "length") {
          frame.places.set(name, this.code.define("place", this.at()));
          this.put(int, this.at(), String(node.bias));
        } else this.put(int, this.at(), raw);
        this.add += int.size;
        return;
      case "variable": {
        this.sync();
        const extent = this.code.define("extent", `${width} ?? ${int.name}.preferred(${raw})`);
        this.refuseIf(`!${int.name}.fits(${raw}, ${extent})`);
        this.store(`${int.name}.write(v, o, ${raw}, ${extent});`);
        this.code.push(`o += ${extent};`);
        return;
      }
      case "selected": {
        this.sync();
        const size = this.code.define("size", `${width} ?? selectedSizes[preferredSelector(${raw})]`);
        this.refuseIf(`${raw} >= 256 ** ${size} || selectedSizes[${frame.names.get(int.selector)}] !== ${size}`);
        this.store(`writeSelected(v, o, ${raw}, ${size});`);
        this.code.push(`o += ${size};`);
      }
    }
  }

  private field(name: string, node: Node, frame: Frame): void {
    if (node.kind === "byteLength") {
      if (node.int.form === "fixed") {
        frame.places.set(name, this.dry ? "" : this.code.define("place", this.at()));
        this.add += node.int.size;
      } else this.leadingLength(name, node, frame);
      return;
    }
    if ("int" in node) return this.integer(name, node, frame);
    const value = valueOf(name, frame);
    switch (node.kind) {
      case "pad":
        return this.pad(node, frame);
      case "when": {
        this.sync();
        const isGiven = frame.given.has(name);
        const condition = isGiven ? `${value} !== undefined` : conditionText(node.condition, frame.names);
        if (!isHidden(node) && !isGiven) this.refuseIf(`!(${condition}) && ${value} !== undefined`);
        this.code.conditional(`if (${condition})`, () => {
          if (node.condition.test === "flag") {
            const flags = frame.gathered.get(node.condition.field);
            if (flags !== undefined) this.code.push(`${flags} |= ${node.condition.mask};`);
          }
          this.field(name, node.content, frame);
          this.sync();
        });
        return;
      }
      case "either": {
        this.sync();
        const condition = conditionText(node.condition, frame.names);
        for (const [test, content] of [[condition, node.yes], [`!(${condition})`, node.no]] as const) {
          this.code.conditional(`if (${test})`, () => {
            this.field(name, content, { ...frame, raws: new Map(frame.raws) });
            this.sync();
          });
        }
        return;
      }
      case "optional":
        return this.field(name, node.content, frame);
      case "struct":
        return this.struct(node, this.value(name, frame), frame.names);
      default:
        return this.run(name, node, frame);
    }
  }

  private pad(node: PadNode, frame: Frame): void {
    const { size } = node;
    if (node.to !== "size") {
      this.sync();
      const stop = this.code.define("stop", padStop(node, frame.start));
      this.code.conditional(`if (o < ${stop})`, () => {
        this.store(`t.bytes.fill(0, o, ${stop});`);
        this.code.push(`o = ${stop};`);
      });
      return;
    }
    if (size > 16) this.store(`t.bytes.fill(0, ${this.at()}, ${this.at()} + ${size});`);
    else {
      for (let i = 0; i < size; ) {
        const step = size - i >= 4 ? 4 : 1;
        this.store(`v.setUint${step * 8}(o + ${this.add + i}, 0);`);
        i += step;
      }
    }
    this.add += size;
  }

  /** A field with an extent: prefix, content, and the length elsewhere that states its size. */
  private run(name: string, node: Extract<Node, { extent: unknown }>, frame: Frame): void {
    const { extent } = node;
    this.sync();
    let place: string | undefined;
    if (extent.by === "prefix" && extent.int.form === "fixed") {
      place = this.dry ? "" : this.code.define("place", "o");
      this.code.push(`o += ${extent.int.size};`);
      if (node.kind === "list" && !this.dry) {
        const total = this.code.define("total", `${valueOf(name, frame)}.length`);
        this.refuseIf(outOfRange(extent.int, total));
        this.put(extent.int, place, total);
      }
    }
    const begin = this.dry ? "" : this.code.define("begin", "o");
    this.content(name, node, frame);
    this.sync();
    if (!this.dry) {
      if (node.kind !== "list" && node.extent.by === "prefix") this.fillPrefix(node.extent, place as string, begin);
      else if (extent.by === "fixed" && node.kind !== "list") this.refuseIf(`o - ${begin} !== ${extent.size}`);
      else if (extent.by === "field") this.fillPlace(extent.field, begin, frame);
    }
    if (node.kind === "text" && node.nul === "after") this.terminate(node);
  }

  private fillPrefix(extent: Extract<Extent, { by: "prefix" }>, place: string, begin: string, end = "o"): void {
    if (extent.unit !== 1) this.refuseIf(`(${end} - ${begin}) % ${extent.unit} !== 0`);
    const raw = this.code.define("length", `(${end} - ${begin})${extent.unit === 1 ? "" : ` / ${extent.unit}`}${extent.bias === 0 ? "" : ` + ${extent.bias}`}`);
    this.refuseIf(outOfRange(extent.int, raw));
    this.put(extent.int as FixedInt, place, raw);
  }

  private fillPlace(length: string, begin: string, frame: Frame): void {
    const place = frame.places.get(length);
    const field = frame.struct.fields.find(([name]) => name === length)?.[1];
    const node = field === undefined ? undefined : unwrapped(field);
    if (place === undefined || node?.kind !== "length") return;
    const raw = this.code.define("length", `o - ${begin}${node.bias === 0 ? "" : ` + ${node.bias}`}`);
    this.refuseIf(outOfRange(node.int, raw));
    this.put(node.int as FixedInt, place, raw);
  }

  private terminate(node: TextNode): void {
    this.store(unit(node) === 2 ? "v.setUint16(o, 0);" : "v.setUint8(o, 0);");
    this.code.push(`o += ${unit(node)};`);
  }

  /** What a length counts: no prefix, no terminator outside the stated length. */
  content(name: string, node: Node, frame: Frame): void {
    const value = this.value(name, frame);
    switch (node.kind) {
      case "when":
      case "optional":
        this.code.conditional(`if (${value} !== undefined)`, () => {
          this.content(name, node.content, frame);
          this.sync();
        });
        return;
      case "either": {
        const condition = conditionText(node.condition, frame.names);
        for (const [test, content] of [[condition, node.yes], [`!(${condition})`, node.no]] as const) {
          this.code.conditional(`if (${test})`, () => {
            this.content(name, content, frame);
            this.sync();
          });
        }
        return;
      }
      case "bytes":
        this.refuseIf(`!(${value} instanceof Uint8Array)`);
        this.store(`t.bytes.set(${value}, o);`);
        this.code.push(`o += ${value}.length;`);
        return;
      case "text":
        return this.text(value, node);
      case "list":
        return this.list(value, node, frame);
      case "struct":
        return this.struct(node, value, frame.names);
      case "within":
        return this.struct(node.content, value, frame.names);
      case "union":
        return this.union(value, node, frame);
      default:
    }
  }

  private text(value: string, node: TextNode): void {
    const { encoding, nul, extent } = node;
    const end = textEnd(extent, nul);
    if (extent.by === "line") return this.line(value, end);
    this.refuseIf(`typeof ${value} !== "string"${encoding === "utf16" && end === "" ? "" : ` || !textFits(${value}, "${encoding}", ${JSON.stringify(end)})`}`);
    let size: string;
    if (extent.by === "fixed" && nul === "padded") {
      this.refuseIf(`textSize(${value}, "${encoding}", "${nul}") > ${extent.size}`);
      size = String(extent.size);
    } else size = this.code.define("size", `textSize(${value}, "${encoding}", "${nul}")${extent.by === "nul" ? ` + ${unit(node)}` : ""}`);
    this.store(`writeText(t, o, ${size}, ${value}, "${encoding}");`);
    this.code.push(`o += ${size};`);
  }

  private line(value: string, end: string): void {
    this.code.conditional(`if (${value} !== undefined)`, () => {
      this.refuseIf(`typeof ${value} !== "string" || !textFits(${value}, "latin1", ${JSON.stringify(end)})`);
      this.store(`writeText(t, o, ${value}.length + 2, ${value} + ${JSON.stringify(end)}, "latin1");`);
      this.code.push(`o += ${value}.length + 2;`);
    });
  }

  private list(value: string, node: ListNode, frame: Frame): void {
    this.refuseIf(`!Array.isArray(${value})`);
    if (node.extent.by === "fixed") this.refuseIf(`${value}.length !== ${node.extent.size}`);
    const size = fixedSize(node.element);
    if (this.dry && size !== undefined) {
      this.code.push(`o += ${value}.length * ${size};`);
      return;
    }
    this.code.scoped(`for (let i = 0; i < ${value}.length; i++)`, () => {
      // An element that is no object of its own is looked up as the field of a holder.
      const isStruct = node.element.kind === "struct";
      const object = this.code.define("item", isStruct ? `${value}[i]` : `{ element: ${value}[i] }`);
      if (isStruct) this.struct(node.element as StructNode, object, frame.names);
      else this.field("element", node.element, { ...frame, struct: { kind: "struct", fields: [], bounded: false }, object, raws: new Map(), places: new Map(), given: new Map(), gathered: new Map() });
      this.sync();
    });
  }

  private union(value: string, node: UnionNode, frame: Frame): void {
    this.code.push(`switch (${value}.type) {`);
    for (const arm of node.arms) {
      this.code.scoped(`case ${JSON.stringify(arm.name)}:`, () => {
        this.struct(arm.content, value, frame.names);
        this.sync();
        this.code.push("break;");
      });
    }
    this.code.scoped(`case "unknown":`, () => {
      const data = this.code.define("data", `${value}.data`);
      this.refuseIf(`!(${data} instanceof Uint8Array)`);
      this.store(`t.bytes.set(${data}, o);`);
      this.code.push(`o += ${data}.length;`, "break;");
    });
    if (!this.dry) this.code.push(`default: ${this.failure}`);
    this.code.push("}");
  }
}
