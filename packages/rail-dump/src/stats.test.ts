import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fixture, run, sessions } from "../testing/run.js";
import type { Latency } from "./latency.js";

interface Counted {
  readonly counts: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Not messages: how the TCP connection ended. */
const notCompared = new Set(["tcp"]);

describe("counts are those of an independent decoder", () => {
  test.each(sessions)("%s", async (session) => {
    const { code, stdout } = await run(["stats", "--json", fixture(session)]);
    const { counts } = JSON.parse(stdout) as Counted;
    const expected = JSON.parse(readFileSync(fixture(session, "expected.json"), "utf8")) as Counted;
    const compared = Object.fromEntries(
      Object.entries(expected.counts).filter(([channel]) => !notCompared.has(channel)),
    );
    expect(code).toBe(0);
    expect(counts).toEqual(compared);
  });
});

test("the table says the same, and adds up", async () => {
  const path = fixture("wslg-vail-gfxredir");
  const { lines } = await run(["stats", path]);
  expect(lines).toContain(
    `gfxredir       s2c  ${"PRESENT_BUFFER".padEnd(32)} ${"44".padStart(9)} ${"3872".padStart(12)}`,
  );
  const last = (line: string | undefined): number => Number(line?.split(/\s+/).at(-1));
  const sum = lines.slice(1, -1).reduce((bytes, line) => bytes + last(line), 0);
  expect(last(lines.at(-1))).toBe(sum);
});

test("several files are counted together", async () => {
  const count = async (...files: string[]): Promise<unknown> => {
    const { stdout } = await run(["stats", "--json", "--channel", "x224", ...files]);
    return (JSON.parse(stdout) as Counted).counts["x224"]?.["c2s"];
  };
  const path = fixture("wslg-vail-gfxredir");
  expect(await count(path)).toEqual({ ConnectionRequest: { count: 1, bytes: 34 } });
  expect(await count(path, path)).toEqual({ ConnectionRequest: { count: 2, bytes: 68 } });
});

test("with -a lower layers are counted too", async () => {
  const { stdout } = await run(["stats", "--json", "-a", fixture("wslg-vail-gfxredir")]);
  const { counts } = JSON.parse(stdout) as Counted;
  expect(Object.keys(counts)).toEqual(expect.arrayContaining(["tpkt", "chunk", "fastpath"]));
});

describe("with --latency", () => {
  test("how long answers took, by kind", async () => {
    const { code, stdout } = await run(["stats", "--json", "--latency", fixture("wslg-audio")]);
    const { latency } = JSON.parse(stdout) as { latency: Record<string, Latency> };
    expect(code).toBe(0);
    expect(latency["sound"]?.count).toBe(300);
    // xfreerdp confirms a block when it came, and when it was played.
    expect(latency["sound, again"]?.count).toBe(300);
    expect(latency["sound, again"]?.median).toBeGreaterThan(latency["sound"]?.median ?? 1);
    for (const { min, median, max } of Object.values(latency)) {
      expect(0 < min && min <= median && median <= max && max < 10).toBe(true);
    }
  });

  test("a table after the other one, of the channels asked for", async () => {
    const args = ["stats", "--latency", "--channel", "egfx", fixture("wslg-rail-basic")];
    const { lines } = await run(args);
    const at = lines.indexOf("");
    expect(lines.slice(at + 1).map((line) => line.split(/ {2,}/).slice(0, 2))).toEqual([
      ["time to answer", "count"],
      ["frame", "25"],
      ["graphics capabilities", "1"],
    ]);
  });
});
