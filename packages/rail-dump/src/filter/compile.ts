import type { Message } from "@railvail/dissect";
import type { Checked } from "./check.js";
import { leafTest, type LeafTest } from "./leaf-test.js";
import { searchFields } from "./read-field.js";
import { metaReader } from "./read-meta.js";
import type { Reading } from "./reading.js";
import type { ValueTest } from "./value-test.js";

/** Whether a message passes a filter. */
export type MessageTest = (message: Message) => boolean;

/** `!=` holds if there is a value and none is equal; everything else if one value passes. */
const isUnequal = (test: ValueTest): boolean => test.kind === "compare" && test.comparison === "!=";

const isThere: LeafTest = () => true;

/** A filter as a function of the message. What it remembers is in `reading`. */
export function compile(checked: Checked, reading: Reading): MessageTest {
  switch (checked.kind) {
    case "and":
      return all(checked.of.map((one) => compile(one, reading)));
    case "or":
      return any(checked.of.map((one) => compile(one, reading)));
    case "not": {
      const inner = compile(checked.of, reading);
      return (message) => !inner(message);
    }
    case "truth": {
      const { truth } = checked;
      return () => truth;
    }
    case "messages": {
      const pdus: ReadonlySet<unknown> = new Set(checked.pdus);
      const [only] = checked.pdus;
      return pdus.size === 1 ? ({ pdu }) => pdu === only : ({ pdu }) => pdus.has(pdu);
    }
    case "meta": {
      const read = metaReader(checked.meta, reading);
      const test = leafTest(checked.test);
      const wanted = !isUnequal(checked.test);
      return (message) => {
        const value = read(message);
        return value !== undefined && test(value) === wanted;
      };
    }
    case "fields": {
      const search = searchFields(
        checked.of.map((one) => [one, leafTest(one.test)]),
        reading,
      );
      const [first] = checked.of;
      if (first === undefined || !isUnequal(first.test)) return search;
      const there = searchFields(
        checked.of.map((one) => [one, isThere]),
        reading,
      );
      return (message) => there(message) && !search(message);
    }
  }
}

function all(tests: readonly MessageTest[]): MessageTest {
  return (message) => {
    for (const test of tests) if (!test(message)) return false;
    return true;
  };
}

function any(tests: readonly MessageTest[]): MessageTest {
  return (message) => {
    for (const test of tests) if (test(message)) return true;
    return false;
  };
}
