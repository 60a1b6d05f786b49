import type { Message } from "@railvail/dissect";
import type { Pdu } from "@railvail/wire";
import type { LeafTest } from "./leaf-test.js";
import type { FieldOf } from "./operand.js";
import { searchSpans } from "./read-spans.js";
import { searchValue } from "./read-value.js";
import type { Reading } from "./reading.js";

/** Whether a message has a value of a field that passes a test. */
export type MessageSearch = (message: Message) => boolean;

type ValueSearch = (message: Message, value: unknown) => boolean;

/** A search in messages of one declaration; they are decoded, and can be. */
function searchDecoded({ field }: FieldOf, test: LeafTest, reading: Reading): ValueSearch {
  if (field.wireOnly) {
    const { constant, steps, optional } = field;
    // What a message must have to be read needs no look.
    if (constant !== undefined && steps.length === 1 && !optional) return () => test(constant);
    const search = searchSpans(field, test);
    return (message) => search(reading.spans(message));
  }
  const search = searchValue(field, test);
  return (_message, value) => search(value);
}

/**
 * A search for values of fields, each of which passes a test of its own. A message without any of
 * these fields is not decoded; one that cannot be read has no fields.
 */
export function searchFields(tests: readonly (readonly [FieldOf, LeafTest])[], reading: Reading): MessageSearch {
  const byPdu = new Map<Pdu, ValueSearch[]>();
  for (const [of, test] of tests) {
    const search = searchDecoded(of, test, reading);
    const searches = byPdu.get(of.message.pdu);
    if (searches === undefined) byPdu.set(of.message.pdu, [search]);
    else searches.push(search);
  }
  return (message) => {
    const { pdu } = message;
    const searches = pdu === undefined ? undefined : byPdu.get(pdu);
    if (searches === undefined || message.trouble !== undefined) return false;
    const { value } = message;
    for (const search of searches) if (search(message, value)) return true;
    return false;
  };
}
