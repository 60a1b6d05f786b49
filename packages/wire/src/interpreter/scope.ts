import type { Condition, StructNode } from "../declaration/nodes.js";

/** The named numbers of a structure and of those around it, for lengths, counts and conditions. */
export class Scope {
  private readonly names = new Map<string, number | undefined>();
  private readonly outer: Scope | undefined;

  /** `own` are the names of the structure, which hide those of the same name around it. */
  constructor(outer: Scope | undefined, own: Iterable<string>) {
    this.outer = outer;
    for (const name of own) this.names.set(name, undefined);
  }

  set(name: string, value: number): void {
    this.names.set(name, value);
  }

  get(name: string): number | undefined {
    return this.names.has(name) ? this.names.get(name) : this.outer?.get(name);
  }

  /** An absent field counts as 0. */
  number(name: string): number {
    return this.get(name) ?? 0;
  }
}

export function holds(condition: Condition, scope: Scope): boolean {
  switch (condition.test) {
    case "flag":
      return (scope.number(condition.field) & condition.mask) !== 0;
    case "masked":
      return (scope.number(condition.field) & condition.mask) >>> 0 === condition.value;
    case "equals": {
      const value = scope.get(condition.field);
      return value !== undefined && condition.values.includes(value);
    }
    case "atLeast":
      return scope.number(condition.field) >= condition.value;
    case "not":
      return !holds(condition.of, scope);
    case "all":
      return condition.of.every((each) => holds(each, scope));
    case "any":
      return condition.of.some((each) => holds(each, scope));
  }
}

/** The scope inside a structure. */
export function innerScope(struct: StructNode, outer: Scope | undefined): Scope {
  return new Scope(
    outer,
    struct.fields.map(([name]) => name),
  );
}
