import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isoTime } from "./iso-time.js";
import { TimeColumn, timeFormats, type TimeFormat } from "./time-format.js";

const noon = 1_700_000_000_123_456_789n;
const written = (format: TimeFormat, ...times: readonly bigint[]): string[] => {
  const column = new TimeColumn(format);
  return times.map((time) => column.text(time).trim());
};

describe("formats", () => {
  test("relative to the first packet, which need not be listed", () => {
    const column = new TimeColumn("r");
    column.begin(noon);
    column.begin(noon + 5n);
    expect(column.text(noon + 1_500_000_000n)).toBe("    1.500000");
  });

  test("relative times before the first are negative", () => {
    expect(written("r", noon, noon - 250_000_000n)).toEqual(["0.000000", "-0.250000"]);
  });

  test("delta to the line before", () => {
    expect(written("d", noon, noon + 2000n, noon + 2000n)).toEqual(["0.000000", "0.000002", "0.000000"]);
  });

  test.each([
    ["e", "1700000000.123456"],
    ["u", "22:13:20.123456"],
    ["ud", "2023-11-14 22:13:20.123456"],
  ] as const)("%s", (format, text) => {
    expect(written(format, noon)).toEqual([text]);
  });

  test("local time is UTC moved by the offset of the zone", () => {
    const [local = ""] = written("ad", noon);
    expect(new Date(local.slice(0, 19).replace(" ", "T")).getTime()).toBe(1_700_000_000_000);
    expect(written("a", noon)).toEqual([local.slice(11)]);
  });

  test("each format has one width", () => {
    const time = fc.bigInt({ min: 0n, max: 4_000_000_000_000_000_000n });
    const format = fc.constantFrom(...(Object.keys(timeFormats) as TimeFormat[]));
    fc.assert(
      fc.property(format, time, fc.bigInt({ min: 0n, max: 99_999_000_000_000n }), (name, start, later) => {
        const column = new TimeColumn(name);
        const { length } = column.text(start);
        expect(column.text(start + later).length).toBe(length);
      }),
    );
  });
});

test("ISO times keep nanoseconds, and times that no date can hold are given as they are", () => {
  expect(isoTime(noon)).toBe("2023-11-14T22:13:20.123456789Z");
  expect(isoTime(2n ** 80n)).toBe(`${2n ** 80n}ns`);
});
