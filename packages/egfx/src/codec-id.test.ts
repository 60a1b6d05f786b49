import { expect, test } from "vitest";
import { CodecId, codecName } from "./codec-id.js";

test("codecs have the specification's names", () => {
  expect(Object.values(CodecId).map(codecName)).toEqual([
    "UNCOMPRESSED",
    "CAVIDEO",
    "CLEARCODEC",
    "CAPROGRESSIVE",
    "PLANAR",
    "AVC420",
    "ALPHA",
    "AVC444",
    "AVC444V2",
  ]);
});

test("an unknown codec is named by its number", () => {
  expect(codecName(0xd)).toBe("0xd");
});
