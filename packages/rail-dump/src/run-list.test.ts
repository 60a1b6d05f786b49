import { describe, expect, test } from "vitest";
import { fixture, run } from "../testing/run.js";

const rail = fixture("wslg-rail-basic");
const vail = fixture("wslg-vail-gfxredir");

describe("one line a message", () => {
  test("in fixed columns", async () => {
    const { code, stdout } = await run(["--channel", "rail", "-c", "3", rail]);
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        "     48     0.351667  0 s2c rail              12 TS_RAIL_ORDER_HANDSHAKE_EX       buildNumber=0 railHandshakeFlags=0x7",
        "     49     0.351897  0 c2s rail               8 TS_RAIL_ORDER_HANDSHAKE          buildNumber=18363  answers packet 48 after 0.230 ms",
        "     66     0.398985  0 c2s rail               8 TS_RAIL_ORDER_CLIENTSTATUS       flags=0x2d5",
        "",
      ].join("\n"),
    );
  });

  test("lower layers are left out unless asked for", async () => {
    const messages = async (...args: string[]): Promise<string[]> =>
      (await run([...args, vail])).lines.map((line) => line.slice(28, 40).trimEnd());
    const usual = new Set(await messages());
    expect(usual).toContain("gfxredir");
    for (const channel of ["tpkt", "chunk", "fastpath"]) {
      expect(usual).not.toContain(channel);
      expect(await messages("-a")).toContain(channel);
      expect(new Set(await messages("--channel", channel))).toEqual(new Set([channel]));
    }
  });

  test("only a direction, only some channels", async () => {
    const { lines } = await run(["--channel", "rail,gfxredir", "--direction", "c2s", vail]);
    expect(lines.length).toBeGreaterThan(50);
    for (const line of lines) expect(line).toMatch(/ c2s (?:rail|gfxredir) /);
  });

  test("an answer names its question, though that is left out", async () => {
    const { lines } = await run(["--channel", "egfx", "--direction", "c2s", rail]);
    const acknowledged = lines.filter((line) => line.includes("FRAME_ACKNOWLEDGE"));
    expect(acknowledged.length).toBe(25);
    for (const line of acknowledged) expect(line).toMatch(/ answers packet \d+ after \d+\.\d+ ms$/);
    const presents = (await run(["--channel", "gfxredir", vail])).lines.filter((line) =>
      line.includes("PRESENT_BUFFER_PDU"),
    );
    for (const line of presents) expect(line).toMatch(/ refers to packet \d+$/);
  });

  test("connections are counted over all files", async () => {
    const { lines } = await run(["--channel", "x224", vail, rail, vail]);
    expect(lines.map((line) => line.slice(20, 23).trim())).toEqual(["0", "0", "1", "1", "2", "2"]);
    expect((await run(["--channel", "x224", "--conn", "1", vail, rail, vail])).lines.length).toBe(2);
  });

  test("a width that the terminal does not have is not used", async () => {
    const { lines } = await run([rail]);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(170);
  });
});

test("-V shows the fields as a tree", async () => {
  const args = ["-V", "--channel", "rail", "--direction", "s2c", "-c", "1", rail];
  expect((await run(args)).lines.slice(1)).toEqual([
    "  mcs/rail [MS-RDPERP] 2.2.2.2.3",
    "     0      2  orderType u16 19 = 0x13",
    "     2      2  orderLength u16 12 = 0xc",
    "     4      4  buildNumber u32 0",
    "     8      4  railHandshakeFlags u32 7 (hidef | extendedSpiSupported | snapArrangeSupported)",
    "",
  ]);
});

test("-x shows the bytes by field", async () => {
  const args = ["-x", "--channel", "rail", "--direction", "s2c", "-c", "1", rail];
  expect((await run(args)).lines.slice(1)).toEqual([
    `  000000  ${"13 00".padEnd(48)} orderType 19 = 0x13`,
    `  000002  ${"0c 00".padEnd(48)} orderLength 12 = 0xc`,
    `  000004  ${"00 00 00 00".padEnd(48)} buildNumber 0`,
    `  000008  ${"07 00 00 00".padEnd(48)} railHandshakeFlags 7 (hidef | extendedSpiSupported | snapArrangeSupported)`,
    "",
  ]);
});

describe("JSON", () => {
  interface Line {
    readonly type: string;
    readonly packet: number;
    readonly length: number;
    readonly value: unknown;
    readonly fields?: readonly { readonly offset: number; readonly length: number }[];
  }

  test("one object a message, as many as lines of text", async () => {
    const { lines } = await run(["-T", "ndjson", vail]);
    const objects = lines.map((line) => JSON.parse(line) as Line);
    const text = (await run([vail])).lines;
    expect(objects.map(({ packet }) => packet)).toEqual(text.map((line) => Number(line.slice(0, 7))));
  });

  test("a message as it is", async () => {
    const { lines } = await run(["-T", "ndjson", "--channel", "gfxredir", "-c", "3", vail]);
    expect(JSON.parse(lines[2] ?? "")).toMatchObject({
      type: "message",
      connection: 0,
      packet: 137,
      direction: "s2c",
      path: "mcs/drdynvc/gfxredir",
      name: "GFXREDIR_OPEN_POOL_PDU",
      length: 106,
      value: { poolId: "1", poolSize: "163840", sectionName: "{a3491864-a1a5-403b-b861-6576767f0f60}" },
    });
  });

  test("with -V the fields, whose lengths add up", async () => {
    const { lines } = await run(["-T", "ndjson", "-V", "--channel", "rail", vail]);
    expect(lines.length).toBeGreaterThan(20);
    for (const line of lines) {
      const { fields = [], length } = JSON.parse(line) as Line;
      expect(fields.reduce((sum, field) => sum + field.length, 0)).toBe(length);
    }
  });
});
