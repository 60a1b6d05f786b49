import { fixedSize, minSize, noFields, unit } from "../declaration/layout.js";
import type { Extent, ListNode, Node, StructNode, TextNode, UnionNode } from "../declaration/nodes.js";
import type { Names } from "./code.js";
import { ReadCursor } from "./read-cursor.js";

/** Emits the reading of what has an extent: text, lists, unions, structures in a run of bytes. */
export abstract class ReadRuns extends ReadCursor {
  /** Emits a structure; see `ReadEmitter`. */
  abstract struct(struct: StructNode, outer: Names | undefined, region: string | undefined): string;
  /** Emits one field; see `ReadEmitter`. */
  abstract field(
    name: string,
    node: Node,
    names: Names,
    struct: StructNode,
    start: string,
    properties: string[],
  ): string;

  /** Emits code that stops at `end` and moves there. */
  protected inside(end: string, body: () => string): string {
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
  protected extent(name: string, extent: Extent, names: Names): string {
    if (extent.by === "fixed") {
      this.need(extent.size);
      this.sync();
      return String(extent.size);
    }
    let size: string;
    if (extent.by === "prefix") {
      const { raw } = this.integer(`${name}Length`, extent.int, names);
      this.sync();
      size =
        extent.bias === 0 && extent.unit === 1
          ? raw
          : this.code.define("size", `(${raw} - ${extent.bias}) * ${extent.unit}`);
      if (extent.bias > 0) this.refuseIf(`${size} < 0`);
    } else {
      this.sync();
      if (extent.by === "rest") return this.code.define("size", `${this.end} - o`);
      size = this.code.define("size", extent.by === "field" ? `${names.get(extent.field)} ?? 0` : "0");
    }
    this.refuseIf(`${this.end} - o < ${size}`);
    return size;
  }

  protected text(name: string, node: TextNode, names: Names): string {
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

  protected list(name: string, node: ListNode, names: Names): string {
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
    else
      total = this.code.define(
        "total",
        extent.by === "fixed" ? String(extent.size) : `${names.get(extent.field)} ?? 0`,
      );
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

  protected union(name: string, node: UnionNode, names: Names): string {
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
      this.code.push(
        "default:",
        `${value} = { type: "unknown", tag: ${tag}, data: s.bytes.subarray(o, ${end}) };`,
        `o = ${end};`,
        "}",
      );
      return value;
    };
    if (!isInline) return this.inside(end, body);
    body();
    this.moved();
    return value;
  }
}
