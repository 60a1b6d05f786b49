import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyMessage } from "../testing/any-message.js";
import { clientAfter, clientReady, frame, serverAfter, serverReady } from "../testing/egfx-pair.js";
import {
  cachedBitmap,
  egfxVocabulary,
  freeCacheSlot,
  stepEgfxClient,
  stepEgfxServer,
  type EgfxServerInput,
} from "./index.js";

const small = fc.nat({ max: 5 });

describe("a peer that misbehaves", () => {
  test("never makes the client throw or grow past its limits", () => {
    const limits = { maxSurfaces: 2, maxPixels: 20 };
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 60, size: "max" }), (messages) => {
        let { state } = clientAfter([...clientReady, { type: "offerCache", entries: [] }], limits);
        for (const message of messages) {
          const next = stepEgfxClient(state, { type: "received", message });
          if (next.outputs.length > 0 && next.outputs.every(({ type }) => type === "violation"))
            expect(next.state).toBe(state);
          for (const output of next.outputs) if (output.type === "send") egfxVocabulary.encode(output.message);
          state = next.state;
          const { surfaces, surfacePixels, cache } = state.graphics;
          expect(surfaces.size).toBeLessThanOrEqual(2);
          expect(surfacePixels + cache.pixels).toBeLessThanOrEqual(20);
          expect(surfacePixels).toBe(
            [...surfaces.values()].reduce((sum, { width, height }) => sum + width * height, 0),
          );
          expect(cache.pages.flat().filter((bitmap) => bitmap !== undefined)).toHaveLength(cache.count);
          expect(cachedBitmap(cache, 0)).toBeUndefined();
        }
      }),
      { numRuns: 100 },
    );
  });

  test("never makes the server throw or grow past its limits", () => {
    const limits = { maxFrames: 2, maxUnawaited: 3, cacheImport: "ask" } as const;
    const input: fc.Arbitrary<EgfxServerInput> = fc.oneof(
      { weight: 4, arbitrary: anyMessage.map((message) => ({ type: "received", message }) as const) },
      { weight: 3, arbitrary: small.map((now) => frame(now * 1000)) },
      { weight: 1, arbitrary: fc.nat(20_000).map((now) => ({ type: "tick", now }) as const) },
      { weight: 1, arbitrary: fc.constant({ type: "replyCacheImport", cacheSlots: [1] } as const) },
    );
    fc.assert(
      fc.property(fc.array(input, { maxLength: 60, size: "max" }), (inputs) => {
        let { state } = serverAfter(
          [...serverReady, { type: "createSurface", surfaceId: 1, width: 2, height: 2 }],
          limits,
        );
        for (const each of inputs) {
          const next = stepEgfxServer(state, each);
          const told = next.outputs.every(({ type }) => type === "violation");
          const waits = next.outputs.some(
            (output) => output.type === "violation" && /^(ack-o|never|ack-u)/.test(output.rule),
          );
          if (next.outputs.length > 0 && told && !waits) expect(next.state).toBe(state);
          state = next.state;
          expect(state.pacing.outstanding.length).toBeLessThanOrEqual(2);
          expect(state.pacing.unawaited.length).toBeLessThanOrEqual(3);
          expect(state.offered?.length ?? 0).toBeLessThan(5462);
          if (state.phase === "unavailable") return;
          const free = freeCacheSlot(state);
          expect(free === undefined ? undefined : cachedBitmap(state.graphics.cache, free)).toBeUndefined();
        }
      }),
      { numRuns: 100 },
    );
  });
});
