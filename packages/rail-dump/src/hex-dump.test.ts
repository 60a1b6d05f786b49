import { bytes, generate, pdu, prefixed, rest, struct, u16, u32, utf16 } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { messageOf } from "../testing/messages.js";
import { Kept } from "../testing/run.js";
import { writeHexDump } from "./hex-dump.js";
import { colourless } from "./palette.js";
import { Printer } from "./printer.js";

const Sample = pdu("SAMPLE", "[TEST] 1", {
  id: u32,
  inner: struct({ size: u16, title: utf16(prefixed(u16)) }),
  data: bytes(rest),
});

async function dumpOf(encoded: Uint8Array, end = encoded.length): Promise<string[]> {
  const output = new Kept();
  const printer = new Printer(output);
  const message = messageOf(Sample, encoded, { end });
  writeHexDump(printer, colourless, message, Sample.inspect(encoded.subarray(0, end)));
  await printer.flush();
  return output.text.split("\n").slice(0, -1);
}

/** The hexadecimal digits of the rows. */
const digitsOf = (rows: readonly string[]): string => rows.map((row) => row.slice(10, 58).replaceAll(" ", "")).join("");

describe("bytes labelled by field", () => {
  test("a row for each field, with offset, path and value", async () => {
    const data = Uint8Array.from({ length: 20 }, (_, at) => 0x41 + at);
    const encoded = Sample.encode({ id: 16, inner: { size: 2, title: "a" }, data });
    expect(await dumpOf(encoded)).toEqual([
      `  000000  ${"10 00 00 00".padEnd(48)} id 16 = 0x10`,
      `  000004  ${"02 00".padEnd(48)} inner.size 2`,
      `  000006  ${"02 00".padEnd(48)} inner.titleLength 2`,
      `  000008  ${"61 00".padEnd(48)} inner.title "a"`,
      `  00000a  41 42 43 44 45 46 47 48 49 4a 4b 4c 4d 4e 4f 50  data 20 bytes`,
      `  00001a  ${"51 52 53 54".padEnd(48)} data +16 QRST`,
    ]);
  });

  test("each byte is there once", async () => {
    const choices = fc.array(fc.nat(0x7fff_ffff), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(choices, async (numbers) => {
        let at = 0;
        const int = (low: number, high: number): number =>
          low + ((numbers[at++ % numbers.length] ?? 0) % (high - low + 1));
        const encoded = Sample.encode(generate(Sample, { int }));
        expect(digitsOf(await dumpOf(encoded))).toBe(Buffer.from(encoded).toString("hex"));
      }),
    );
  });

  test("bytes that were not decoded are labelled so", async () => {
    const encoded = Sample.encode({ id: 1, inner: { size: 2, title: "abc" }, data: new Uint8Array() });
    const rows = await dumpOf(encoded, 9);
    expect(digitsOf(rows)).toBe(Buffer.from(encoded.subarray(0, 9)).toString("hex"));
    expect(rows.at(-1)).toContain("(no field)");
  });
});
