import type { FieldSpan } from "@railvail/wire";
import type { Field, Step } from "../dictionary/field.js";
import type { LeafTest } from "./leaf-test.js";

/** Whether something in the fields of a message passes a test. */
export type SpanSearch = (fields: readonly FieldSpan[]) => boolean;

/** Looks for values of a field among the spans of a message: true as soon as one passes. */
export function searchSpans({ steps, kind }: Field, test: LeafTest): SpanSearch {
  return (fields) =>
    searching(fields, steps, 0, ({ value }) => (kind === "group" ? test(0) : value !== undefined && test(value)));
}

/** `fields` are those of what the steps before `from` lead to. */
function searching(
  fields: readonly FieldSpan[],
  steps: readonly Step[],
  from: number,
  leaf: (span: FieldSpan) => boolean,
): boolean {
  const step = steps[from];
  const next = steps[from + 1];
  for (const span of fields) {
    if (step?.to === "field" && span.name !== step.name) continue;
    if (step?.to === "each" && !span.name.endsWith(`]${step.beside}`)) continue;
    // An arm is the span of its union, with a type of its own.
    let at = from + 1;
    if (next?.to === "arm") {
      if (span.type !== next.name) continue;
      at++;
    }
    if (at === steps.length ? leaf(span) : searching(span.children ?? [], steps, at, leaf)) return true;
  }
  return false;
}
