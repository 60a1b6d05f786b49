import { MonitorLayout } from "@railvail/display";
import { WindowMove } from "@railvail/rail";
import { hex } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import {
  BrokenLaw,
  codecLaws,
  deliveryTarget,
  describeFinding,
  failureOf,
  fuzz,
  HostileClient,
  readRegression,
  regressionOf,
  regressionText,
  runCli,
  shrink,
  type Packet,
  type Target,
} from "../index.js";

const rail = (digits: string): Packet => ({
  from: "client",
  channel: "rail",
  bytes: Uint8Array.from(Buffer.from(digits, "hex")),
});

/** A codec that is wrong for windows to the right of a place. */
const wrong: Target = {
  name: "wrong",
  about: "a codec that loses the sign of a number",
  single: true,
  make: (choice) => [
    rail(hex(WindowMove.encode({ windowId: choice.int(0, 99), left: choice.int(0, 9), top: 2, right: 3, bottom: 4 }))),
  ],
  check([packet]) {
    const decode = (bytes: Uint8Array) => {
      const value = WindowMove.decode(bytes);
      return { ...value, left: value.left < 0 ? ~value.left : value.left };
    };
    codecLaws(
      { name: "wrong", decode, encode: (value) => WindowMove.encode(value) },
      packet?.bytes ?? new Uint8Array(0),
    );
  },
};

describe("the loop", () => {
  test("finds what is wrong, makes it small, and says how to see it again", async () => {
    const { finding } = await fuzz({ target: wrong, runs: 2000 });
    if (finding === undefined) throw new Error("nothing was found");
    expect(finding.failure.kind).toBe("round-trip");
    const [smallest] = finding.smallest;
    expect(WindowMove.decode(smallest?.bytes ?? new Uint8Array(0))).toMatchObject({
      windowId: 0,
      top: 0,
      right: 0,
      bottom: 0,
    });
    const text = describeFinding(finding, wrong);
    expect(text).toContain(`rail-fuzz --target wrong --seed ${finding.seed} --runs 1`);
    expect(text).toContain(hex(smallest?.bytes ?? new Uint8Array(0)));
    expect(text).toContain("TS_RAIL_ORDER_WINDOWMOVE");
    expect(text).toMatch(/ 8 {2}00[8-9a-f]. {2}left: i16 = -/);
    const again = await fuzz({ target: wrong, seed: finding.seed ?? 0, runs: 1 });
    expect(again.finding?.input).toEqual(finding.input);
    const kept = regressionOf(finding, "left-is-negative");
    expect(readRegression(regressionText(kept))).toEqual(kept);
    expect((await failureOf(wrong, kept.input))?.kind).toBe("round-trip");
  });

  test("tries the corpus first, as it is", async () => {
    const bad = rail("0800100000000000ffff000000000000");
    const { finding, runs } = await fuzz({ target: wrong, runs: 0, corpus: [[bad]] });
    expect([runs, finding?.seed]).toEqual([0, undefined]);
  });

  test("ends by the clock that it is given", async () => {
    let now = 0;
    const target: Target = { ...wrong, check: () => void (now += 100) };
    expect(await fuzz({ target, seconds: 3, clock: () => now })).toEqual({ runs: 4, finding: undefined });
    await expect(fuzz({ target, seconds: 3 })).rejects.toThrow(TypeError);
  });

  test("goes on with errors of any kind as findings, and with promises", async () => {
    const target: Target = { ...wrong, check: () => Promise.reject(new RangeError("offset 17 is outside")) };
    const { finding } = await fuzz({ target });
    expect(finding?.failure.kind).toBe("throws RangeError: offset n is outside");
    expect(finding?.smallest).toEqual([]);
  });
});

test("shrinking keeps the packets and bytes that matter, within its tries", async () => {
  const input = Array.from({ length: 40 }, (_, index) => rail(`ff0${index % 10}aabb`));
  const fails = async (some: readonly Packet[]): Promise<boolean> =>
    some.some(({ bytes }) => bytes.includes(7)) && some.some(({ bytes }) => bytes.includes(3));
  expect((await shrink(input, fails)).map(({ bytes }) => hex(bytes)).sort()).toEqual(["03", "07"]);
  let tries = 0;
  await shrink(input, async (some) => (tries++, fails(some)), 10);
  expect(tries).toBeLessThanOrEqual(10);
});

test.each([
  ["[", "JSON"],
  ['{"name":1}', "name"],
  ['{"name":"a","target":"b","origin":"c","broke":"d"}', "packets"],
  ['{"name":"a","target":"b","origin":"c","broke":"d","packets":[{}]}', "hex"],
  [
    '{"name":"a","target":"b","origin":"c","broke":"d","packets":[{"from":"client","channel":"rail","hex":"0"}]}',
    "digits",
  ],
])("a damaged regression file is refused: %s", (text, word) => {
  expect(() => readRegression(text)).toThrow(SyntaxError);
  expect(() => readRegression(text)).toThrow(word);
});

describe("an implementation of somebody else", () => {
  test("gets messages one after the other, and what it throws is found", async () => {
    const log: string[] = [];
    const target = deliveryTarget({
      name: "theirs",
      from: "client",
      channel: "disp",
      begin: () => void log.push("begin"),
      deliver(bytes) {
        // Trusts the count of monitors.
        const [count = 0] = bytes.subarray(12);
        if (40 * count > bytes.length) throw new RangeError(`monitor ${count} is not there`);
      },
    });
    const made = MonitorLayout.encode({ monitors: [] });
    const { finding } = await fuzz({ target, corpus: [[{ from: "client", channel: "disp", bytes: made }]], runs: 400 });
    expect(finding?.failure.message).toContain("RangeError");
    expect(finding?.smallest).toHaveLength(1);
    expect(log.length).toBeGreaterThan(1);
  });

  test("is logged on to by a hostile client, which then says what it was given", () => {
    const client = new HostileClient([rail("0000")]);
    const first = client.connect(0);
    expect(first).toMatchObject([{ type: "bytes" }]);
    expect([client.isDone, client.next(0), client.isDone]).toEqual([false, [], true]);
  });
});

describe("rail-fuzz", () => {
  const run = async (...args: string[]): Promise<[number, string]> => {
    let text = "";
    const code = await runCli(args, { write: (more) => void (text += more), clock: () => 0 });
    return [code, text];
  };

  test("fuzzes the targets that are named", async () => {
    const [code, text] = await run("--target", "display-server", "--target", "formats", "--runs", "2", "--seed", "3");
    expect([code, text]).toEqual([0, "display-server: 2 runs, nothing found\nformats: 2 runs, nothing found\n"]);
  });

  test("lists its targets, and says what is wrong with its arguments", async () => {
    expect((await run("--list"))[1]).toMatch(/^codecs +each declaration/);
    expect((await run("--help"))[1]).toContain("--seconds N");
    expect(await run("--target", "x")).toEqual([2, "rail-fuzz: there is no target x; --list shows them\n"]);
    expect(await run("--runs", "-1")).toMatchObject([2, expect.stringContaining("rail-fuzz: ")]);
    expect((await run("--wrong"))[0]).toBe(2);
  });
});

test("a broken law says which", () => expect(new BrokenLaw("tiling", "byte 3").message).toBe("tiling: byte 3"));
