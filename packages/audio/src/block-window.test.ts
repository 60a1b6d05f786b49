import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  blockWindow,
  confirmBlock,
  nextOverdue,
  reportLatency,
  withBlock,
  withLatencyReset,
  withoutOverdue,
  type BlockWindow,
} from "./index.js";

const needs = fc.constantFrom<1 | 2>(1, 2);
const block = fc.nat(255);
const action = fc.oneof(
  fc.record({ do: fc.constant("submit" as const), block }),
  fc.record({ do: fc.constant("confirm" as const), block }),
  fc.record({ do: fc.constant("overdue" as const), block }),
  fc.record({ do: fc.constant("report" as const), block }),
  fc.record({ do: fc.constant("reset" as const), block }),
);

const countOf = ({ blocks }: BlockWindow): number => blocks.filter((one) => one?.inFlight === true).length;

/** The window after confirms of one block, at these times. */
const afterConfirms = (window: BlockWindow, blockNo: number, ...times: readonly number[]): BlockWindow =>
  times.reduce((next, at) => confirmBlock(next, blockNo, at).window, window);

const kindOf = (window: BlockWindow, blockNo: number, at: number): string =>
  confirmBlock(window, blockNo, at).confirmed.kind;

describe("blocks in flight", () => {
  test("are those that were counted, and each confirm is told by what the block had before, whatever comes", () => {
    fc.assert(
      fc.property(needs, fc.array(action, { maxLength: 300 }), (confirmsNeeded, actions) => {
        let window = blockWindow(confirmsNeeded);
        const confirms = new Map<number, number>();
        let needed: number = confirmsNeeded;
        for (const [at, step] of actions.entries()) {
          if (step.do === "submit") {
            window = withBlock(window, step.block, at, 10);
            confirms.set(step.block, 0);
          } else if (step.do === "confirm") {
            const had = confirms.get(step.block) ?? 2;
            const { window: next, confirmed } = confirmBlock(window, step.block, at);
            expect(confirmed.kind).toBe(["received", "played", "unexpected"][had]);
            if (confirmed.kind === "played") needed = 2;
            if (had < 2 && had + 1 >= needed) expect(next.blocks[step.block]?.inFlight).toBe(false);
            if (had < 2) confirms.set(step.block, had + 1);
            window = next;
          } else if (step.do === "overdue") {
            const next = withoutOverdue(window, at, 5);
            expect(nextOverdue(next, 5)).toBeGreaterThan(at);
            expect(next === window).toBe(next.inFlight === window.inFlight);
            window = next;
          } else if (step.do === "report") {
            const { report, window: next } = reportLatency(window);
            expect(report.latency).toBeGreaterThanOrEqual(0);
            window = next;
          } else window = withLatencyReset(window);
          expect(window.inFlight).toBe(countOf(window));
        }
      }),
    );
  });

  test("come back with the confirm of a later one: blocks are played in order", () => {
    let window = blockWindow();
    for (let each = 250; each < 260; each++) window = withBlock(window, each, each);
    window = afterConfirms(window, 0, 300);
    expect(window.blocks.flatMap((one, number) => (one?.inFlight === true ? [number] : []))).toEqual([1, 2, 3]);
    // The confirms that were passed over still tell how long the blocks took.
    expect(confirmBlock(window, 255, 310).confirmed).toEqual({ kind: "received", latency: 55 });
    expect(confirmBlock(window, 255, 310).window.inFlight).toBe(3);
  });

  test("are overdue when they should have been played, one after the other, and nothing comes back", () => {
    let window = blockWindow();
    for (let each = 0; each < 3; each++) window = withBlock(window, each, 1000 + each, 100);
    expect(nextOverdue(window, 50)).toBe(1150);
    expect(withoutOverdue(window, 1149, 50)).toBe(window);
    const late = withoutOverdue(window, 1150, 50);
    expect([late.inFlight, late.late]).toEqual([2, true]);
    // It is not waited for again until it confirms, even if what it confirms is no longer waited for.
    expect(nextOverdue(late, 50)).toBe(1200);
    expect(nextOverdue(afterConfirms(late, 0, 1160), 50)).toBe(1250);
    expect(withoutOverdue(window, 1300, 0).inFlight).toBe(0);
    // Each confirm that brings a credit back gives the others time.
    const confirmed = afterConfirms(window, 0, 1280);
    expect(nextOverdue(confirmed, 50)).toBe(1330);
    expect(withoutOverdue(confirmed, 1329, 50)).toBe(confirmed);
    expect(withoutOverdue(confirmed, 1330, 50).inFlight).toBe(0);
  });

  test("after a pause play from when they are sent", () => {
    const window = withBlock(withBlock(blockWindow(), 0, 0, 10), 1, 1000, 10);
    expect(nextOverdue(afterConfirms(window, 0, 5), 0)).toBe(1010);
  });

  test("a number that is still in flight when it comes again is given up", () => {
    const window = withBlock(withBlock(blockWindow(), 3, 0), 3, 100);
    expect(window.inFlight).toBe(1);
    expect(confirmBlock(window, 3, 120).confirmed).toEqual({ kind: "received", latency: 20 });
  });
});

test("a third confirm, and one for a block never sent, count for nothing", () => {
  expect(kindOf(blockWindow(), 7, 1)).toBe("unexpected");
  const window = afterConfirms(withBlock(blockWindow(2), 7, 0), 7, 1, 2);
  const third = confirmBlock(window, 7, 3);
  expect(third).toEqual({ window, confirmed: { kind: "unexpected" } });
  expect(third.window).toBe(window);
  expect(window.inFlight).toBe(0);
});

test("a client that has confirmed twice gives its credits back with the second confirm", () => {
  let window = afterConfirms(withBlock(blockWindow(), 0, 0), 0, 1);
  window = afterConfirms(withBlock(withBlock(window, 1, 0), 2, 0), 0, 2);
  window = afterConfirms(afterConfirms(window, 1, 3), 2, 4);
  expect(window.inFlight).toBe(2);
  expect(afterConfirms(window, 1, 5).inFlight).toBe(1);
});

describe("latency", () => {
  test("of a client that confirms twice is the mean time between its confirms", () => {
    const delays = fc.array(fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 1000 })), {
      minLength: 1,
      maxLength: 700,
    });
    fc.assert(
      fc.property(needs, delays, fc.nat(1_000_000), (confirmsNeeded, blocks, start) => {
        let window = blockWindow(confirmsNeeded);
        let now = start;
        for (const [index, [network, play]] of blocks.entries()) {
          window = afterConfirms(
            withBlock(window, index & 0xff, now),
            index & 0xff,
            now + network,
            now + network + play,
          );
          now += 5;
        }
        const check = (times: readonly number[], figures: ReturnType<typeof reportLatency>["report"]["played"]) => {
          expect(figures).toMatchObject({
            count: times.length,
            min: Math.min(...times),
            max: Math.max(...times),
          });
          expect(figures?.mean).toBeCloseTo(times.reduce((sum, time) => sum + time, 0) / times.length, 6);
        };
        const { report, window: next } = reportLatency(window);
        check(
          blocks.map(([network]) => network),
          report.network,
        );
        check(
          blocks.map(([network, play]) => network + play),
          report.played,
        );
        expect(report.latency).toBeCloseTo((report.played?.mean ?? 0) - (report.network?.mean ?? 0), 6);
        // No new samples: the figures are gone, the latency stays.
        expect(reportLatency(next).report).toEqual({
          network: undefined,
          played: undefined,
          latency: report.latency,
        });
        expect(window.inFlight).toBe(0);
      }),
    );
  });

  const figures = (count: number, mean: number): object => ({ count, mean, min: mean, max: mean });

  test("of a client that confirms once is the time to its confirm; WSLg knows none, and gets no block back", () => {
    const played = (confirmsNeeded: 1 | 2): BlockWindow => {
      let window = blockWindow(confirmsNeeded);
      for (let each = 0; each < 1000; each++)
        window = afterConfirms(withBlock(window, each & 0xff, each * 5), each & 0xff, each * 5 + 30);
      return window;
    };
    const [once, wslg] = [played(1), played(2)];
    expect([once.inFlight, wslg.inFlight]).toEqual([0, 256]);
    expect(reportLatency(once).report).toEqual({ network: figures(1000, 30), played: undefined, latency: 30 });
    expect(reportLatency(wslg).report).toEqual({ network: figures(1000, 30), played: undefined, latency: 0 });
  });

  test("after a reset is not that of blocks that were on their way", () => {
    let window = afterConfirms(withLatencyReset(withBlock(blockWindow(), 1, 0)), 1, 5000, 9000);
    expect(window.inFlight).toBe(0);
    expect(reportLatency(window).report).toEqual({ network: undefined, played: undefined, latency: 0 });
    window = afterConfirms(withBlock(window, 2, 9000), 2, 9010, 9050);
    expect(reportLatency(window).report).toEqual({ network: figures(1, 10), played: figures(1, 50), latency: 40 });
  });

  test("is that of the last report where the second confirms seem faster than the first", () => {
    let window = afterConfirms(withBlock(blockWindow(), 0, 0), 0, 10, 30);
    window = reportLatency(window).window;
    window = afterConfirms(withBlock(window, 1, 0), 1, 100);
    window = afterConfirms(window, 0, 40);
    expect(reportLatency(window).report).toMatchObject({ played: undefined, latency: 20 });
  });
});
