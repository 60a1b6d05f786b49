import { fixedSize, noFields, unit } from "../declaration/layout.js";
import type { ListNode, Node, PadNode, StructNode, TextNode, UnionNode } from "../declaration/nodes.js";
import { textEnd } from "../text.js";
import { padStop, type Names } from "./code.js";
import { conditionText } from "./conditions.js";
import { RawValues } from "./raw-values.js";
import { textSizeText, type Frame } from "./write-cursor.js";

/** Emits the writing of contents: what a length counts, without prefix and terminator. */
export abstract class WriteContents extends RawValues {
  /** Emits a structure; see `WriteEmitter`. */
  abstract struct(struct: StructNode, object: string, outer: Names | undefined, payload?: string): void;
  protected abstract field(name: string, node: Node, frame: Frame): void;

  /** What a length counts: no prefix, no terminator outside the stated length. */
  protected content(name: string, node: Node, frame: Frame): void {
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
        for (const [test, content] of [
          [condition, node.yes],
          [`!(${condition})`, node.no],
        ] as const) {
          this.code.conditional(`if (${test})`, () => {
            this.content(name, content, frame);
            this.sync();
          });
        }
        return;
      }
      case "bytes":
        this.refuseUnless(`${value} instanceof Uint8Array`);
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
    this.refuseUnless(`typeof ${value} === "string"`);
    if (encoding === "latin1" || end !== "")
      this.refuseIf(`!textFits(${value}, "${encoding}", ${JSON.stringify(end)})`);
    let size: string;
    if (extent.by === "fixed" && nul === "padded") {
      this.refuseIf(`${textSizeText(node, value)} > ${extent.size}`);
      size = String(extent.size);
    } else
      size = this.code.define("size", `${textSizeText(node, value)}${extent.by === "nul" ? ` + ${unit(node)}` : ""}`);
    this.store(`writeText(t, o, ${size}, ${value}, "${encoding}");`);
    this.code.push(`o += ${size};`);
  }

  private line(value: string, end: string): void {
    this.code.conditional(`if (${value} !== undefined)`, () => {
      this.refuseUnless(`typeof ${value} === "string"`);
      this.refuseIf(`!textFits(${value}, "latin1", ${JSON.stringify(end)})`);
      this.store(`writeText(t, o, ${value}.length + 2, ${value} + ${JSON.stringify(end)}, "latin1");`);
      this.code.push(`o += ${value}.length + 2;`);
    });
  }

  protected pad(node: PadNode, frame: Frame): void {
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
      for (let i = 0; i < size;) {
        const step = size - i >= 4 ? 4 : 1;
        this.store(`v.setUint${step * 8}(o + ${this.add + i}, 0);`);
        i += step;
      }
    }
    this.add += size;
  }

  private list(value: string, node: ListNode, frame: Frame): void {
    this.refuseUnless(`Array.isArray(${value})`);
    if (node.extent.by === "fixed") this.refuseIf(`${value}.length !== ${node.extent.size}`);
    const size = fixedSize(node.element);
    if (this.dry && size !== undefined) {
      this.code.push(`o += ${value}.length * ${size};`);
      return;
    }
    this.code.scoped(`for (let i = 0; i < ${value}.length; i++)`, () => {
      // An element that is no object of its own is looked up as the field of a holder.
      const { element } = node;
      const isStruct = element.kind === "struct";
      const object = this.code.define("item", isStruct ? `${value}[i]` : `{ element: ${value}[i] }`);
      if (isStruct) this.struct(element, object, frame.names);
      else
        this.field("element", element, {
          ...frame,
          struct: noFields,
          object,
          raws: new Map(),
          places: new Map(),
          given: new Map(),
          gathered: new Map(),
        });
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
      this.refuseUnless(`${data} instanceof Uint8Array`);
      this.store(`t.bytes.set(${data}, o);`);
      this.code.push(`o += ${data}.length;`, "break;");
    });
    if (!this.dry) this.code.push(`default: ${this.failure}`);
    this.code.push("}");
  }
}
