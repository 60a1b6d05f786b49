import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { fixture, run, sessions } from "../testing/run.js";
import type { Verification } from "./verify.js";

describe("every byte of the recorded sessions is understood", () => {
  test.each(sessions)("%s", async (session) => {
    const { code, stdout } = await run(["verify", "--json", fixture(session)]);
    const result = JSON.parse(stdout) as Verification & { readonly clean: boolean };
    expect(result).toMatchObject({
      clean: true,
      findings: [],
      unseenBytes: 0,
      unaccountedBytes: 0,
      gaps: { count: 0, bytes: 0 },
    });
    expect(result.decoded.messages).toBeGreaterThan(1000);
    expect(code).toBe(0);
  });
});

test("a clean report", async () => {
  const { code, lines } = await run(["verify", fixture("wslg-vail-gfxredir")]);
  expect(code).toBe(0);
  expect(lines[1]).toBe("bytes          76398 of 76398 accounted for (100%)");
  expect(lines.at(-1)).toBe("clean");
});

test("bytes that were changed are found, or explained", async () => {
  const capture = gunzipSync(readFileSync(fixture("wslg-vail-gfxredir")));
  // The message number of a VAIL message: 0x000b is PRESENT_BUFFER, 0x7fff is nothing.
  const name = Buffer.from("{a3491864", "utf16le");
  const at = capture.indexOf(name);
  expect(at).toBeGreaterThan(0);
  const header = 28;
  capture.writeUInt32LE(0x7fff, at - header);
  const { code, lines } = await run(["verify", "changed"], { files: { changed: capture } });
  expect(code).toBe(1);
  expect(lines.some((line) => /gfxredir: unknown, 106 bytes/.test(line))).toBe(true);
  expect(lines.at(-1)).toBe("findings");
});
