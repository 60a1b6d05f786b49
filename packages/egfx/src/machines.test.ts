import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { caps, draw, EgfxPair, fill, frame, opacity, pixels, rect } from "../testing/egfx-pair.js";
import {
  freeSurfaceId,
  mayStartFrame,
  type CapsSet,
  type EgfxSurface,
  type FrameCommand,
  type SlotTable,
} from "./index.js";

const small = fc.nat({ max: 5 });
const few = fc.constantFrom(0, 1, 2, 5, Infinity);
const side = fc.integer({ min: 1, max: 9 });

/** What a frame may hold; numbers choose among what is there. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("create" as const), width: side, height: side }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("delete" as const), surface: small }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("map" as const), surface: small, window: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("output" as const), surface: small }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("pixels" as const), surface: small, seed: fc.nat(255) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("alpha" as const), surface: small, seed: fc.nat(255) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("fill" as const), surface: small }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("copy" as const), surface: small, to: small }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("store" as const), surface: small, slot: small }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("show" as const), surface: small, slot: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("evict" as const), slot: small }) },
);
type FrameStep = typeof step extends fc.Arbitrary<infer S> ? S : never;

const actions = fc.oneof(
  { weight: 20, arbitrary: fc.record({ do: fc.constant("frame" as const), steps: fc.array(step, { maxLength: 6 }) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("step" as const), step }) },
  { weight: 14, arbitrary: fc.record({ do: fc.constant("client" as const), count: few }) },
  { weight: 10, arbitrary: fc.record({ do: fc.constant("server" as const), count: few }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("wait" as const), milliseconds: fc.constantFrom(1, 4000, 9000) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("wish" as const), suspend: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("depth" as const), queueDepth: fc.constantFrom(0, 9, 100) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restart" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("reset" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cut" as const) }) },
);
type Action = typeof actions extends fc.Arbitrary<infer A> ? A : never;

const pick = (pair: EgfxPair, index: number): EgfxSurface => {
  const all = [...pair.server.graphics.surfaces.values()];
  const none = { surfaceId: 9, width: 1, height: 1, pixelFormat: 0x21, mapping: undefined };
  return all[index % Math.max(all.length, 1)] ?? none;
};

function commandOf(pair: EgfxPair, what: FrameStep): FrameCommand["commands"][number] {
  const { server } = pair;
  if (what.do === "create") {
    const surfaceId = freeSurfaceId(server) ?? 0;
    return { type: "createSurface", surfaceId, width: what.width, height: what.height };
  }
  if (what.do === "evict") return draw("evictCacheEntry", { cacheSlot: what.slot });
  const { surfaceId, width, height } = pick(pair, what.surface);
  const whole = rect(0, 0, width, height);
  const half = rect(0, 0, Math.ceil(width / 2), height);
  switch (what.do) {
    case "delete":
      return { type: "deleteSurface", surfaceId };
    case "map":
      return { type: "mapToWindow", surfaceId, windowId: BigInt(what.window % 3) };
    case "output":
      return { type: "mapToOutput", surfaceId, outputOriginX: 1, outputOriginY: 2 };
    case "pixels": {
      const value = pixels(surfaceId, half, what.seed);
      const { bitmapData } = value;
      const payload = [bitmapData.subarray(0, 3), bitmapData.subarray(3)];
      return { ...draw("wireToSurface1", { ...value, bitmapData: new Uint8Array() }), payload };
    }
    case "alpha":
      return draw("wireToSurface1", opacity(surfaceId, whole, what.seed));
    case "fill":
      return draw("solidFill", fill(surfaceId, whole));
    case "copy": {
      const surfaceIdDest = pick(pair, what.to).surfaceId;
      const rectSrc = rect(0, 0, 1, 1);
      return draw("surfaceToSurface", { surfaceIdSrc: surfaceId, surfaceIdDest, rectSrc, destPts: [{ x: 0, y: 0 }] });
    }
    case "store":
      return draw("surfaceToCache", { surfaceId, cacheKey: 1n, cacheSlot: what.slot, rectSrc: half });
    case "show":
      return draw("cacheToSurface", { surfaceId, cacheSlot: what.slot, destPts: [{ x: 0, y: 0 }] });
  }
}

function act(pair: EgfxPair, action: Action): void {
  const { server } = pair;
  switch (action.do) {
    case "frame": {
      // A command counts on those before it, so all are made for what is there now; some will not be possible.
      const commands = action.steps.map((each) => commandOf(pair, each));
      const violations = pair.violations.length;
      pair.serverDoes(frame(pair.now, ...commands));
      if (!mayStartFrame(server)) expect(pair.server).toBe(server);
      // All of it, or nothing but the reason.
      expect(pair.violations.length - violations).toBe(pair.server === server ? 1 : 0);
      return undefined;
    }
    case "step": {
      const command = commandOf(pair, action.step);
      return command.type === "draw" ? undefined : pair.serverDoes(command);
    }
    case "client":
    case "server":
      return pair.deliver(action.do, action.count);
    case "wait":
      return pair.wait(action.milliseconds);
    case "wish":
      return pair.clientDoes({ type: action.suspend ? "suspendAcknowledgements" : "resumeAcknowledgements" });
    case "depth":
      return pair.clientDoes({ type: "setQueueDepth", queueDepth: action.queueDepth });
    case "restart":
      return pair.clientDoes({ type: "restart" });
    case "reset":
      return pair.serverDoes({ type: "resetGraphics", width: 9, height: 9, monitors: [] });
    case "cut":
      pair.cut();
      return pair.open();
  }
}

const slots = (table: SlotTable): unknown[] =>
  table.pages.flat().flatMap((bitmap, slot) => (bitmap === undefined ? [] : [[slot, bitmap]]));

/** What holds at any moment. */
function holdsAlways({ server, wake, now, client, windows }: EgfxPair): void {
  const { outstanding, acknowledgements } = server.pacing;
  expect(outstanding.length).toBeLessThanOrEqual(server.options.maxFrames);
  if (acknowledgements !== "wanted") expect(outstanding).toEqual([]);
  const deadlines = [...outstanding.map(({ dueAt }) => dueAt), server.negotiateUntil ?? Infinity];
  expect(wake ?? Infinity).toBe(Math.min(...deadlines));
  // Nothing waits for longer than it was said to.
  expect(Math.min(...deadlines)).toBeGreaterThan(now);
  const shown = [...client.graphics.surfaces.values()].flatMap(({ mapping, surfaceId }) =>
    mapping?.type === "window" ? [[mapping.windowId, surfaceId] as const] : [],
  );
  expect(new Map(shown)).toEqual(windows);
}

const offers: readonly (readonly CapsSet[])[] = [
  [caps("version8"), caps("version107", 0x20), caps("version103")],
  [caps("version81", 0x10), caps("version8", 2)],
];

describe("server and client", () => {
  test("agree in the end on surfaces, cache and each pixel, whatever is delayed, suspended, restarted or cut", () => {
    fc.assert(
      fc.property(
        fc.array(actions, { maxLength: 60, size: "max" }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom(...offers),
        fc.constantFrom("specification" as const, "wslg" as const),
        (history, maxFrames, capsSets, compat) => {
          const pair = new EgfxPair({ maxFrames, compat, maxQueueDepth: 50, maxUnawaited: 3 }, { capsSets });
          pair.open();
          pair.settle();
          for (const action of history) {
            act(pair, action);
            holdsAlways(pair);
          }
          if (pair.server.phase !== "ready") {
            pair.cut();
            pair.open();
          }
          pair.clientDoes({ type: "resumeAcknowledgements" });
          pair.settle();
          // A client that answers again is waited for again.
          pair.serverDoes(frame(pair.now));
          pair.settle();
          const { server, client, meant, painted } = pair;
          expect(server.phase).toBe("ready");
          expect(client.phase).toBe("ready");
          expect(client.capability).toEqual(server.capability);
          expect(server.graphics.surfaces).toEqual(client.graphics.surfaces);
          expect(slots(server.graphics.cache)).toEqual(slots(client.graphics.cache));
          for (const surfaceId of meant.surfaceIds())
            expect(painted.surface(surfaceId)).toEqual(meant.surface(surfaceId));
          expect(new Set(painted.surfaceIds())).toEqual(new Set(client.graphics.surfaces.keys()));
          expect(server.pacing.outstanding).toEqual([]);
          expect(server.pacing.acknowledgements).toBe("wanted");
          // Nothing leaks.
          for (const surfaceId of server.graphics.surfaces.keys())
            pair.serverDoes({ type: "deleteSurface", surfaceId });
          for (const [slot] of slots(server.graphics.cache) as [number][])
            pair.serverDoes(frame(pair.now, draw("evictCacheEntry", { cacheSlot: slot })));
          pair.settle();
          expect(pair.client.graphics.surfaces.size + pair.server.graphics.surfaces.size).toBe(0);
          expect([pair.client.graphics.surfacePixels, pair.server.graphics.surfacePixels]).toEqual([0, 0]);
          expect([pair.client.graphics.cache.pixels, pair.windows.size]).toEqual([
            pair.server.graphics.cache.pixels,
            0,
          ]);
          expect(pair.painted.surfaceIds()).toEqual([]);
          const strange = pair.violations.filter(
            (violation) =>
              !violation.startsWith("server: local") &&
              !violation.startsWith("client: local") &&
              // The history lets it be late.
              violation !== "server: peer: ack-overdue" &&
              violation !== "server: peer: never-acknowledges",
          );
          expect(strange).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });

  test("a compositor that asks first is never refused, and goes on for ever with a client of any kind", () => {
    const kind = fc.constantFrom("each" as const, "suspends" as const, "never" as const, "late" as const);
    fc.assert(
      fc.property(kind, fc.integer({ min: 1, max: 4 }), (behaves, maxFrames) => {
        const pair = new EgfxPair({ maxFrames, acknowledgeTimeout: 100, maxUnawaited: 5 });
        pair.open();
        pair.settle();
        if (behaves === "suspends") pair.clientDoes({ type: "suspendAcknowledgements" });
        let sent = 0;
        for (let round = 0; round < 60; round++) {
          if (mayStartFrame(pair.server)) {
            pair.serverDoes(frame(pair.now));
            sent++;
          }
          pair.deliver("client", Infinity);
          if (behaves === "each" || behaves === "suspends" || (behaves === "late" && round % 7 === 6))
            pair.deliver("server", Infinity);
          pair.wait(40);
        }
        expect(pair.violations.filter((violation) => violation.includes("local"))).toEqual([]);
        expect(pair.violations.filter((violation) => violation.includes("ack-unknown"))).toEqual([]);
        if (behaves === "each" || behaves === "suspends") expect([sent, pair.violations]).toEqual([60, []]);
        if (behaves === "never") {
          expect(pair.violations).toEqual(["server: peer: never-acknowledges"]);
          expect(sent).toBeGreaterThan(50);
        }
        if (behaves === "late") expect(sent).toBeGreaterThan(10);
        expect(pair.server.pacing.unawaited.length).toBeLessThanOrEqual(5);
      }),
      { numRuns: 40 },
    );
  });
});
