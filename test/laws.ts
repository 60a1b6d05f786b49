import {
  DeclarationError,
  DecodeError,
  generate,
  interpretDecode,
  interpretEncode,
  mutate,
  sourceOf,
  tilingFault,
  deviationRules,
  Utf8Text,
  type Choice,
  type Pdu,
  type Source,
  type ViewOf,
} from "@railvail/wire";
import fc from "fast-check";
import { expect } from "vitest";

/** fast-check's values as choices, so that a failure shrinks. */
export const choices = (draw: fc.GeneratorValue): Choice => ({
  int: (low, high) => draw(fc.integer, { min: low, max: high }),
});

type Outcome = { readonly value: unknown } | { readonly error: DecodeError };

function outcome(decode: () => unknown): Outcome {
  try {
    return { value: decode() };
  } catch (error) {
    if (error instanceof DecodeError) return { error };
    throw error;
  }
}

/** A view, if all fields of the PDU can be viewed. */
function viewOf(pdu: Pdu): ViewOf<unknown> | undefined {
  try {
    return pdu.view();
  } catch (error) {
    if (error instanceof DeclarationError) return undefined;
    throw error;
  }
}

/** The field tree that is written fast is that of the interpreter. */
function sameTree(pdu: Pdu, source: Source): void {
  const out = new Utf8Text(0);
  pdu.writeInspection(out, source, 0, source.bytes.length);
  expect(Buffer.from(out.written()).toString()).toBe(pdu.inspectJson(source, 0, source.bytes.length));
}

/** What must hold for any bytes, valid or not. */
function holdsForBytes(pdu: Pdu, bytes: Uint8Array): Outcome {
  const source = sourceOf(bytes);
  sameTree(pdu, source);
  const emitted = outcome(() => pdu.read(source, 0, bytes.length));
  const interpreted = outcome(() => interpretDecode(pdu, source, 0, bytes.length));
  const inspection = pdu.inspect(bytes);
  const view = viewOf(pdu);
  const viewed = outcome(() => view?.wrap(source, 0, bytes.length));
  if ("error" in emitted || "error" in interpreted) {
    if (view !== undefined) expect(describe(viewed)).toBe(describe(emitted));
    expect({ emitted: describe(emitted) }).toEqual({ emitted: describe(interpreted) });
    expect(inspection.error).toBeInstanceOf(DecodeError);
    expect(inspection.error?.offset).toBeLessThanOrEqual(bytes.length);
    return emitted;
  }
  expect(emitted.value).toStrictEqual(interpreted.value);
  for (const [name, value] of Object.entries(emitted.value as Record<string, unknown>)) {
    if (view === undefined || name === "trailing") continue;
    expect({ [name]: (view as unknown as Record<string, unknown>)[name] }).toEqual({ [name]: value });
  }
  expect(tilingFault(inspection.fields, bytes.length)).toBe(-1);
  const again = pdu.encode(emitted.value);
  expect(again).toEqual(interpretEncode(pdu, emitted.value));
  const explained = inspection.deviations.some(({ rule }) => deviationRules[rule].lossy);
  if (!explained) expect(again).toEqual(bytes);
  return emitted;
}

const describe = (of: Outcome): string => ("error" in of ? of.error.message : "decoded");

/** What must hold for every declaration; `runs` random values and as many mutated messages. */
export function holdsForPdu(pdu: Pdu, runs: number): void {
  fc.assert(
    fc.property(fc.gen(), (draw) => {
      const choice = choices(draw);
      const value = generate(pdu, choice);
      const bytes = pdu.encode(value);
      expect(bytes.length).toBe(pdu.size(value));
      const decoded = holdsForBytes(pdu, bytes);
      expect("value" in decoded && decoded.value).toEqual(value);
      expect(pdu.encode((decoded as { value: unknown }).value)).toEqual(bytes);
      expect(() => JSON.parse(pdu.toJson(value)) as unknown).not.toThrow();
      if (pdu.delimited) {
        for (let length = 0; length < bytes.length; length += bytes.length > 64 ? choice.int(1, 16) : 1) {
          expect("error" in outcome(() => pdu.decode(bytes.subarray(0, length))), `prefix of ${length}`).toBe(true);
        }
      }
      let bad = bytes;
      for (let round = choice.int(1, 3); round > 0; round--) bad = mutate(pdu, bad, choice);
      holdsForBytes(pdu, bad);
    }),
    { numRuns: runs },
  );
}
