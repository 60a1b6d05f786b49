import type { PadNode, StructNode } from "../declaration/nodes.js";

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

/** Where a pad ends that depends on what stands before it. */
export function padStop(node: PadNode, start: string): string {
  return node.to === "total"
    ? `${start} + ${node.size}`
    : `o + (${node.size} - (o - ${start}) % ${node.size}) % ${node.size}`;
}
