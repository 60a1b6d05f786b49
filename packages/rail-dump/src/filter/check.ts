import type { Pdu } from "@railvail/wire";
import { plainName } from "../dictionary/message-names.js";
import { checkTest } from "./check-test.js";
import { FilterError } from "./filter-error.js";
import type { Meta } from "./meta-names.js";
import type { FieldOf, Operand } from "./operand.js";
import { resolveName } from "./resolve.js";
import type { Expression, Test } from "./syntax.js";
import { fieldTarget, metaTarget } from "./target.js";
import type { ValueTest } from "./value-test.js";

/** A filter whose names and types are right. */
export type Checked =
  | { readonly kind: "and" | "or"; readonly of: readonly Checked[] }
  | { readonly kind: "not"; readonly of: Checked }
  | { readonly kind: "truth"; readonly truth: boolean }
  | { readonly kind: "messages"; readonly pdus: readonly Pdu[] }
  | { readonly kind: "meta"; readonly meta: Meta; readonly test: ValueTest }
  | { readonly kind: "fields"; readonly of: readonly (FieldOf & { readonly test: ValueTest })[] };

/** Finds what the names of a filter stand for, and whether they can be asked so. Throws {@link FilterError}. */
export function check(text: string, expression: Expression): Checked {
  switch (expression.kind) {
    case "and":
    case "or":
      return { kind: expression.kind, of: expression.of.map((one) => check(text, one)) };
    case "not":
      return { kind: "not", of: check(text, expression.of) };
    case "truth":
      return { kind: "truth", truth: expression.truth };
    case "test":
      return checkNamed(text, expression);
  }
}

/** What a name in a filter stands for. Throws {@link FilterError}. */
export function operandOf(text: string, { at, end, text: name }: Test["name"]): Operand {
  const operand = resolveName(name);
  if (operand.kind !== "unresolved") return operand;
  throw new FilterError(text, { at: at + operand.at, end: Math.min(at + operand.end, end) }, operand.message);
}

function checkNamed(text: string, test: Test): Checked {
  const operand = operandOf(text, test.name);
  switch (operand.kind) {
    case "meta":
      return { kind: "meta", meta: operand.meta, test: checkTest(text, test, metaTarget(operand.meta)) };
    case "messages": {
      const [message] = operand.of;
      if (test.relation !== undefined || test.mask.length > 0) {
        const example = message === undefined ? "" : `: ${plainName(message)}.…`;
        throw new FilterError(text, test, `a message is there or not; name one of its fields${example}`);
      }
      return { kind: "messages", pdus: operand.of.map(({ pdu }) => pdu) };
    }
    case "fields":
      return { kind: "fields", of: checkFields(text, test, operand.of) };
  }
}

/**
 * Fields of one name can be of several types: those that the test does not suit are left out, as
 * long as it suits one.
 */
function checkFields(text: string, test: Test, fields: readonly FieldOf[]): readonly (FieldOf & { test: ValueTest })[] {
  const out: (FieldOf & { test: ValueTest })[] = [];
  let mistake: FilterError | undefined;
  // What a field with names of values complains about tells most: it suggests some.
  let named = false;
  for (const one of fields) {
    const target = fieldTarget(one.field);
    try {
      out.push({ ...one, test: checkTest(text, test, target) });
    } catch (error) {
      if (!(error instanceof FilterError)) throw error;
      if (mistake === undefined || (!named && target.names !== undefined)) mistake = error;
      named ||= target.names !== undefined;
    }
  }
  if (out.length === 0 && mistake !== undefined) throw mistake;
  return out;
}
