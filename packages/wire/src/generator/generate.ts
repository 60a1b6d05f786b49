import { intRange, type Int } from "../declaration/ints.js";
import { dependentOf, isHidden, presenceBit, derivedBits, unionOf } from "../declaration/layout.js";
import type { Extent, ListExtent, Names, Node, StructNode, TextNode } from "../declaration/nodes.js";
import { holds, innerScope, type Scope } from "../interpreter/scope.js";
import type { Pdu } from "../pdu.js";

/** A source of choices: a random generator, or fast-check's, which can then shrink them. */
export interface Choice {
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
}

/** A value that the PDU can encode; what it is follows from the choices alone. */
export function generate<T>(pdu: Pdu<T>, choice: Choice): T {
  return new Generator(choice).struct(pdu.node, undefined) as T;
}

class Generator {
  private readonly choice: Choice;

  constructor(choice: Choice) {
    this.choice = choice;
  }

  private chance(oneIn: number): boolean {
    return this.choice.int(1, oneIn) === 1;
  }

  private pick<T>(from: readonly T[]): T {
    return from[this.choice.int(0, from.length - 1)] as T;
  }

  struct(struct: StructNode, outer: Scope | undefined): Record<string, unknown> {
    const scope = innerScope(struct, outer);
    const value: Record<string, unknown> = {};
    /** Presence is decided where the flags stand, because other fields may look at them. */
    const present = new Map<string, boolean>();
    let tail = true;
    for (const [name, node] of struct.fields) {
      if (node.kind === "tag") this.tag(struct, name, scope);
      else if (node.kind === "count") {
        const list = dependentOf(struct, name)?.[0] ?? "";
        present.set(`${list}#`, true);
        scope.set(list, this.choice.int(0, 3));
        scope.set(name, scope.number(list));
      } else if (node.kind === "int" && node.flags !== undefined)
        value[name] = this.flags(struct, name, node.int, node.flags, present, scope);
      else if (node.kind === "optional") {
        tail &&= !this.chance(4);
        if (tail) value[name] = this.field(name, node.content, struct, scope);
      } else if (node.kind === "when" && !isHidden(node)) {
        const there = present.get(name) ?? holds(node.condition, scope);
        if (there) value[name] ??= this.field(name, node.content, struct, scope);
      } else if (!isHidden(node)) value[name] ??= this.field(name, node, struct, scope);
    }
    return value;
  }

  /** Which arm it will be: the fields of the arm may look at those that stand before it. */
  private tag(struct: StructNode, name: string, scope: Scope): void {
    const arms = unionOf(struct, name)?.[1].arms ?? [];
    scope.set(name, this.pick(arms).value);
  }

  private flags(
    struct: StructNode,
    name: string,
    int: Int,
    names: Names,
    present: Map<string, boolean>,
    scope: Scope,
  ): number {
    const derived = derivedBits(struct, name);
    const top = Number(intRange(int)[1]);
    let given = 0;
    for (const mask of Object.values(names)) if (mask <= top && this.chance(3)) given = (given | mask) >>> 0;
    given = (given & ~derived) >>> 0;
    const own = struct.fields.find(([field]) => field === name)?.[1];
    let all = given | (own?.kind === "int" ? (own.always ?? 0) : 0);
    // Fields that share a bit are there together.
    const decided = new Map<number, boolean>();
    for (const [field, node] of struct.fields) {
      const bit = presenceBit(node, name);
      if (bit === 0) continue;
      const there = decided.get(bit) ?? this.chance(2);
      decided.set(bit, there);
      present.set(field, there);
      if (there) all |= bit;
    }
    scope.set(name, all >>> 0);
    return given;
  }

  private field(name: string, node: Node, struct: StructNode, scope: Scope): unknown {
    switch (node.kind) {
      case "int": {
        const value = this.integer(node.int, node.values ?? node.flags);
        if (typeof value === "number") scope.set(name, value + node.bias);
        return typeof value === "number" ? value + node.bias : value;
      }
      case "bytes":
        return this.bytes(this.size(node.extent));
      case "text":
        return node.extent.by === "line" && this.chance(3) ? undefined : this.text(node, this.size(node.extent));
      case "list":
        return Array.from({ length: this.elements(name, node.extent, scope) }, () =>
          this.field("", node.element, struct, scope),
        );
      case "struct":
        return this.struct(node, scope);
      case "within":
        return this.struct(node.content, scope);
      case "union": {
        const arm = node.arms.find(({ value }) => value === scope.number(node.tag));
        return arm === undefined ? undefined : { type: arm.name, ...this.struct(arm.content, scope) };
      }
      case "when":
        return holds(node.condition, scope) ? this.field(name, node.content, struct, scope) : undefined;
      case "either":
        return this.field(name, holds(node.condition, scope) ? node.yes : node.no, struct, scope);
      case "optional":
        return this.field(name, node.content, struct, scope);
      default:
        return undefined;
    }
  }

  private integer(int: Int, names: Names | undefined): number | bigint {
    const [low, high] = intRange(int);
    if (typeof low === "bigint") {
      const half = (): bigint => BigInt(this.choice.int(0, 0xffff_ffff));
      return this.chance(3) ? this.pick([low, 1n, high as bigint]) : (half() << 32n) | half();
    }
    const known = Object.values(names ?? {}).filter((value) => value >= low && value <= Number(high));
    if (known.length > 0 && !this.chance(4)) return this.pick(known);
    return this.chance(3) ? this.pick([low, 0, 1, Number(high)]) : this.choice.int(low, Number(high));
  }

  private size(extent: Extent | { readonly by: "inline" }): number {
    return extent.by === "fixed" ? extent.size : this.choice.int(0, 6);
  }

  private elements(name: string, extent: ListExtent, scope: Scope): number {
    if (extent.by === "fixed") return extent.size;
    return extent.by === "count" ? scope.number(name) : this.choice.int(0, 3);
  }

  private bytes(size: number): Uint8Array {
    return Uint8Array.from({ length: size }, () => this.choice.int(0, 255));
  }

  private text(node: TextNode, size: number): string {
    const wide = node.encoding === "utf16";
    const units = node.extent.by === "fixed" && wide ? size >> 1 : size;
    const length = node.nul === "padded" ? this.choice.int(0, Math.min(units, 8)) : units;
    let text = "";
    for (let i = 0; i < length; i++)
      text += String.fromCharCode(
        this.choice.int(node.extent.by === "line" ? 0x20 : 1, wide && this.chance(4) ? 0xffff : 0x7e),
      );
    return text;
  }
}
