import { FilterError, type Stretch } from "./filter-error.js";
import { tokensOf } from "./lexer.js";
import type { Comparison, Expression, Literal, Member, Relation, Test } from "./syntax.js";
import type { Keyword, Mark, Token } from "./token.js";

/** Parentheses and negations within each other. */
const depthLimit = 100;

const comparisonOf: Readonly<Partial<Record<Mark | Keyword, Comparison>>> = {
  "==": "==",
  "!=": "!=",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
  eq: "==",
  ne: "!=",
  lt: "<",
  le: "<=",
  gt: ">",
  ge: ">=",
};

/** The tree of a filter. Throws {@link FilterError}. */
export function parseExpression(text: string): Expression {
  return new Parser(text).whole();
}

class Parser {
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
    this.tokens = tokensOf(text);
  }

  whole(): Expression {
    const expression = this.joined("or");
    if (this.next.kind !== "end") this.fail("'and', 'or' or the end of the filter is expected here");
    return expression;
  }

  private get next(): Token {
    return this.tokens[this.at] ?? { kind: "end", at: this.text.length, end: this.text.length };
  }

  private fail(message: string, stretch: Stretch = this.next): never {
    throw new FilterError(this.text, stretch, message);
  }

  /** The sign or the word that stands next. */
  private get sign(): Mark | Keyword | undefined {
    const { next } = this;
    return next.kind === "mark" ? next.mark : next.kind === "keyword" ? next.word : undefined;
  }

  private took(...signs: readonly (Mark | Keyword)[]): boolean {
    const { sign } = this;
    if (sign === undefined || !signs.includes(sign)) return false;
    this.at++;
    return true;
  }

  private need(sign: Mark): void {
    if (!this.took(sign)) this.fail(`'${sign}' is expected here`);
  }

  /** Where what was read ends. */
  private get end(): number {
    return this.tokens[this.at - 1]?.end ?? 0;
  }

  private joined(kind: "and" | "or"): Expression {
    const { at } = this.next;
    const read = (): Expression => (kind === "or" ? this.joined("and") : this.single());
    const of = [read()];
    while (kind === "or" ? this.took("or", "||") : this.took("and", "&&")) of.push(read());
    const [only] = of;
    return of.length === 1 && only !== undefined ? only : { kind, of, at, end: this.end };
  }

  private single(): Expression {
    const { at } = this.next;
    if (++this.depth > depthLimit) this.fail("the filter is nested too deeply");
    try {
      if (this.took("not", "!")) return { kind: "not", of: this.single(), at, end: this.end };
      if (this.took("true", "false")) {
        return { kind: "truth", truth: this.text.slice(at, this.end) === "true", at, end: this.end };
      }
      if (!this.took("(")) return this.test();
      const inner = this.joined("or");
      this.need(")");
      return inner;
    } finally {
      this.depth--;
    }
  }

  private test(): Test {
    const { next } = this;
    if (next.kind !== "name") this.fail("the name of a message or of a field is expected here");
    this.at++;
    const { at, end, name } = next;
    const mask: Literal[] = [];
    if (this.took("&")) {
      do mask.push(this.literal("the bits that are looked at are expected here"));
      while (this.took("|"));
    }
    const relation = this.relation();
    return { kind: "test", name: { text: name, at, end }, mask, relation, at, end: this.end };
  }

  private relation(): Relation | undefined {
    const { sign } = this;
    const comparison = sign === undefined ? undefined : comparisonOf[sign];
    if (comparison !== undefined) {
      this.at++;
      return { kind: "compare", comparison, value: this.literal() };
    }
    if (this.took("contains")) return { kind: "contains", value: this.literal() };
    if (this.took("matches", "~")) return { kind: "matches", value: this.literal() };
    return this.took("in") ? { kind: "in", members: this.members() } : undefined;
  }

  private members(): readonly Member[] {
    this.need("{");
    const members: Member[] = [];
    do {
      const value = this.literal();
      members.push(this.took("..") ? { kind: "range", from: value, to: this.literal() } : { kind: "one", value });
    } while (this.took(","));
    this.need("}");
    return members;
  }

  private literal(missing = "a value is expected here"): Literal {
    const { next } = this;
    const { at, end } = next;
    this.at++;
    switch (next.kind) {
      case "number":
        return { kind: "number", nano: next.nano, at, end };
      case "text":
        return { kind: "text", text: next.text, at, end };
      case "bytes":
        return { kind: "bytes", bytes: next.bytes, at, end };
      case "name":
        return { kind: "word", word: next.name, at, end };
      case "keyword":
        if (next.word === "true" || next.word === "false") {
          return { kind: "truth", truth: next.word === "true", at, end };
        }
        return this.fail(`${missing}; the word '${next.word}' as a value stands in quotation marks`, next);
      default:
        return this.fail(missing, next);
    }
  }
}
