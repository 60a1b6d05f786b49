import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { CaptureReader, type Direction } from "@railvail/capture";
import { describe, expect, test } from "vitest";
import { fixture, run, type Session } from "../testing/run.js";

/** Both streams of a session, as captured. */
function streamsOf(session: Session | "debian-shadow-tls"): Record<Direction, Uint8Array> {
  const reader = new CaptureReader();
  const events = [...reader.push(gunzipSync(readFileSync(fixture(session)))), ...reader.end()];
  const parts: Record<Direction, Uint8Array[]> = { c2s: [], s2c: [] };
  for (const event of events) if (event.type === "data") parts[event.direction].push(event.bytes);
  return { c2s: Buffer.concat(parts.c2s), s2c: Buffer.concat(parts.s2c) };
}

const hexOf = (bytes: Uint8Array): Uint8Array =>
  Buffer.from(`# a stream\n${Buffer.from(bytes).toString("hex").replace(/.{64}/g, "$&\n")}\n`);

/** Counts of a listing, which do not depend on the order of the directions. */
const stats = async (args: readonly string[], files: Record<string, Uint8Array> = {}) =>
  run(["stats", "--json", "-a", ...args], { files });

describe("both directions of a session, each in a file", () => {
  test.each(["wslg-vail-gfxredir", "wslg-clipboard", "wslg-audio"] as const)(
    "hold its messages: %s",
    async (session) => {
      const { c2s, s2c } = streamsOf(session);
      const raw = await stats(["--raw", "c2s:c", "--hex-input", "s2c:s"], { c: c2s, s: hexOf(s2c) });
      expect(raw).toMatchObject({ code: 0, stderr: "" });
      expect(JSON.parse(raw.stdout)).toEqual(JSON.parse((await stats([fixture(session)])).stdout));
    },
  );

  test("hold them in TLS too", async () => {
    const { c2s, s2c } = streamsOf("debian-shadow-tls");
    const keyLog = fixture("debian-shadow-tls", "keylog.txt");
    const raw = await stats(["--keylog", keyLog, "--raw=c2s:c", "--raw=s2c:s"], { c: c2s, s: s2c });
    const { stdout } = await stats(["--keylog", keyLog, fixture("debian-shadow-tls")]);
    expect(JSON.parse(raw.stdout)).toEqual(JSON.parse(stdout));
    const without = await stats(["--raw=c2s:c", "--raw=s2c:s"], { c: c2s, s: s2c });
    expect(without.code).toBe(1);
    expect(without.stderr).toMatch(/^rail-dump: c and s: connection 0: /);
  });

  test.each(["windows", "verify"])("are read by %s", async (command) => {
    const { c2s, s2c } = streamsOf("wslg-vail-gfxredir");
    const { code, stderr, lines } = await run([command, "--raw=c2s:c", "--raw=s2c:s"], { files: { c: c2s, s: s2c } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(lines.length).toBeGreaterThan(5);
  });
});

describe("one direction", () => {
  test("is read alone, without times and packets", async () => {
    const { s2c } = streamsOf("wslg-vail-gfxredir");
    const { code, lines } = await run(["--raw", "s2c:s", "--channel", "gfxredir,rail"], { files: { s: s2c } });
    expect(code).toBe(0);
    const { lines: both } = await run([
      "--direction",
      "s2c",
      "--channel",
      "gfxredir,rail",
      fixture("wslg-vail-gfxredir"),
    ]);
    expect(lines.length).toBe(both.length);
    for (const line of lines) expect(line).toMatch(/^ {6}0 +0\.000000 +0 s2c (?:gfxredir|rail) /);
  });

  test("comes from a program that writes hex, with offsets", async () => {
    const dump = "0000  03 00 00 13 0e d0 00 00 12 34 00 02 00 08 00 02   .......\n0010  00 00 00   ...\n";
    const { code, lines } = await run(["--hex-input", "s2c:-"], { files: { "-": Buffer.from(dump) } });
    expect(code).toBe(0);
    expect(lines.length).toBe(1);
    expect(lines[0]).toMatch(/^ {6}0 +0\.000000 +0 s2c x224 +19 /);
  });
});

describe("what is wrong", () => {
  test("in the hex is said with line and column; what came before is shown", async () => {
    const files = { f: Buffer.from("030000130ed00000123400020008000200 0000\n03 0g\n") };
    const { code, stderr, lines } = await run(["--hex-input", "s2c:f"], { files });
    expect({ code, stderr }).toEqual({ code: 1, stderr: "rail-dump: f: line 2, column 5: 'g' is no hex digit\n" });
    expect(lines.length).toBe(2);
    expect(lines[1]).toContain("incomplete");
  });

  test("with a file is said by its name", async () => {
    const { c2s } = streamsOf("wslg-vail-gfxredir");
    const outcome = await run(["--raw", "c2s:c", "--raw", "s2c:missing"], { files: { c: c2s } });
    expect(outcome).toMatchObject({ code: 2, stderr: "rail-dump: missing: no such file\n" });
  });

  test.each([
    [["--raw", "f"], "option --raw takes c2s:FILE or s2c:FILE, not 'f'"],
    [["--raw", "up:f"], "option --raw takes c2s:FILE or s2c:FILE, not 'up:f'"],
    [["--hex-input", "c2s:"], "option --hex-input takes c2s:FILE or s2c:FILE, not 'c2s:'"],
    [["--raw", "c2s:a", "--hex-input", "c2s:b"], "option --hex-input: the direction c2s was given before"],
    [["--raw", "c2s:-", "--hex-input", "s2c:-"], "standard input cannot be both directions"],
  ])("with the options is said: %j", async (args, message) => {
    const { code, stderr } = await run(args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: `rail-dump: ${message}\ntry 'rail-dump --help'\n` });
  });
});
