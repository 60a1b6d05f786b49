import type { Condition, StructNode } from "../declaration/nodes.js";

/** What is kept of a message while it is read: numbers of fields, and where fields start. */
export interface Kept {
  readonly numbers: (number | undefined)[];
  readonly positions: number[];
}

type Look<T> = (kept: Kept) => T;

/** How many slots a message needs in all; counted while its plan is made. */
export interface SlotCount {
  total: number;
}

/**
 * Where the numbers of a structure are kept while it is read: names are looked up once, when the
 * plan is made. A name of the structure hides the same name around it.
 */
export class Slots {
  private readonly own = new Map<string, number>();
  private readonly first: number;
  private readonly last: number;
  private readonly outer: Slots | undefined;
  private readonly count: SlotCount;

  constructor(struct: StructNode, outer: Slots | undefined, count: SlotCount) {
    this.outer = outer;
    this.count = count;
    this.first = count.total;
    for (const [name] of struct.fields) this.own.set(name, count.total++);
    this.last = count.total;
  }

  /** A slot without a name. */
  unnamed(): number {
    return this.count.total++;
  }

  /** The slot of a name of this structure. */
  ownSlot(name: string): number | undefined {
    return this.own.get(name);
  }

  /** Forgets what an earlier structure of the same plan left. */
  clear({ numbers, positions }: Kept): void {
    for (let slot = this.first; slot < this.last; slot++) {
      numbers[slot] = undefined;
      positions[slot] = -1;
    }
  }

  /** Reads a number by its name; undefined if it was not read. */
  number(name: string): Look<number | undefined> {
    const slot = this.find(name);
    return slot === undefined ? () => undefined : ({ numbers }) => numbers[slot];
  }

  condition(of: Condition): Look<boolean> {
    switch (of.test) {
      case "flag": {
        const number = this.number(of.field);
        return (kept) => ((number(kept) ?? 0) & of.mask) !== 0;
      }
      case "masked": {
        const number = this.number(of.field);
        return (kept) => ((number(kept) ?? 0) & of.mask) >>> 0 === of.value;
      }
      case "equals": {
        const number = this.number(of.field);
        const values: ReadonlySet<number | undefined> = new Set(of.values);
        return (kept) => values.has(number(kept));
      }
      case "atLeast": {
        const number = this.number(of.field);
        return (kept) => (number(kept) ?? 0) >= of.value;
      }
      case "not": {
        const inner = this.condition(of.of);
        return (kept) => !inner(kept);
      }
      case "all":
      case "any": {
        const each = of.of.map((one) => this.condition(one));
        return of.test === "all"
          ? (kept) => each.every((holds) => holds(kept))
          : (kept) => each.some((holds) => holds(kept));
      }
    }
  }

  private find(name: string): number | undefined {
    return this.own.get(name) ?? this.outer?.find(name);
  }
}
