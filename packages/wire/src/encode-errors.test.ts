import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choices } from "../../../test/laws.js";
import { capabilities, channel, connect, event, lines, move, order, present, samples } from "../testing/samples.js";
import {
  Arena,
  atLeast,
  berLength,
  biased,
  bits,
  bytes,
  carrier,
  EncodeError,
  fixed,
  generate,
  i16,
  i32,
  i8,
  interpretEncode,
  latin1,
  length,
  line,
  list,
  optional,
  pdu,
  perInteger,
  perLength,
  prefixed,
  rest,
  selectedBy,
  selector,
  sized,
  u16,
  u16be,
  u32,
  u32be,
  u64,
  u8,
  utf16,
  when,
  type IntField,
  type Pdu,
} from "./index.js";

/** The message of the refusal, which the interpreter and every way to encode agree on. */
function refusal(of: Pdu, value: unknown): string {
  let message = "";
  try {
    interpretEncode(of, value);
  } catch (error) {
    expect(error).toBeInstanceOf(EncodeError);
    ({ message } = error as EncodeError);
  }
  for (const encode of [
    () => of.encode(value),
    () => of.encodeInto(value, new Arena(4)),
    () => of.segments(value, new Arena(4)),
  ]) {
    if (message !== "") expect(encode).toThrow(expect.objectContaining({ name: "EncodeError", message }));
    else expect(encode).not.toThrow();
  }
  return message;
}

const any = (of: unknown): Pdu => of as Pdu;

describe("integers out of range", () => {
  const kinds: readonly (readonly [string, IntField, number, number])[] = [
    ["u8", u8, 0, 0xff],
    ["u16", u16, 0, 0xffff],
    ["u32", u32, 0, 0xffff_ffff],
    ["i8", i8, -0x80, 0x7f],
    ["i16", i16, -0x8000, 0x7fff],
    ["i32", i32, -0x8000_0000, 0x7fff_ffff],
    ["u16be", u16be, 0, 0xffff],
    ["u32be", u32be, 0, 0xffff_ffff],
    ["perLength", perLength, 0, 0x7fff],
    ["perInteger", perInteger, 0, 0xffff_ffff],
    ["berLength", berLength, 0, 0xffff_ffff],
    ["biased", biased(u16be, 1001) as IntField, 1001, 1001 + 0xffff],
  ];

  test.each(kinds)("%s", (name, int, low, high) => {
    const Of = any(pdu("NUMBER", "[TEST] 1", { before: u8, value: int }));
    for (const value of [low, high]) expect(refusal(Of, { before: 1, value })).toBe("");
    const bias = name === "biased" ? 1001 : 0;
    for (const value of [low - 1, high + 1, low + 0.5, Number.NaN, Infinity, -Infinity, 2 ** 53]) {
      const shown = value - bias;
      expect(refusal(Of, { before: 1, value })).toBe(
        `NUMBER.value: value out of range: ${shown}, allowed ${low - bias} to ${high - bias}`,
      );
    }
    for (const value of ["1", 1n, null, true, {}, []])
      expect(refusal(Of, { before: 1, value })).toMatch(/^NUMBER\.value: value out of range: /);
    expect(refusal(Of, { before: 1 })).toBe("NUMBER.value: value missing");
  });

  test("u64 takes bigints of 64 bits and nothing else", () => {
    const Of = any(pdu("NUMBER", "[TEST] 2", { value: u64 }));
    for (const value of [0n, 0xffff_ffff_ffff_ffffn]) expect(refusal(Of, { value })).toBe("");
    for (const value of [-1n, 1n << 64n, 1, Number.NaN, "1"]) {
      expect(refusal(Of, { value })).toBe(
        `NUMBER.value: value out of range: ${value}, allowed bigint 0 to 18446744073709551615`,
      );
    }
  });

  test("bits of a carrier and integers of selected size", () => {
    const Of = any(
      pdu("PARTS", "[TEST] 3", {
        head: carrier(u8),
        cb: selector(bits("head", 0, 2)),
        low: bits("head", 2, 3),
        id: selectedBy("cb"),
      }),
    );
    expect(refusal(Of, { low: 7, id: 0xffff_ffff })).toBe("");
    expect(refusal(Of, { low: 8, id: 0 })).toBe("PARTS.low: value out of range: 8, allowed 0 to 7");
    expect(refusal(Of, { low: -1, id: 0 })).toBe("PARTS.low: value out of range: -1, allowed 0 to 7");
    expect(refusal(Of, { low: 0, id: 2 ** 32 })).toMatch(/: value out of range: 4294967296, allowed 0 to 4294967295$/);
  });
});

describe("what is too long", () => {
  test.each<[string, Pdu, unknown, string]>([
    [
      "a text for its fixed size",
      any(pdu("T", "[TEST] 4", { name: utf16(fixed(4), { nul: "padded" }) })),
      { name: "abc" },
      "T.name: too long: 6, at most 4",
    ],
    [
      "bytes for their fixed size",
      any(pdu("T", "[TEST] 4", { data: bytes(fixed(2)), end: u8 })),
      { data: new Uint8Array(3), end: 1 },
      "T.data: too long: 3, at most 2",
    ],
    [
      "a list for its fixed size",
      any(pdu("T", "[TEST] 4", { ids: list(u8, fixed(2)) })),
      { ids: [1, 2, 3] },
      "T.ids: too long: 3, at most 2",
    ],
    [
      "a text for its prefix",
      any(pdu("T", "[TEST] 4", { name: latin1(prefixed(u8)), end: u8 })),
      { name: "x".repeat(256), end: 1 },
      "T.name: value out of range: 256, allowed 0 to 255",
    ],
    [
      "a text for its length",
      any(pdu("T", "[TEST] 4", { cb: length(u8), name: latin1(sized("cb")) })),
      { name: "x".repeat(256) },
      "T.cb: value out of range: 256, allowed 0 to 255",
    ],
    [
      "a message for its length",
      any(move),
      { windowId: 1, left: 0, top: 0, trailing: new Uint8Array(0x1_0000) },
      "MOVE.orderLength: value out of range: 65548, allowed 0 to 65535",
    ],
    [
      "more events than four bits count",
      any(event),
      { events: Array.from({ length: 16 }, () => ({ eventFlags: 0, body: { type: "sync" } })) },
      "EVENTS.numberEvents: value out of range: 16, allowed 0 to 15",
    ],
  ])("%s", (_name, of, value, message) => expect(refusal(of, value)).toBe(message));
});

describe("what contradicts itself", () => {
  const Tail = any(
    pdu("TAIL", "[TEST] 5", { version: u8, a: when(atLeast("version", 2), u8), b: optional(u8), c: optional(u8) }),
  );
  const Lines = any(pdu("LINE", "[TEST] 6", { line, end: u8 }));

  test.each<[string, Pdu, unknown, string]>([
    [
      "a flag that follows from the fields",
      any(order),
      { fieldsPresent: 2, windowId: 1 },
      "ORDER.fieldsPresent: bits 0x10e follow from the fields and cannot be given",
    ],
    [
      "a flag that is always set",
      any(lines),
      { state: 0x100 },
      "LINES.state: bits 0x102 follow from the fields and cannot be given",
    ],
    [
      "a conditional field without its condition",
      Tail,
      { version: 1, a: 1 },
      "TAIL.a: given although its condition does not hold",
    ],
    ["a condition without its field", Tail, { version: 2 }, "TAIL.a: value missing"],
    ["an optional field after an absent one", Tail, { version: 1, c: 1 }, "TAIL.c: given although b before it is not"],
    [
      "an unknown tag that is known",
      any(capabilities),
      { sets: [{ body: { type: "unknown", tag: 2, data: new Uint8Array(0) } }] },
      "CAPABILITIES.sets[0].body: tag 2 is known",
    ],
    [
      "an arm that is not declared",
      any(capabilities),
      { sets: [{ body: { type: "other" } }] },
      "CAPABILITIES.sets[0].body: value out of range: other, allowed the name of an arm, or unknown",
    ],
    [
      "an unknown tag without its bytes",
      any(capabilities),
      { sets: [{ body: { type: "unknown", tag: 9 } }] },
      "CAPABILITIES.sets[0].body: value missing",
    ],
    [
      "a width the integer does not fit",
      any(pdu("W", "[TEST] 7", { n: berLength })),
      { n: 200, nWidth: 1 },
      "W.n: 200 does not fit 1 bytes",
    ],
    [
      "a width that is no number of bytes",
      any(pdu("W", "[TEST] 7", { n: berLength })),
      { n: 5, nWidth: 2.5 },
      "W.n: 5 does not fit 2.5 bytes",
    ],
    [
      "a width that no selector has",
      any(channel),
      { priority: 0, channelId: 1, channelIdWidth: 3, data: new Uint8Array(0) },
      "CHANNEL.cbId: an integer of 3 bytes cannot be selected",
    ],
    [
      "bytes that are not a multiple of the unit",
      any(pdu("U", "[TEST] 8", { data: bytes(prefixed(u8, { unit: 2 })), end: u8 })),
      { data: new Uint8Array(3), end: 1 },
      "U.data: 3 bytes are not a multiple of 2",
    ],
    [
      "a character that latin1 has not",
      Lines,
      { line: "Ā", end: 1 },
      "LINE.line: value out of range: Ā, allowed characters up to 0xff without what ends it",
    ],
    [
      "a line with the end of a line in it",
      Lines,
      { line: "a\r\nb", end: 1 },
      "LINE.line: value out of range: a\r\nb, allowed characters up to 0xff without what ends it",
    ],
    [
      "what a length counts",
      any(connect),
      { initiator: 1001, user: { magic: 300, left: 0 } },
      "CONNECT.user.magic: value out of range: 300, allowed 0 to 255",
    ],
    ["an object that is missing", any(connect), { initiator: 1001 }, "CONNECT.user: value missing"],
    ["no value at all", any(present), undefined, "PRESENT: value missing"],
    ["null", any(present), null, "PRESENT: value out of range: null, allowed an object"],
  ])("%s", (_name, of, value, message) => expect(refusal(of, value)).toBe(message));
});

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
