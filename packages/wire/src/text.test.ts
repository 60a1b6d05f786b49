import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import {
  fixed,
  hex,
  latin1,
  line,
  nul,
  pdu,
  prefixed,
  rest,
  sourceOf,
  u8,
  useHost,
  utf16,
  type Host,
} from "./index.js";
import { findLineEnd, findNul, textFits, textSize } from "./text.js";

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const node: Host = {
  utf16: (bytes, start, end) => asBuffer(bytes).toString("utf16le", start, end),
  latin1: (bytes, start, end) => asBuffer(bytes).toString("latin1", start, end),
  hex: (bytes) => asBuffer(bytes).toString("hex"),
};

const Wide = pdu("WIDE", "[TEST] 1", { before: u8, text: utf16(rest) });
const Narrow = pdu("NARROW", "[TEST] 2", { before: u8, text: latin1(rest) });
const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(" ", ""), "hex"));
const around = [16, 32, 4096, 8192].flatMap((units) => [units - 2, units - 1, units, units + 1, units + 2]);
const lengths = [0, 1, 2, 3, ...around];

afterEach(() => useHost(undefined));

describe("the host gives what the loop gives", () => {
  test.each(lengths)("%d units", (units) => {
    // Every unit in turn: also surrogates, a byte order mark and NUL.
    for (const first of [0, 0xd7f0, 0xfef0]) {
      const wide = Uint8Array.from(
        { length: 1 + units * 2 },
        (_, i) => ((first + ((i - 1) >> 1)) >> (i % 2 === 1 ? 0 : 8)) & 0xff,
      );
      const narrow = Uint8Array.from({ length: 1 + units }, (_, i) => i & 0xff);
      const loop = [Wide.decode(wide).text, Narrow.decode(narrow).text];
      expect(loop.map((text) => text.length)).toEqual([units, units]);
      for (let i = 0; i < units; i += 7) expect(loop[0]?.charCodeAt(i)).toBe((first + i) & 0xffff);
      useHost(node);
      expect([Wide.decode(wide).text, Narrow.decode(narrow).text]).toEqual(loop);
      expect(hex(wide)).toBe(asBuffer(wide).toString("hex"));
      useHost(undefined);
      expect(hex(wide)).toBe(asBuffer(wide).toString("hex"));
      expect(Buffer.compare(Wide.encode(Wide.decode(wide)), wide)).toBe(0);
      expect(Buffer.compare(Narrow.encode(Narrow.decode(narrow)), narrow)).toBe(0);
    }
  });

  test("a text of a megabyte is read without a host", () => {
    const input = new Uint8Array(2 ** 20 + 1).fill(0x61);
    expect(Wide.decode(input).text).toBe("\u6161".repeat(2 ** 19));
    expect(Narrow.decode(input).text).toBe("a".repeat(2 ** 20));
  });

  test("the host may be an object with state of its own", () => {
    class Counting implements Host {
      calls = 0;
      utf16(): string {
        return `wide ${++this.calls}`;
      }
      latin1(): string {
        return `narrow ${++this.calls}`;
      }
      hex(): string {
        return `hex ${++this.calls}`;
      }
    }
    useHost(new Counting());
    const texts = [Wide.decode(new Uint8Array(65)).text, Narrow.decode(new Uint8Array(65)).text];
    expect([...texts, hex(new Uint8Array(65))]).toEqual(["wide 1", "narrow 2", "hex 3"]);
  });

  test("the host is asked for long strings only", () => {
    const asked: number[] = [];
    useHost({
      utf16: (bytes, start, end) => (asked.push(end - start), node.utf16(bytes, start, end)),
      latin1: () => "host",
      hex: () => "digits",
    });
    for (const units of [15, 16]) Wide.decode(new Uint8Array(1 + units * 2));
    expect(asked).toEqual([32]);
    expect(Narrow.decode(new Uint8Array(17)).text).toBe("host");
    expect(Narrow.decode(new Uint8Array(16)).text).toBe("\0".repeat(15));
    expect([hex(new Uint8Array(15)), hex(new Uint8Array(16))]).toEqual(["00".repeat(15), "digits"]);
  });
});

describe("what a string keeps", () => {
  test.each([
    ["a lone high surrogate", "00d8"],
    ["a lone low surrogate", "6100 00dc 6200"],
    ["a byte order mark", "fffe 6100"],
    ["another mark", "feff 6100"],
    ["half a pair at the end", "3dd8"],
  ])("%s", (_name, text) => {
    const input = fromHex(`00 ${text}`);
    const value = Wide.decode(input);
    expect(value.text).toHaveLength((input.length - 1) / 2);
    expect(Wide.encode(value)).toEqual(input);
  });

  test("any string comes back, lone surrogates too", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff)), (units) => {
        const text = String.fromCharCode(...units);
        expect(Wide.decode(Wide.encode({ before: 0, text })).text).toBe(text);
      }),
    );
  });

  test("latin1 keeps each byte as the character of that number", () => {
    const all = Uint8Array.from({ length: 257 }, (_, i) => i);
    expect(Narrow.decode(all.subarray(1)).text).toBe(String.fromCharCode(...all.subarray(2)));
    expect(textFits("\u0100", "latin1", "")).toBe(false);
    expect(textFits("\u00ff", "latin1", "")).toBe(true);
  });

  test("an odd last byte of UTF-16 is no part of it", () => expect(Wide.decode(fromHex("00 6100 62")).text).toBe("a"));
});

describe("where a text ends", () => {
  const of = (
    extent: Parameters<typeof utf16>[0],
    nulOf: "none" | "counted" | "always" | "after" | "padded",
    wide = true,
  ) => pdu("TEXT", "[TEST] 3", { text: (wide ? utf16 : latin1)(extent, { nul: nulOf }), end: u8 });

  test.each([
    ["none", prefixed(u8), "abc", "06 6100 6200 6300"],
    ["none", prefixed(u8), "a\0", "04 6100 0000"],
    ["none", prefixed(u8), "", "00"],
    ["counted", prefixed(u8), "a", "04 6100 0000"],
    ["counted", prefixed(u8), "", "00"],
    ["counted", prefixed(u8), "a\0", "06 6100 0000 0000"],
    ["always", prefixed(u8), "a", "04 6100 0000"],
    ["always", prefixed(u8), "", "02 0000"],
    ["after", prefixed(u8), "a", "02 6100 0000"],
    ["after", prefixed(u8), "", "00 0000"],
    ["padded", fixed(6), "a", "6100 0000 0000"],
    ["padded", fixed(6), "abc", "6100 6200 6300"],
    ["padded", fixed(6), "", "0000 0000 0000"],
    ["none", nul, "ab", "6100 6200 0000"],
    ["none", nul, "", "0000"],
  ] as const)("%s, %o: %j is %s", (nulOf, extent, text, input) => {
    const Text = of(extent, nulOf);
    const bytes = fromHex(`${input} ee`);
    expect(Text.encode({ text, end: 0xee })).toEqual(bytes);
    expect(Text.decode(bytes)).toMatchObject({ text, end: 0xee });
    expect(Text.inspect(bytes).deviations).toEqual([]);
  });

  test("a NUL or a line end after the message is not found", () => {
    const source = sourceOf(fromHex("61 62 63 00 0d 0a"));
    expect([findNul(source, 0, 3, false), findNul(source, 0, 4, false), findNul(source, 1, 4, false)]).toEqual([
      -1, 3, 3,
    ]);
    expect([findLineEnd(source, 0, 5), findLineEnd(source, 0, 6), findLineEnd(source, 2, 6)]).toEqual([-1, 4, 4]);
  });

  test("a wide NUL stands at a whole unit", () => {
    const source = sourceOf(fromHex("6100 0062 0000"));
    expect(findNul(source, 0, 6, true)).toBe(4);
    expect(findNul(source, 0, 5, true)).toBe(-1);
  });

  test("a line ends at CR LF, not at one of them", () => {
    const Lines = pdu("LINES", "[TEST] 4", { a: line, b: line, rest: latin1(rest) });
    const decode = (text: string) => Lines.decode(Uint8Array.from(Buffer.from(text, "latin1")));
    expect(decode("a\rb\nc\r\nd\r\ne")).toMatchObject({ a: "a\rb\nc", b: "d", rest: "e" });
    expect(decode("a\r\nb\r")).toMatchObject({ a: "a", b: undefined, rest: "b\r" });
    expect(decode("\r\n\r\n")).toMatchObject({ a: "", b: "", rest: "" });
    expect(decode("a\r\r\n")).toMatchObject({ a: "a\r" });
  });

  test("textSize counts the NUL inside the stated length", () => {
    expect(
      (["none", "counted", "always", "after", "padded"] as const).map((each) => textSize("ab", "utf16", each)),
    ).toEqual([4, 6, 6, 4, 4]);
    expect(
      (["none", "counted", "always", "after", "padded"] as const).map((each) => textSize("", "latin1", each)),
    ).toEqual([0, 0, 1, 0, 0]);
  });
});
