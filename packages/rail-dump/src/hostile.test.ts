import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fixture, run } from "../testing/run.js";

const capture = gunzipSync(readFileSync(fixture("wslg-vail-gfxredir")));
/** Everything before the first packet is the file's own header. */
const fileHeader = 24;

/** Line breaks stand between lines; nothing else that a terminal acts upon may be there. */
const hazard = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const change = fc.tuple(
  fc.integer({ min: fileHeader, max: capture.length - 1 }),
  fc.oneof(fc.nat(255), fc.constantFrom(0, 7, 0x1b, 0x7f, 0x80, 0x9b, 0xff)),
);

/** What was said, whatever the changes were; the exit code is one that is documented. */
async function survives(args: readonly string[], bytes: Uint8Array): Promise<void> {
  const { code, stdout, stderr } = await run([...args, "changed"], { files: { changed: bytes } });
  expect([0, 1, 2]).toContain(code);
  expect(hazard.exec(stdout)).toBeNull();
  expect(hazard.exec(stderr)).toBeNull();
}

describe("a damaged or hostile capture is shown, never obeyed", () => {
  test.each([
    ["a listing", ["-a"]],
    ["trees and bytes", ["-a", "-V", "-x"]],
    ["JSON", ["-T", "ndjson", "-a"]],
    ["statistics", ["stats", "-a"]],
    ["verification", ["verify"]],
    ["windows", ["windows"]],
    ["windows as JSON", ["windows", "--json"]],
  ])("%s", async (_, args) => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 60 }), async (changes) => {
        const bytes = new Uint8Array(capture);
        for (const [at, byte] of changes) bytes[at] = byte;
        await survives(args, bytes);
      }),
      { numRuns: 6 },
    );
  });

  test("cut anywhere", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: capture.length }), async (length) => {
        await survives(["-V"], capture.subarray(0, length));
      }),
      { numRuns: 6 },
    );
  });
});
