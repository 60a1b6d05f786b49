import { complement, namedSet, notLineEnd, type CharacterSet, type Range } from "./character-set.js";
import { PatternError, type PatternNode } from "./pattern-syntax.js";

/** Groups within each other. */
const depthLimit = 50;
/** The largest number of repetitions that can be asked for. */
const repeatLimit = 1000;

const controls: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", f: "\f", v: "\v", "0": "\0" };
const hexEscape = /x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\}/iy;
const counts = /\{(\d{1,4})(?:(,)(\d{1,4})?)?\}/y;
const lastCodePoint = 0x10ffff;

/** The tree of a regular expression. Throws {@link PatternError}. */
export function parsePattern(text: string): PatternNode {
  return new PatternParser(text).whole();
}

class PatternParser {
  private readonly text: string;
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  whole(): PatternNode {
    const node = this.choice();
    if (this.at < this.text.length) this.fail("this parenthesis closes nothing");
    return node;
  }

  private fail(message: string, at = this.at): never {
    throw new PatternError(at, message);
  }

  private took(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private matched(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? undefined;
    if (found !== undefined) this.at = pattern.lastIndex;
    return found;
  }

  /** The next character, which is there. */
  private character(): number {
    const point = this.text.codePointAt(this.at) ?? 0;
    this.at += point > 0xffff ? 2 : 1;
    return point;
  }

  private choice(): PatternNode {
    const of = [this.sequence()];
    while (this.took("|")) of.push(this.sequence());
    return { kind: "choice", of };
  }

  private sequence(): PatternNode {
    const of: PatternNode[] = [];
    while (this.at < this.text.length && this.text[this.at] !== "|" && this.text[this.at] !== ")") {
      of.push(this.repeated());
    }
    return { kind: "sequence", of };
  }

  private repeated(): PatternNode {
    const { at } = this;
    const of = this.single();
    const from = this.at;
    const [least, most] = this.counts();
    if (least === undefined || most === undefined) return of;
    // A repetition that takes little rather than much is found where the other one is.
    this.took("?");
    if (of.kind !== "set" && of.kind !== "choice") this.fail("nothing can be repeated here", from);
    if (least > most) this.fail("more repetitions at least than at most", from);
    if (least > repeatLimit || (most > repeatLimit && most !== Number.POSITIVE_INFINITY)) {
      this.fail(`at most ${repeatLimit} repetitions can be asked for`, at);
    }
    return { kind: "repeat", of, least, most };
  }

  private counts(): readonly [number?, number?] {
    if (this.took("*")) return [0, Number.POSITIVE_INFINITY];
    if (this.took("+")) return [1, Number.POSITIVE_INFINITY];
    if (this.took("?")) return [0, 1];
    const found = this.matched(counts);
    if (found === undefined) return [];
    const [, least = "", comma, most] = found;
    return [Number(least), comma === undefined ? Number(least) : Number(most ?? Number.POSITIVE_INFINITY)];
  }

  private single(): PatternNode {
    const { at } = this;
    if (this.took("(")) return this.group(at);
    if (this.took("[")) return { kind: "set", set: this.class(at) };
    if (this.took(".")) return { kind: "set", set: notLineEnd };
    if (this.took("^")) return { kind: "start" };
    if (this.took("$")) return { kind: "end" };
    if (this.took("\\b")) return { kind: "edge" };
    if (this.took("\\B")) return { kind: "inside" };
    const character = this.text[at] ?? "";
    if ("*+?{}]".includes(character)) this.fail(`'${character}' as a character is written \\${character}`);
    return { kind: "set", set: this.text[at] === "\\" ? this.escape() : one(this.character()) };
  }

  private group(at: number): PatternNode {
    if (++this.depth > depthLimit) this.fail("the pattern is nested too deeply", at);
    if (this.took("?") && !this.took(":")) {
      this.fail("groups that look ahead or behind, or that have a name, are not supported", at);
    }
    const of = this.choice();
    if (!this.took(")")) this.fail("this parenthesis is not closed", at);
    this.depth--;
    return of;
  }

  /** A set in brackets, the first of which was read. */
  private class(at: number): CharacterSet {
    const negated = this.took("^");
    const ranges: Range[] = [];
    while (!this.took("]")) {
      if (this.at >= this.text.length) this.fail("this bracket is not closed", at);
      const from = this.at;
      const first = this.member();
      const [only] = first;
      if (this.text[this.at] !== "-" || this.text[this.at + 1] === "]" || only === undefined) {
        ranges.push(...first);
        continue;
      }
      this.at++;
      if (this.at >= this.text.length) this.fail("this bracket is not closed", at);
      const [last, more] = this.member();
      if (last === undefined || more !== undefined || first.length > 1 || only[0] !== only[1] || last[0] !== last[1]) {
        this.fail("a range goes from one character to another", from);
      }
      if (last[0] < only[0]) this.fail("this range ends before it begins", from);
      ranges.push([only[0], last[0]]);
    }
    return { ranges, negated };
  }

  private member(): readonly Range[] {
    if (this.took("\\b")) return one(8).ranges;
    if (this.text[this.at] !== "\\") return one(this.character()).ranges;
    const { ranges, negated } = this.escape();
    return negated ? complement(ranges) : ranges;
  }

  private escape(): CharacterSet {
    const { at } = this;
    this.at++;
    const found = this.matched(hexEscape);
    if (found !== undefined) {
      const point = Number.parseInt(found[1] ?? found[2] ?? found[3] ?? "", 16);
      if (point > lastCodePoint) this.fail("there is no such character", at);
      return one(point);
    }
    if (this.at >= this.text.length) this.fail("nothing is escaped here", at);
    const character = String.fromCodePoint(this.character());
    const set = namedSet(character);
    if (set !== undefined) return set;
    if (Object.hasOwn(controls, character)) return one((controls[character] ?? "").charCodeAt(0));
    if (/[0-9A-Za-z]/.test(character)) this.fail(`\\${character} is not supported`, at);
    return one(character.codePointAt(0) ?? 0);
  }
}

const one = (point: number): CharacterSet => ({ ranges: [[point, point]], negated: false });
