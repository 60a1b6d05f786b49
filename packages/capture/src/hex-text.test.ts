import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HexText, type HexMistake } from "./hex-text.js";

const read = (pieces: readonly string[]): { readonly bytes: number[]; readonly mistake: HexMistake | undefined } => {
  const reader = new HexText();
  const bytes = pieces.flatMap((piece) => [...reader.push(piece)]);
  bytes.push(...reader.end());
  return { bytes, mistake: reader.mistake };
};

const two = (byte: number): string => byte.toString(16).padStart(2, "0");
const offsetText = (at: number, width: number): string => at.toString(16).padStart(width, "0");
const ascii = (row: readonly number[]): string =>
  row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");

const rows = (bytes: readonly number[], write: (row: number[], at: number) => string): string => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 16) text += `${write(bytes.slice(at, at + 16), at)}\n`;
  return text;
};

/** The programs' formats, written independently of how they are read. */
const writers: Readonly<Record<string, (bytes: readonly number[]) => string>> = {
  digits: (bytes) => bytes.map(two).join(""),
  capitals: (bytes) => bytes.map(two).join(" ").toUpperCase(),
  colons: (bytes) => bytes.map(two).join(":"),
  "0x and commas": (bytes) => bytes.map((byte) => `0x${byte.toString(16)}`).join(", "),
  "one long 0x": (bytes) => (bytes.length === 0 ? "" : `0x${bytes.map(two).join("")}`),
  "with comments": (bytes) =>
    `# what it is\n${bytes.map((byte) => `${two(byte)} # byte ${byte}, dead beef\r\n`).join("")}`,
  xxd: (bytes) =>
    rows(bytes, (row, at) => {
      const groups = row.map((byte, index) => two(byte) + (index % 2 === 1 ? " " : "")).join("");
      return `${offsetText(at, 8)}: ${groups.padEnd(40)} ${ascii(row)}`;
    }),
  "hexdump -C": (bytes) =>
    rows(bytes, (row, at) => {
      const digits = row.map((byte, index) => `${two(byte)} ${index === 7 ? " " : ""}`).join("");
      return `${offsetText(at, 8)}  ${digits.padEnd(50)}|${ascii(row)}|`;
    }) + (bytes.length === 0 ? "" : offsetText(bytes.length, 8)),
  "tshark -x": (bytes) =>
    rows(bytes, (row, at) => `${offsetText(at, 4)}  ${row.map(two).join(" ").padEnd(47)}   ${ascii(row)}`),
  "od -A x -t x1z": (bytes) =>
    bytes.length === 0
      ? ""
      : rows(bytes, (row, at) => `${offsetText(at, 6)} ${row.map(two).join(" ").padEnd(47)}  >${ascii(row)}<`) +
        offsetText(bytes.length, 6),
};

const cut = (text: string, places: readonly number[]): string[] => {
  const at = [0, ...places.map((place) => place % (text.length + 1)).toSorted((a, b) => a - b), text.length];
  return at.slice(1).map((end, index) => text.slice(at[index], end));
};

const printable = fc.integer({ min: 0, max: 255 });

describe.each(Object.keys(writers))("%s", (name) => {
  test("gives the bytes, however the text is cut", () => {
    fc.assert(
      fc.property(fc.array(printable, { maxLength: 70 }), fc.array(fc.nat(), { maxLength: 6 }), (bytes, places) => {
        const text = writers[name]?.(bytes) ?? "";
        expect(read(cut(text, places))).toEqual({ bytes, mistake: undefined });
      }),
      {
        examples: [
          [[...Array(16).keys()], [3]],
          [[0, 0, 0], []],
          [[0, 0], []],
        ],
      },
    );
  });
});

test("dumps can follow one another", () => {
  const one = writers["tshark -x"]?.([1, 2, 3]) ?? "";
  expect(read([`${one}\n${one}`]).bytes).toEqual([1, 2, 3, 1, 2, 3]);
});

test("a dump can begin at another offset than 0", () => {
  expect(read(["00000120: 0102 0304  ....\n00000124: 05\n"]).bytes).toEqual([1, 2, 3, 4, 5]);
  const rest = "0010  00 34 c2 91 40 00 40 06 7a 30 7f 00 00 01 7f 00   .4..@.@.z0......\n0020  00   .\n";
  expect(read([rest]).bytes.length).toBe(17);
});

test("nothing is no mistake, and no bytes", () => {
  for (const text of ["", "\n\n", "# only a comment", " \t"])
    expect(read([text])).toEqual({ bytes: [], mistake: undefined });
});

test("long comments and lines of digits do not wait for their end", () => {
  const reader = new HexText();
  expect(reader.push(`# ${"x".repeat(5000)}`)).toEqual(new Uint8Array(0));
  expect(reader.push(`ff\n${"ab".repeat(2000)}`).length).toBe(2000);
  expect(reader.mistake).toBeUndefined();
});

describe("mistakes have line and column", () => {
  test.each([
    ["03 0g", 1, 5, "'g' is no hex digit"],
    ["03\n00 013 05", 2, 4, "odd number of hex digits"],
    ["03\n0", 2, 1, "odd number of hex digits"],
    ["0x", 1, 1, "no digits follow 0x"],
    ["01 é", 1, 4, "U+00e9 is no hex digit"],
    ["0xx1", 1, 3, "'x' is no hex digit"],
    ["0000: 03 0\n", 1, 10, "odd number of hex digits"],
    ["0000: 03 0z\n", 1, 11, "'z' is no hex digit"],
    ["0000: 03 00\n0003: 01\n", 2, 1, "the row has the offset 0003, and 2 bytes (hex) came before it"],
    ["0000: 03 00\nabc\n", 2, 1, "no offset begins this row"],
    ["0000: 00\n*\n0020: 00\n", 2, 1, "rows are left out here (*): dump all of them (hexdump -v, xxd without -a)"],
    [`0000: ${"00 ".repeat(500)}\n`, 1, 1025, "the row is longer than 1024 characters"],
  ])("%j", (text, line, column, message) => {
    expect(read([text]).mistake).toEqual({ line, column, message });
    expect(read(text.split("")).mistake).toEqual({ line, column, message });
  });

  test("what came before the mistake is given, and nothing after it", () => {
    const reader = new HexText();
    expect([...reader.push("01 02 zz 03\n")]).toEqual([1, 2]);
    expect([...reader.push("04")]).toEqual([]);
    expect([...reader.end()]).toEqual([]);
  });

  test("no text throws", () => {
    const character = fc.constantFrom(..."0123456789abcdefx:|># \n*\t\r,gé\ud800".split(""));
    fc.assert(
      fc.property(fc.array(fc.string({ unit: character, maxLength: 60 })), (pieces) => {
        const { bytes } = read(pieces);
        expect(bytes.length).toBeLessThanOrEqual(pieces.join("").length);
      }),
    );
  });
});
