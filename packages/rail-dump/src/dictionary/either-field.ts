import type { Field } from "./field.js";

/** A field that stands on the wire in one of two ways; its values are of one kind. */
export const eitherField = (one: Field, other: Field): Field => ({
  ...one,
  type: one.type === other.type ? one.type : `${one.type} or ${other.type}`,
  role: one.role === other.role ? one.role : `${one.role} or ${other.role}`,
  values: one.values ?? other.values,
  flags: one.flags ?? other.flags,
  range: widest(one.range, other.range),
  constant: undefined,
});

function widest(one: Field["range"], other: Field["range"]): Field["range"] {
  if (one === undefined || other === undefined) return one ?? other;
  return [one[0] < other[0] ? one[0] : other[0], one[1] > other[1] ? one[1] : other[1]];
}
