import type { FixedInt, Int } from "../declaration/ints.js";
import { isHidden, unit, unwrapped } from "../declaration/layout.js";
import type { ByteLengthNode, Extent, Node, StructNode, TextNode } from "../declaration/nodes.js";
import { Names } from "./code.js";
import { conditionText, hasBitOfItsOwn } from "./conditions.js";
import { WriteContents } from "./write-contents.js";
import { outOfRange, valueOf, type Frame } from "./write-cursor.js";

/**
 * Emits code that writes a value, or, when `dry`, code that only moves `o` as writing would: the
 * size of a value is a dry run. What does not fit goes to `failure`.
 */
export class WriteEmitter extends WriteContents {
  /** The fields of a structure; `payload` is left out of what is written when `h` is set. */
  struct(struct: StructNode, object: string, outer: Names | undefined, payload?: string): void {
    const frame: Frame = {
      struct,
      object,
      names: new Names(struct, outer),
      raws: new Map(),
      places: new Map(),
      given: this.given(struct, object),
      gathered: new Map(),
      start: this.usesStart(struct) ? this.code.define("start", this.at()) : "",
    };
    this.fields(frame, 0, payload);
    if (struct.bounded) this.trailing(object);
    for (const [name, node] of struct.fields) {
      const all = frame.gathered.get(name);
      if (all !== undefined && node.kind === "int")
        this.put(node.int as FixedInt, frame.places.get(name) as string, all);
    }
    const entry = struct.fields.find(([, node]) => node.kind === "byteLength" && node.int.form === "fixed");
    if (entry !== undefined && !this.dry) this.fillLength(frame, entry[0], entry[1] as ByteLengthNode);
  }

  /** Reads the optional fields that stand for their bits: objects of many shapes make that slow. */
  private given(struct: StructNode, object: string): ReadonlyMap<string, string> {
    const own = struct.fields.filter(([, node]) => hasBitOfItsOwn(struct, node));
    return new Map(own.map(([name]) => [name, this.code.define(name, `${object}.${name}`)]));
  }

  private usesStart(struct: StructNode): boolean {
    return struct.fields.some(
      ([, node]) =>
        (node.kind === "byteLength" && node.from === undefined) || (node.kind === "pad" && node.to !== "size"),
    );
  }

  private fields(frame: Frame, from: number, payload?: string): void {
    let tail: string | undefined;
    for (const [name, node] of frame.struct.fields.slice(from)) {
      if (frame.struct.fields.some(([, of]) => of.kind === "byteLength" && of.from === name))
        frame.places.set(`from ${name}`, this.code.define("from", this.at()));
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
    this.refuseUnless(`${data} instanceof Uint8Array`);
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
      this.refuseUnless(`${data} instanceof Uint8Array`);
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
    const before =
      from > index
        ? ""
        : `${this.at()} - ${node.from === undefined ? frame.start : frame.places.get(`from ${node.from}`)} + `;
    const others = this.count((dry) => {
      dry.fields(
        { ...frame, raws: new Map(frame.raws), places: new Map(), gathered: new Map() },
        Math.max(from, index + 1),
      );
      if (frame.struct.bounded) dry.trailing(frame.object);
    });
    const variable = (node.int as Extract<Int, { form: "variable" }>).name;
    const extent = this.code.define(
      "extent",
      `ownExtent(${variable}, ${before}${others} + ${node.bias}, ${from <= index}, ${frame.object}.${name}Width)`,
    );
    this.refuseIf(`${extent} < 0`);
    this.store(
      `${variable}.write(v, o, ${before}${others} + ${node.bias}${from <= index ? ` + ${extent}` : ""}, ${extent});`,
    );
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

  protected field(name: string, node: Node, frame: Frame): void {
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
        for (const [test, content] of [
          [condition, node.yes],
          [`!(${condition})`, node.no],
        ] as const) {
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
    const raw = this.code.define(
      "length",
      `(${end} - ${begin})${extent.unit === 1 ? "" : ` / ${extent.unit}`}${extent.bias === 0 ? "" : ` + ${extent.bias}`}`,
    );
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

  protected override contentSize(name: string, node: Node, frame: Frame): string {
    return this.count((dry) => dry.content(name, node, frame));
  }
}
