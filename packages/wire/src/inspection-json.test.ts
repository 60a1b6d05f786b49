import fc from "fast-check";
import { expect, test } from "vitest";
import { choices } from "../../../test/laws.js";
import { samples } from "../testing/samples.js";
import {
  bytes,
  fixed,
  generate,
  hex,
  mutate,
  pdu,
  rest,
  sourceOf,
  Utf8Text,
  type Deviation,
  type FieldSpan,
  type Pdu,
} from "./index.js";

const all = samples.map((of) => [of.name, of as unknown as Pdu] as const);

/** A span as it stands in JSON. */
function plain({ value, children, ...span }: FieldSpan): object {
  const inJson = value instanceof Uint8Array ? hex(value) : typeof value === "bigint" ? String(value) : value;
  return {
    ...span,
    ...(value === undefined ? {} : { value: inJson }),
    ...(children === undefined ? {} : { fields: children.map(plain) }),
  };
}

function inspected(of: Pdu, bytes: Uint8Array): { fields: object[]; deviations: readonly Deviation[]; error?: string } {
  const { fields, deviations, error } = of.inspect(bytes);
  return { fields: fields.map(plain), deviations, ...(error === undefined ? {} : { error: error.message }) };
}

const written = (of: Pdu, bytes: Uint8Array, limit?: number): unknown =>
  JSON.parse(`{${of.inspectJson(sourceOf(bytes), 0, bytes.length, limit)}}`);

/** The same, written as bytes, of a message that stands somewhere in its source. */
function appended(of: Pdu, bytes: Uint8Array, limit?: number): string {
  const out = new Utf8Text(8);
  out.ascii("before");
  const source = sourceOf(Uint8Array.of(1, 2, 3, ...bytes, 4));
  of.writeInspection(out, source, 3, 3 + bytes.length, limit);
  return Buffer.from(out.written()).toString().slice(6);
}

test.each(all)("%s: the JSON says what inspect says, of good bytes and of bad", (_name, of) => {
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      const sent = of.encode(generate(of, choices(draw)));
      expect(written(of, sent)).toEqual(inspected(of, sent));
      expect(appended(of, sent)).toBe(of.inspectJson(sourceOf(sent), 0, sent.length));
      const bad = mutate(of, sent, choices(draw));
      expect(written(of, bad)).toEqual(inspected(of, bad));
      expect(appended(of, bad)).toBe(of.inspectJson(sourceOf(bad), 0, bad.length));
      expect(appended(of, bad, 3)).toBe(of.inspectJson(sourceOf(bad), 0, bad.length, 3));
    }),
  );
});

test("of a run longer than the limit only the place is written", () => {
  const of = pdu("RUN", "[TEST] 1", { small: bytes(fixed(2)), large: bytes(rest) }) as unknown as Pdu;
  expect(written(of, Uint8Array.of(1, 2, 3, 4, 5), 2)).toMatchObject({
    fields: [
      { name: "small", value: "0102" },
      { name: "large", offset: 2, length: 3 },
    ],
  });
  expect(of.inspectJson(sourceOf(Uint8Array.of(1, 2, 3, 4, 5)), 0, 5, 2)).not.toContain("030405");
  expect(of.inspectJson(sourceOf(Uint8Array.of(1, 2, 3, 4, 5)), 0, 5)).toContain('"value":"030405"');
});
