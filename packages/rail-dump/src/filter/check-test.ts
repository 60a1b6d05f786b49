import { bitsRange, convert, maskOf, type Use } from "./check-value.js";
import { FilterError, type Stretch } from "./filter-error.js";
import { PatternError, patternTest } from "./pattern.js";
import type { Literal, Member, Relation, Test } from "./syntax.js";
import type { Target } from "./target.js";
import type { Scalar, ValueTest } from "./value-test.js";

/** What is asked of the values of a target. `text` is the whole filter. Throws {@link FilterError}. */
export function checkTest(text: string, test: Test, target: Target): ValueTest {
  return new Checker(text, test, target).test();
}

class Checker {
  private readonly text: string;
  private readonly written: Test;
  private readonly target: Target;

  constructor(text: string, written: Test, target: Target) {
    this.text = text;
    this.written = written;
    this.target = target;
  }

  test(): ValueTest {
    const { mask, relation } = this.written;
    const bits = this.mask(mask);
    if (relation === undefined) return bits === undefined ? { kind: "there" } : { kind: "bits", mask: bits };
    switch (relation.kind) {
      case "compare":
        return this.compare(relation, bits);
      case "in":
        return this.among(relation.members, bits);
      case "contains":
        return this.contains(relation.value);
      case "matches":
        return this.matches(relation.value);
    }
  }

  private fail(stretch: Stretch, message: string): never {
    throw new FilterError(this.text, stretch, message);
  }

  private get isNumber(): boolean {
    return this.target.kind === "number" || this.target.kind === "wide";
  }

  private get isOrdered(): boolean {
    return this.isNumber || this.target.kind === "time";
  }

  private mask(literals: readonly Literal[]): number | bigint | undefined {
    const [first] = literals;
    if (first === undefined) return undefined;
    if (!this.isNumber) this.fail(first, `only numbers have bits: this is ${this.target.type}`);
    const converted = maskOf(literals, this.target);
    if ("complaint" in converted)
      this.fail({ at: first.at, end: literals.at(-1)?.end ?? first.end }, converted.complaint);
    return converted.scalar as number | bigint;
  }

  private value(literal: Literal, use: Use, masked: boolean): Scalar {
    const { target } = this;
    const converted = convert(literal, masked ? { ...target, range: bitsRange(target) } : target, use);
    if ("complaint" in converted) this.fail(literal, converted.complaint);
    return converted.scalar;
  }

  private compare(
    { comparison, value }: Extract<Relation, { kind: "compare" }>,
    mask: number | bigint | undefined,
  ): ValueTest {
    const equality = comparison === "==" || comparison === "!=";
    if (value.kind === "truth") {
      if (!this.isNumber || !equality || mask !== undefined) {
        this.fail(value, "only a number is true or false, and only == and != ask for it");
      }
      return { kind: "truth", truth: value.truth === (comparison === "==") };
    }
    const scalar = this.value(value, "whole", mask !== undefined);
    if (!equality && !this.isOrdered) this.fail(this.written, `${this.target.type} has no order: use == or !=`);
    return { kind: "compare", mask, comparison, value: scalar };
  }

  private among(members: readonly Member[], mask: number | bigint | undefined): ValueTest {
    const values: Scalar[] = [];
    const ranges: (readonly [Scalar, Scalar])[] = [];
    for (const member of members) {
      if (member.kind === "one") {
        values.push(this.value(member.value, "whole", mask !== undefined));
        continue;
      }
      const stretch = { at: member.from.at, end: member.to.end };
      const [from, to] = [member.from, member.to].map((end) => this.value(end, "whole", mask !== undefined));
      if (from === undefined || to === undefined || !this.isOrdered) {
        this.fail(stretch, `${this.target.type} has no order: name single values`);
      }
      if (from > to) this.fail(stretch, "this range ends before it begins");
      ranges.push([from, to]);
    }
    return { kind: "in", mask, values, ranges };
  }

  private contains(literal: Literal): ValueTest {
    const { kind, type } = this.target;
    if (kind !== "text" && kind !== "bytes")
      this.fail(this.written, `only text and bytes contain something: this is ${type}`);
    return { kind: "contains", value: this.value(literal, "part", false) as string | Uint8Array };
  }

  private matches(literal: Literal): ValueTest {
    const { kind, type } = this.target;
    if (kind !== "text") this.fail(this.written, `only text matches a pattern: this is ${type}`);
    if (literal.kind !== "text") this.fail(literal, "a pattern stands in quotation marks");
    try {
      return { kind: "matches", test: patternTest(literal.text) };
    } catch (error) {
      if (error instanceof PatternError) this.fail(literal, `the pattern cannot be read: ${error.message}`);
      throw error;
    }
  }
}
