import type { FixedInt, Int } from "../declaration/ints.js";
import type { StructNode, TextNode } from "../declaration/nodes.js";
import type { Code, Names } from "./code.js";

/** The condition under which an integer cannot hold `value`; it is also true of what is no integer. */
export function outOfRange(int: Int, value: string): string {
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
      return int.signed
        ? `${value} !== (${value} << ${spare}) >> ${spare}`
        : `${value} !== (${value} & ${2 ** (int.size * 8) - 1})`;
    }
  }
}

/** The bytes of a text without a NUL that follows it uncounted, as `textSize` has them. */
export function textSizeText({ encoding, nul }: TextNode, value: string): string {
  const terminated = nul === "always" ? `(${value}.length + 1)` : `(${value}.length && ${value}.length + 1)`;
  const units = nul === "always" || nul === "counted" ? terminated : `${value}.length`;
  return encoding === "utf16" ? `${units} * 2` : units;
}

/** What a struct needs while it is being emitted. */
export interface Frame {
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
export const valueOf = (name: string, frame: Frame): string => frame.given.get(name) ?? `${frame.object}.${name}`;

/**
 * Emits code that writes a value, or, when `dry`, code that only moves `o` as writing would: the
 * size of a value is a dry run. What does not fit goes to `failure`.
 */
export class WriteCursor {
  protected readonly code: Code;
  protected readonly dry: boolean;
  protected readonly failure: string;
  protected readonly referenced: ReadonlySet<string>;
  protected add = 0;

  constructor(code: Code, dry: boolean, failure: string, referenced: ReadonlySet<string>) {
    this.code = code;
    this.dry = dry;
    this.failure = failure;
    this.referenced = referenced;
  }

  protected at(): string {
    return this.add === 0 ? "o" : `o + ${this.add}`;
  }

  sync(): void {
    if (this.add !== 0) this.code.push(`o += ${this.add};`);
    this.add = 0;
  }

  protected store(line: string): void {
    if (!this.dry) this.code.push(line);
  }

  protected refuseIf(condition: string): void {
    if (!this.dry) this.code.push(`if (${condition}) ${this.failure}`);
  }

  /**
   * Refuses, in the dry run that comes before any writing, what is not of the right type: its length
   * must not size anything.
   */
  protected refuseUnless(condition: string): void {
    if (this.dry) this.code.push(`if (!(${condition})) ${this.failure}`);
  }

  protected put(int: FixedInt, at: string, value: string): void {
    if (int.size === 8 && int.littleEndian) return this.store(`writeU64(v, ${at}, ${value});`);
    this.store(`v.set${int.accessor}(${at}, ${value}${int.size === 1 ? "" : `, ${int.littleEndian}`});`);
  }

  /** A variable with the value of a field. */
  protected value(name: string, frame: Frame): string {
    return frame.given.get(name) ?? this.code.define(name, `${frame.object}.${name}`);
  }
}
