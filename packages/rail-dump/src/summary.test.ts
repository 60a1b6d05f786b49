import {
  bytes,
  enumeration,
  flags,
  i16,
  list,
  pdu,
  prefixed,
  rest,
  struct,
  u16,
  u32,
  u64,
  u8,
  utf16,
  Utf8Text,
  type Pdu,
} from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ColumnsText } from "./columns-text.js";
import { writeSummary } from "./summary.js";

const point = struct({ x: i16, y: i16 });
const Sample = pdu("SAMPLE", "[TEST] 1", {
  place: point,
  kind: enumeration(u8, { OPEN: 1 }),
  bits: flags(u32, { A: 1 }),
  id: u64,
  title: utf16(prefixed(u16)),
  points: list(point, prefixed(u16)),
  data: bytes(rest),
});

const value = {
  place: { x: -1, y: 2 },
  kind: 1,
  bits: 0x81,
  id: 5n,
  title: "a\u001b[0m",
  points: Array.from({ length: 6 }, (_, x) => ({ x, y: 0 })),
  data: new Uint8Array(9),
};

function summaryOf<T>(pdu: Pdu<T>, value: unknown, room: number): string {
  const line = new ColumnsText(new Utf8Text(0));
  writeSummary(line, pdu, value, room);
  const text = Buffer.from(line.out.written()).toString();
  expect(line.columns).toBe(text.length);
  return text;
}

describe("a value in one line", () => {
  test("scalars come first, names stand for numbers, lists and bytes are cut", () => {
    expect(summaryOf(Sample, value, 200)).toBe(
      'kind=OPEN bits=0x81 id=5 title="a\\u{1b}[0m" place={x=-1 y=2} ' +
        "points=[{x=0 y=0} {x=1 y=0} {x=2 y=0} {x=3 y=0} …6] data=<9 bytes>",
    );
  });

  test("what does not fit is shown as an ellipsis", () => {
    expect(summaryOf(Sample, value, 28)).toBe("kind=OPEN bits=0x81 id=5 …");
    expect(summaryOf(Sample, value, 5)).toBe("…");
  });

  test("it is about as wide as it may be, and in one line", () => {
    const room = fc.integer({ min: 0, max: 300 });
    fc.assert(
      fc.property(room, fc.string(), fc.nat(50), (width, title, size) => {
        const text = summaryOf(Sample, { ...value, title, data: new Uint8Array(size) }, width);
        expect(text).not.toMatch(/[\r\n]/);
        // Numbers and escapes are not cut in the middle.
        expect(text.length).toBeLessThan(width + 64 + 7 * title.length);
      }),
    );
  });
});
