import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LatencyMeter } from "./latency.js";

const modes = fc.constantFrom({}, { compat: "wslg" as const });
const action = fc.oneof(
  fc.record({ do: fc.constant("submit" as const), block: fc.nat(255) }),
  fc.record({ do: fc.constant("confirm" as const), block: fc.nat(255) }),
  fc.record({ do: fc.constant("report" as const), block: fc.constant(0) }),
  fc.record({ do: fc.constant("reset" as const), block: fc.constant(0) }),
);

test("whatever comes, in flight is the number of blocks that lack confirms", () => {
  fc.assert(
    fc.property(modes, fc.array(action, { maxLength: 300 }), (options, actions) => {
      const meter = new LatencyMeter(options);
      const needed = "compat" in options ? 2 : 1;
      const confirms = new Map<number, number>();
      for (const [at, step] of actions.entries()) {
        if (step.do === "submit") {
          meter.submit(step.block, at);
          confirms.set(step.block, 0);
        } else if (step.do === "confirm") {
          const had = confirms.get(step.block) ?? 2;
          const kinds = ["received", "played", "unexpected"];
          expect(meter.confirm(step.block, at).kind).toBe(kinds[had]);
          if (had < 2) confirms.set(step.block, had + 1);
        } else if (step.do === "report") expect(meter.report().latency).toBeGreaterThanOrEqual(0);
        else meter.reset();
        expect(meter.inFlight).toBe([...confirms.values()].filter((count) => count < needed).length);
      }
    }),
  );
});

test("a client that confirms twice: the latency is the mean time between its confirms", () => {
  const delays = fc.array(fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 1000 })), {
    minLength: 1,
    maxLength: 700,
  });
  fc.assert(
    fc.property(modes, delays, fc.nat(1_000_000), (options, blocks, start) => {
      const meter = new LatencyMeter(options);
      let now = start;
      for (const [index, [network, play]] of blocks.entries()) {
        meter.submit(index & 0xff, now);
        expect(meter.confirm(index & 0xff, now + network)).toEqual({
          kind: "received",
          latency: network,
        });
        expect(meter.confirm(index & 0xff, now + network + play)).toEqual({
          kind: "played",
          latency: network + play,
        });
        now += 5;
      }
      const mean = (of: (block: readonly [number, number]) => number): number =>
        blocks.reduce((sum, block) => sum + of(block), 0) / blocks.length;
      const report = meter.report();
      expect(report.network).toBeCloseTo(
        mean(([network]) => network),
        6,
      );
      expect(report.latency).toBeCloseTo(
        mean(([, play]) => play),
        6,
      );
      // No new samples: the averages are gone, the latency stays.
      expect(meter.report()).toEqual({
        network: undefined,
        played: undefined,
        latency: report.latency,
      });
      expect(meter.inFlight).toBe(0);
    }),
  );
});

describe("a client that confirms once", () => {
  const play = (meter: LatencyMeter): void => {
    for (let block = 0; block < 1000; block++) {
      meter.submit(block & 0xff, block * 5);
      meter.confirm(block & 0xff, block * 5 + 30);
    }
  };

  test("its blocks come back, and the confirm is the latency", () => {
    const meter = new LatencyMeter();
    play(meter);
    expect(meter.inFlight).toBe(0);
    expect(meter.report()).toEqual({ network: 30, played: undefined, latency: 30 });
  });

  test("with WSLg, all 256 blocks stay in flight, and no latency is known", () => {
    const meter = new LatencyMeter({ compat: "wslg" });
    play(meter);
    expect(meter.inFlight).toBe(256);
    expect(meter.report()).toEqual({ network: 30, played: undefined, latency: 0 });
  });
});

test("a third confirm, and one for a block never sent, count for nothing", () => {
  const meter = new LatencyMeter({ compat: "wslg" });
  expect(meter.confirm(7, 1)).toEqual({ kind: "unexpected" });
  meter.submit(7, 0);
  meter.confirm(7, 1);
  meter.confirm(7, 2);
  expect(meter.confirm(7, 3)).toEqual({ kind: "unexpected" });
  expect(meter.inFlight).toBe(0);
});

test("after a reset, blocks that were on their way give no samples", () => {
  const meter = new LatencyMeter();
  meter.submit(1, 0);
  meter.reset();
  expect(meter.confirm(1, 5000).kind).toBe("received");
  expect(meter.confirm(1, 9000).kind).toBe("played");
  expect(meter.report()).toEqual({ network: undefined, played: undefined, latency: 0 });
  meter.submit(2, 9000);
  meter.confirm(2, 9010);
  meter.confirm(2, 9050);
  expect(meter.report()).toEqual({ network: 10, played: 50, latency: 40 });
});

test("a number that is still in flight when it comes again is given up", () => {
  const meter = new LatencyMeter();
  meter.submit(3, 0);
  meter.submit(3, 100);
  expect(meter.inFlight).toBe(1);
  expect(meter.confirm(3, 120)).toEqual({ kind: "received", latency: 20 });
});
