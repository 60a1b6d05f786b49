import fc from "fast-check";
import type { Expression, Literal, Member, Relation, Test } from "../src/filter/syntax.js";

const nowhere = { at: 0, end: 0 };

export const numberLiteral = (value: bigint): Literal => ({ kind: "number", nano: value * 1_000_000_000n, ...nowhere });
export const textLiteral = (text: string): Literal => ({ kind: "text", text, ...nowhere });
export const bytesLiteral = (bytes: Uint8Array): Literal => ({ kind: "bytes", bytes, ...nowhere });

export const testOf = (text: string, mask: readonly Literal[], relation: Relation | undefined): Test => ({
  kind: "test",
  name: { text, ...nowhere },
  mask,
  relation,
  ...nowhere,
});

/** Filters made of tests. */
export const joined = (test: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> =>
  fc.letrec<{ one: Expression }>((tie) => ({
    one: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      test,
      fc.boolean().map((truth): Expression => ({ kind: "truth", truth, ...nowhere })),
      tie("one").map((of): Expression => ({ kind: "not", of, ...nowhere })),
      fc
        .tuple(fc.constantFrom("and" as const, "or" as const), fc.array(tie("one"), { minLength: 2, maxLength: 4 }))
        .map(([kind, of]): Expression => ({ kind, of, ...nowhere })),
    ),
  })).one;

const word = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/).filter((text) => !reserved.has(text));
const reserved: ReadonlySet<string> = new Set(
  "and or not in contains matches true false eq ne lt le gt ge r".split(" "),
);

/** Any text, lone surrogates and controls among it. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 })
  .map((units) => String.fromCharCode(...units));

const literal: fc.Arbitrary<Literal> = fc.oneof(
  fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }).map(numberLiteral),
  fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).map((nano): Literal => ({ kind: "number", nano, ...nowhere })),
  anyText.map(textLiteral),
  fc.uint8Array({ minLength: 1, maxLength: 5 }).map(bytesLiteral),
  word.map((text): Literal => ({ kind: "word", word: text, ...nowhere })),
  fc.boolean().map((truth): Literal => ({ kind: "truth", truth, ...nowhere })),
);

const member: fc.Arbitrary<Member> = fc.oneof(
  literal.map((value): Member => ({ kind: "one", value })),
  fc.tuple(literal, literal).map(([from, to]): Member => ({ kind: "range", from, to })),
);

const relation: fc.Arbitrary<Relation | undefined> = fc.oneof(
  fc.constant(undefined),
  fc
    .tuple(fc.constantFrom("==", "!=", "<", "<=", ">", ">=" as const), literal)
    .map(([comparison, value]): Relation => ({ kind: "compare", comparison: comparison as "==", value })),
  literal.map((value): Relation => ({ kind: "contains", value })),
  literal.map((value): Relation => ({ kind: "matches", value })),
  fc.array(member, { minLength: 1, maxLength: 4 }).map((members): Relation => ({ kind: "in", members })),
);

/** Any filter that can be written, whether or not its names stand for something. */
export const anyExpression: fc.Arbitrary<Expression> = joined(
  fc
    .tuple(fc.array(word, { minLength: 1, maxLength: 4 }), fc.array(literal, { maxLength: 2 }), relation)
    .map(([names, mask, of]) => testOf(names.join("."), mask, of)),
);

/** The same tree without places in a text. */
export function withoutPlaces(tree: unknown): unknown {
  if (tree instanceof Uint8Array || typeof tree !== "object" || tree === null) return tree;
  if (Array.isArray(tree)) return (tree as unknown[]).map(withoutPlaces);
  const entries = Object.entries(tree).map(([key, value]): [string, unknown] => [
    key,
    key === "at" || key === "end" ? 0 : withoutPlaces(value),
  ]);
  return Object.fromEntries(entries);
}
