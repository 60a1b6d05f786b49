import type { Direction } from "@railvail/dissect";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { messagesFrom, missing } from "./compared-records.js";
import { damage, damages, stepsOf, type Damage, type Step } from "./damage.js";
import { eventsOf, fixture } from "./recordings.js";

/** Step by step, the smallest session. */
let steps: readonly Step[] = [];
/** Steps up to this one make the connection, its channels and the dynamic channels. */
const connected = 102;

beforeAll(async () => {
  steps = stepsOf(await eventsOf(fixture("wslg-vail-gfxredir")));
});

describe("recovery", () => {
  const anyDamage = damages(["flip", "lose", "gap", "double", "insert", "cut"]);
  /** The last steps of the session, which come as they are. */
  const tailSteps = 60;

  /** How many messages of the tail are lost if what comes before it is damaged. */
  function lostAtOnce(list: readonly Damage[]): number {
    const first = steps.length - tailSteps;
    const bad = damage(steps, list, connected, first - 1);
    const good = messagesFrom(steps, first);
    return missing(good, messagesFrom(bad, first + bad.length - steps.length)).length;
  }

  test("after bytes that the capture is known to miss, nothing more is lost", () => {
    const list = fc.array(damages(["gap"]), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(list, (gaps) => {
        expect(lostAtOnce(gaps)).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  test.each(["wslg-audio", "wslg-clipboard"])(
    "%s: missing bytes cost the messages that they are part of",
    async (name) => {
      const session = stepsOf(await eventsOf(fixture(name)));
      const good = messagesFrom(session, 0);
      const lost = fc.sample(damages(["gap"]), { numRuns: 30, seed: 5 }).map((gap) => {
        const bad = damage(session, [gap], connected + 50);
        return missing(good, messagesFrom(bad, 0)).length;
      });
      // Most of these messages come in hundreds of packets, and one packet holds at most two.
      expect(Math.max(...lost)).toBeLessThanOrEqual(2);
      expect(Math.max(...lost)).toBeGreaterThan(0);
    },
  );

  test("after bytes that are wrong, nothing more is lost in nine of ten cases", () => {
    // A wrong length may still take in what comes after it; so this is no law for every case.
    const lost = fc.sample(anyDamage, { numRuns: 200, seed: 7 }).map((one) => lostAtOnce([one]));
    expect(lost.filter((count) => count === 0).length).toBeGreaterThanOrEqual(180);
  });

  /** More bytes than any frame can state to have. */
  const longest = 0x10000;

  /** Clean frames of one direction, until a wrong length is over. */
  function filler(tail: readonly Step[], direction: Direction): Step {
    const once = Buffer.concat(tail.filter((step) => step.direction === direction).map(({ bytes }) => bytes));
    const times = Math.ceil(longest / once.length) + 1;
    return { direction, bytes: Buffer.concat(Array<Buffer>(times).fill(once)) };
  }

  test("after 64 kB of right bytes all is read again", () => {
    const tail = steps.slice(-tailSteps - 3, -3);
    const before = steps.slice(0, -tailSteps - 3);
    const clean = [filler(tail, "c2s"), filler(tail, "s2c"), ...tail];
    const good = messagesFrom([...before, ...clean], before.length + 2);
    expect(good.size).toBeGreaterThan(20);
    // Where frames begin is guessed from what they look like, so the cases stay the same ones.
    const cases = fc.sample(damages(["lose", "double", "insert"]), { numRuns: 40, seed: 5 });
    for (const one of cases) {
      const bad = damage(before, [one], connected);
      const found = messagesFrom([...bad, ...clean], bad.length + 2);
      expect(missing(good, found), fc.stringify(one)).toEqual([]);
    }
  });
});

describe("a missing start", () => {
  /** Channels that need nothing of what was negotiated. */
  const selfEvident = /\|(mcs\/io|fastpath-in|fastpath-out\/.*)\|/;

  test("I/O and fast-path messages are found wherever the capture begins", () => {
    let runs = 0;
    const lossy: string[] = [];
    for (let from = 1; from <= 160; from++) {
      const [first, ...rest] = steps.slice(from);
      if (first === undefined) continue;
      const expected = new Map([...messagesFrom(steps, from + 1)].filter(([key]) => selfEvident.test(key)));
      expect(expected.size).toBeGreaterThan(10);
      // At the beginning of a frame, inside its headers, and inside what it carries.
      const cuts = [0, 1, 7, first.bytes.length >> 1];
      for (const cut of cuts.filter((at) => at < first.bytes.length)) {
        const given = [{ ...first, bytes: first.bytes.subarray(cut) }, ...rest];
        const lost = missing(expected, messagesFrom(given, 0, true)).length;
        // What begins with a whole frame is read whole.
        if (cut === 0) expect(lost, `from ${from}`).toBe(0);
        if (lost > 0) lossy.push(`from ${from}, cut at ${cut}: ${lost}`);
        runs++;
      }
    }
    expect(runs).toBeGreaterThan(500);
    // Chance can put bytes into the middle of a frame that look like one in every respect: the path
    // of a program has `00 72 00 6d 00`, and 0x72 bytes on a frame does begin.
    expect(lossy.length, lossy.join("; ")).toBeLessThanOrEqual(runs / 100);
  });
});
