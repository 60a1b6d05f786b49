import { describe, expect, test } from "vitest";
import { fixture, run } from "../testing/run.js";

const session = fixture("wslg-vail-gfxredir");

describe("-Y", () => {
  const names = async (...argv: string[]): Promise<ReadonlySet<string>> =>
    new Set((await run([...argv, session])).lines.map((line) => line.slice(49, 82).trimEnd()));

  test("shows the messages for which the filter holds, and no others", async () => {
    const all = (await run(["-a", session])).lines;
    const moves = (await run(["-Y", "WindowMove", session])).lines;
    expect(moves).toEqual(all.filter((line) => line.includes(" TS_RAIL_ORDER_WINDOWMOVE ")));
    expect(moves.length).toBeGreaterThan(0);
    const others = (await run(["-a", "-Y", "not WindowMove", session])).lines;
    expect(others.length + moves.length).toBe(all.length);
    const early = (await run(["-Y", "time < 0.3989 and packet >= 48", session])).lines;
    expect(early.every((line) => Number(line.slice(8, 20)) < 0.3989 && Number(line.slice(0, 7)) >= 48)).toBe(true);
    expect(early.length).toBeGreaterThan(5);
  });

  test("goes with other options that choose", async () => {
    const { lines } = await run(["-Y", "rail.windowId", "--direction", "c2s", "-c", "2", session]);
    expect(lines.length).toBe(2);
    for (const line of lines) expect(line).toMatch(/ c2s rail /);
  });

  test("shows lower layers that it names", async () => {
    expect(await names("-Y", "tpkt.length > 1000")).toEqual(new Set(["X224_DATA"]));
    expect(await names("-Y", "channel == mcs and length < 10")).toContain("MCS_ATTACH_USER_REQUEST");
    expect(await names("-Y", "length > 1000")).not.toContain("X224_DATA");
  });

  test("chooses what is counted, too", async () => {
    const { lines } = await run(["stats", "-Y", "WindowMove or tpkt.length > 1000", session]);
    expect(lines.map((line) => line.slice(0, 40).split(/ +/).slice(0, 3).join(" "))).toEqual([
      "channel dir message",
      "rail c2s WINDOWMOVE",
      "tpkt s2c X224_DATA",
      "total ",
    ]);
  });

  test("is understood before any file is read", async () => {
    expect(await run(["-Y", "rail.windowId = 5", "missing.pcap"])).toEqual({
      code: 2,
      stdout: "",
      stderr: [
        "rail-dump: -Y: equality is written ==",
        "  rail.windowId = 5",
        "                ^",
        "try 'rail-dump --help filter'",
        "",
      ].join("\n"),
      lines: [],
    });
  });
});

describe("-T fields", () => {
  test("prints a line for each message, a column for each name", async () => {
    const argv = [
      "-T",
      "fields",
      "-e",
      "packet",
      "-e",
      "time",
      "-e",
      "name",
      "-e",
      "rail.windowId",
      "-Y",
      "rail.windowId",
      "-c",
      "2",
      session,
    ];
    const { lines } = await run(argv);
    expect(lines.length).toBe(2);
    for (const line of lines) expect(line).toMatch(/^\d+\t\d+\.\d{9}\t[\w ]+\t\d+$/);
    const all = (await run(["-T", "fields", "-e", "rail.windowId", session])).lines;
    expect(all.length).toBe((await run([session])).lines.length);
  });

  test("with the names of the columns first, if they are wanted", async () => {
    const { lines } = await run([
      "-T",
      "fields",
      "-E",
      "header=y",
      "-E",
      "separator=,",
      "-e",
      "packet",
      "-e",
      "channel",
      "-c",
      "1",
      session,
    ]);
    expect(lines).toEqual(["packet,channel", "4,x224"]);
  });

  test("shows the messages that it has columns of, of whatever layer", async () => {
    const { lines } = await run(["-T", "fields", "-e", "tpkt.length", "-Y", "packet <= 8", session]);
    expect(lines).toEqual(["34", "19", "479", ""]);
  });
});
