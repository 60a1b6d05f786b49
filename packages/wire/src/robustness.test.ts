import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { capabilities, event, order, present, reset, samples } from "../testing/samples.js";
import {
  block,
  byteLength,
  bytes,
  count,
  counted,
  DecodeError,
  fixed,
  interpretDecode,
  latin1,
  length,
  line,
  list,
  pdu,
  prefixed,
  rest,
  sized,
  sourceOf,
  struct,
  tag,
  u16,
  u32,
  u64,
  u8,
  union,
  utf16,
  within,
  type Pdu,
} from "./index.js";

const any = (of: unknown): Pdu => of as Pdu;
const most = "ffffffff";
const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));

/** Messages of a few bytes that state the largest numbers there are. */
const hostile: readonly (readonly [string, Pdu, string])[] = [
  ["a count", any(present), `0e000000 14000000 0000000000000000 ${most}`],
  ["a length of the message", any(present), `0e000000 ${most} 0000000000000000 00000000`],
  ["the number in front of a list", any(reset), `0e00 0a000000 ${most}`],
  ["a list inside a message that goes on", any(order), `2e 0d00 00010001 01000000 ffff`],
  ["a count of blocks", any(capabilities), "ffff 0000 0200 0400"],
  ["the length of a block", any(capabilities), "0100 0000 0200 ffff"],
  [
    "a length of text",
    any(pdu("TEXT", "[TEST] 1", { cb: length(u32, { unit: 2 }), name: utf16(sized("cb")) })),
    `${most} 6100`,
  ],
  [
    "a length in units",
    any(pdu("UNITS", "[TEST] 2", { data: bytes(prefixed(u32, { unit: 0x1_0000 })), end: u8 })),
    `${most} 00`,
  ],
  [
    "a list of large elements",
    any(pdu("LARGE", "[TEST] 3", { ids: list(bytes(fixed(0x7fff_ffff)), prefixed(u32)) })),
    most,
  ],
  [
    "a list counted by itself, of empty texts",
    any(pdu("EMPTIES", "[TEST] 4", { n: count(u32), ids: list(latin1(prefixed(u8)), counted("n")) })),
    `${most} 000000`,
  ],
  [
    "lists in lists in lists",
    any(
      pdu("NESTED", "[TEST] 5", {
        a: list(struct({ b: list(struct({ c: list(u64, prefixed(u32)) }), prefixed(u32)) }), prefixed(u32)),
      }),
    ),
    `01000000 01000000 ${most}`,
  ],
  [
    "lengths in lengths",
    any(
      pdu("BLOCKS", "[TEST] 6", {
        a: block({
          l: byteLength(u32),
          b: block({ l: byteLength(u32), c: within(prefixed(u32), { d: bytes(rest) }) }),
        }),
      }),
    ),
    `10000000 0c000000 ${most} 00000000`,
  ],
  [
    "the length of an arm",
    any(pdu("ARM", "[TEST] 7", { t: tag(u8), a: union("t", { one: [1, { data: bytes(rest) }] }, prefixed(u32)) })),
    `01 ${most} 00`,
  ],
  [
    "the length of an arm that is not known",
    any(pdu("ARM", "[TEST] 8", { t: tag(u8), a: union("t", { one: [1, {}] }, prefixed(u32)) })),
    `09 ${most} 00`,
  ],
];

/** How many bytes more are in use after `work`, arrays without elements included. */
function memoryOf(work: () => void): number {
  const before = process.memoryUsage();
  work();
  const after = process.memoryUsage();
  return Math.max(0, after.heapTotal - before.heapTotal) + Math.max(0, after.arrayBuffers - before.arrayBuffers);
}

describe("a number that is not true takes no memory and no time", () => {
  test.each(hostile)("%s", (_name, of, input) => {
    const source = sourceOf(fromHex(input));
    const end = source.bytes.length;
    const used = memoryOf(() => {
      for (let round = 0; round < 20; round++) {
        expect(() => of.read(source, 0, end)).toThrow(DecodeError);
        expect(() => interpretDecode(of, source, 0, end)).toThrow(DecodeError);
        expect(of.inspect(source, 0, end).error).toBeInstanceOf(DecodeError);
      }
    });
    expect(used).toBeLessThan(64 * 2 ** 20);
  });

  test.each(hostile)("%s, where the chunk goes on behind the message", (_name, of, input) => {
    const head = fromHex(input);
    const source = sourceOf(Uint8Array.from([...head, ...new Uint8Array(100_000)]));
    expect(() => of.read(source, 0, head.length)).toThrow(DecodeError);
  });
});

// Whatever takes time in the square of its input runs into the time limit of the test.
describe("time is in proportion to the input", () => {
  const Names = pdu("NAMES", "[TEST] 9", { names: list(latin1(fixed(8), { nul: "padded" }), rest) });
  const Strings = pdu("STRINGS", "[TEST] 10", { strings: list(latin1(prefixed(u8)), rest) });
  const Lines = pdu("LINES", "[TEST] 11", { records: list(struct({ id: u8, line, more: line }), rest) });
  const Deep = pdu("DEEP", "[TEST] 12", { sets: list(block({ l: byteLength(u16), ids: list(u8, rest) }), rest) });

  test.each<[string, Pdu, (size: number) => Uint8Array]>([
    ["padded texts without a NUL", any(Names), (size) => new Uint8Array(size).fill(0x61)],
    ["empty strings", any(Strings), (size) => new Uint8Array(size)],
    ["empty blocks", any(Deep), (size) => Uint8Array.from({ length: size }, (_, i) => (i % 2 === 0 ? 2 : 0))],
    [
      "events of one byte",
      any(event),
      (size) => Uint8Array.of(0x3d, 0x80 | (size >> 8), size & 0xff, ...new Uint8Array(size - 3)),
    ],
  ])("%s", (_name, of, make) => {
    const { fields } = of.inspect(make(of === any(event) ? 32_000 : 200_000));
    expect(fields.length).toBeGreaterThan(0);
  });

  test("a field is not looked for behind the message", () => {
    const chunk = sourceOf(new Uint8Array(2 ** 22).fill(0x61));
    const One = pdu("ONE", "[TEST] 13", { name: latin1(fixed(8), { nul: "padded" }) });
    // Searching four megabytes each time would take minutes.
    for (let round = 0; round < 20_000; round++) {
      expect(One.read(chunk, 0, 8).name).toHaveLength(8);
      Lines.read(chunk, 0, 3);
    }
  });

  test("deeply nested trees can be walked", () => {
    const input = new Uint8Array(60_000).fill(0).map((_, i) => (i % 2 === 0 ? 2 : 0));
    const { fields, error } = Deep.inspect(input);
    expect(error).toBeUndefined();
    expect(fields[0]).toMatchObject({ name: "sets", length: 60_000 });
  });
});

describe("any bytes", () => {
  test.each(samples.map((of) => [of.name, any(of)] as const))("%s: a value or a DecodeError", (_name, of) => {
    const numbers = fc.constantFrom(0, 1, 2, 0x7f, 0x80, 0x81, 0xfe, 0xff);
    fc.assert(
      fc.property(fc.array(fc.oneof(numbers, fc.nat(255)), { maxLength: 80 }), (input) => {
        const { error } = of.inspect(Uint8Array.from(input));
        if (error !== undefined) expect(() => of.decode(Uint8Array.from(input))).toThrow(error.message);
        else expect(of.decode(Uint8Array.from(input))).toStrictEqual(of.inspect(Uint8Array.from(input)).value);
      }),
    );
  });
});
