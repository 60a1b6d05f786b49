import type { Field, Step } from "./field.js";

/** Whether the steps from `step` on have the names from `part` on; arms may be left out. */
function leads(steps: readonly Step[], step: number, parts: readonly string[], part: number): boolean {
  const at = steps[step];
  if (at === undefined) return part === parts.length;
  if (at.to === "each") {
    if (at.beside === "") return leads(steps, step + 1, parts, part);
    return at.beside.toLowerCase() === parts[part] && leads(steps, step + 1, parts, part + 1);
  }
  if (at.name === parts[part] && leads(steps, step + 1, parts, part + 1)) return true;
  // A field of an arm is named with the arm or without it; an arm itself is not left out.
  return at.to === "arm" && step + 1 < steps.length && leads(steps, step + 1, parts, part);
}

/** The fields that a dotted path names: several where arms of a union have fields of one name. */
export const findFields = (fields: readonly Field[], parts: readonly string[]): readonly Field[] =>
  fields.filter(({ steps }) => leads(steps, 0, parts, 0));
