import type { FieldSpan } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { forMessages } from "../../testing/generated.js";
import { searchSpans } from "../filter/read-spans.js";
import { searchValue } from "../filter/read-value.js";
import type { Scalar } from "../filter/value-test.js";
import { catalogue } from "./catalogue.js";
import type { Field } from "./field.js";
import { fieldsOf } from "./message-fields.js";

const everyMessage = catalogue.map((message) => [`${message.package} ${message.exported}`, message.pdu] as const);

/** What a search finds. */
function found(search: (test: (value: Scalar) => boolean) => boolean): Scalar[] {
  const values: Scalar[] = [];
  search((value) => {
    values.push(value);
    return false;
  });
  return values;
}

const onWire = (field: Field, spans: readonly FieldSpan[]): Scalar[] =>
  found((test) => searchSpans(field, test)(spans));

function countLeaves(spans: readonly FieldSpan[]): number {
  return spans.reduce((sum, { children }) => sum + (children === undefined ? 1 : countLeaves(children)), 0);
}

test("the dictionary has every message", () => expect(catalogue.length).toBeGreaterThan(250));

describe("of each message", () => {
  test.each(everyMessage)("%s: paths are unique and start with names of fields", (_name, pdu) => {
    const paths = fieldsOf(pdu).map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    const names = pdu.node.fields.map(([name]) => name);
    for (const path of paths) {
      const [first = ""] = path.split(".");
      expect([...names, "trailing"].some((name) => first.startsWith(name))).toBe(true);
    }
  });

  test.each(everyMessage)(
    "%s: each leaf of a field tree is one field, with the value that is decoded",
    (_name, pdu) => {
      const fields = fieldsOf(pdu).filter(({ kind }) => kind !== "group");
      forMessages(pdu, 4, (bytes) => {
        const { fields: spans } = pdu.inspect(bytes);
        const value = pdu.decode(bytes);
        let named = 0;
        for (const field of fields) {
          const { path, wireOnly, type, constant, steps, optional } = field;
          const expected = onWire(field, spans);
          named += expected.length;
          if (constant !== undefined && steps.length === 1 && !optional) expect(expected).toEqual([constant]);
          // The arm of a union, and the tag of an unknown one, are not on the wire as such.
          if (wireOnly || type === "text") continue;
          const values = found((wanted) => searchValue(field, wanted)(value));
          if (values.length > 0 || expected.length > 0) expect({ path, values }).toEqual({ path, values: expected });
        }
        expect(named).toBe(countLeaves(spans));
      });
    },
  );
});
