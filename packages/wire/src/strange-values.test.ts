import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choices } from "../../../test/laws.js";
import { refusal } from "../testing/refusal.js";
import { move, samples } from "../testing/samples.js";
import { bytes, generate, list, pdu, prefixed, rest, u32, u8, utf16, type Pdu } from "./index.js";

const any = (of: unknown): Pdu => of as Pdu;

/** Places of a value that can be put something else into. */
function places(value: unknown): { readonly holder: Record<string, unknown>; readonly key: string }[] {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...places(holder[key])]);
}

const strange: readonly unknown[] = [
  undefined,
  null,
  Number.NaN,
  -1,
  0.5,
  2 ** 32,
  2 ** 60,
  Infinity,
  -1n,
  1n << 70n,
  true,
  "",
  "x\0Ā\r\n",
  Symbol("s"),
  [],
  [undefined],
  {},
  Object.create(null),
  { type: "unknown", tag: -1 },
  { type: "__proto__" },
  () => 1,
  new Date(0),
  new Uint8Array(3),
  new Uint16Array(2),
  new Map(),
];

describe("values that are not what the declaration says", () => {
  test.each(
    [...samples, any(pdu("RAW", "[TEST] 9", { head: u8, data: bytes(rest) }))].map((of) => [of.name, any(of)] as const),
  )("%s: bytes or an EncodeError, the same from all", (_name, of) => {
    fc.assert(
      fc.property(fc.gen(), (draw) => {
        const choice = choices(draw);
        const value = generate(of, choice);
        const all = places(value);
        const place = all[choice.int(0, Math.max(0, all.length - 1))];
        if (place !== undefined) place.holder[place.key] = strange[choice.int(0, strange.length - 1)];
        refusal(of, value);
      }),
      { numRuns: 300 },
    );
  });
});

describe("what looks like bytes and is none", () => {
  const Raw = any(pdu("RAW", "[TEST] 10", { head: u8, data: bytes(rest) }));
  const huge = { length: 1e13 };

  test.each<[string, Pdu, unknown]>([
    ["as payload", Raw, { head: 1, data: huge }],
    ["as trailing bytes", any(move), { windowId: 1, left: 0, top: 0, trailing: huge }],
    ["as a list", any(pdu("LIST", "[TEST] 11", { ids: list(u32, prefixed(u32)) })), { ids: huge }],
    ["as text", any(pdu("TEXT", "[TEST] 12", { name: utf16(prefixed(u32)) })), { name: huge }],
  ])("%s does not decide how much memory is taken", (_name, of, value) => {
    expect(refusal(of, value)).toContain("value out of range: a value of type object");
  });
});
