import { describe, expect, test } from "vitest";
import {
  caps,
  clientAfter,
  clientReady,
  clientReadyWith,
  created,
  drawing,
  fill,
  noTime,
  opacity,
  pixels,
  received,
  rect,
} from "../testing/egfx-pair.js";
import {
  paintEgfx,
  QueueDepth,
  stepEgfxClient,
  SurfaceCanvases,
  type EgfxClientInput,
  type EgfxClientOutput,
} from "./index.js";

const types = (outputs: readonly EgfxClientOutput[]): string[] =>
  outputs.map((output) => (output.type === "violation" ? output.rule : output.type));
/** All that came of these inputs, after the client was ready. */
function after(...inputs: readonly EgfxClientInput[]): readonly EgfxClientOutput[] {
  let { state } = clientAfter(clientReady);
  return inputs.flatMap((input) => {
    const step = stepEgfxClient(state, input);
    state = step.state;
    return step.outputs;
  });
}
const draws = (...args: Parameters<typeof drawing>) => ({ type: "received", message: drawing(...args) }) as const;
const begins = (frameId: number) => received("startFrame", { frameId, timestamp: noTime });
const ends = (frameId: number) => received("endFrame", { frameId });
const toWindow = (surfaceId: number, windowId: bigint, mappedWidth = 8) =>
  received("mapSurfaceToWindow", { surfaceId, windowId, mappedWidth, mappedHeight: 6 });
const window = (windowId: bigint, mappedWidth = 8) => ({
  type: "window",
  windowId,
  mappedWidth,
  mappedHeight: 6,
  targetWidth: mappedWidth,
  targetHeight: 6,
});
const acks = (outputs: readonly EgfxClientOutput[]) =>
  outputs.flatMap((output) =>
    output.type === "send" && output.message.message === "frameAcknowledge" ? [output.message.value] : [],
  );

describe("mappings", () => {
  test("a new surface takes the place of the old one in its window, which is deleted afterwards", () => {
    const outputs = after(
      created(1),
      toWindow(1, 5n),
      created(2),
      toWindow(2, 5n),
      received("deleteSurface", { surfaceId: 1 }),
    );
    expect(outputs.slice(1)).toEqual([
      { type: "mapped", surfaceId: 1, mapping: window(5n) },
      { type: "surfaceCreated", surface: expect.objectContaining({ surfaceId: 2 }) as unknown },
      { type: "unmapped", surfaceId: 1, mapping: window(5n), replacedBy: 2 },
      { type: "mapped", surfaceId: 2, mapping: window(5n) },
      { type: "surfaceDeleted", surfaceId: 1 },
    ]);
  });

  test("a surface is in one place: a window that shows it no more is told", () => {
    const outputs = after(created(1), toWindow(1, 5n), toWindow(1, 6n), toWindow(1, 6n));
    expect(types(outputs)).toEqual(["surfaceCreated", "mapped", "unmapped", "mapped", "mapped"]);
    expect(outputs[2]).toEqual({ type: "unmapped", surfaceId: 1, mapping: window(5n), replacedBy: undefined });
  });

  test("what is larger than the surface is cut", () => {
    const outputs = after(created(1), toWindow(1, 5n, 9));
    expect(types(outputs)).toEqual(["surfaceCreated", "map-size", "mapped"]);
    expect(outputs[2]).toEqual({ type: "mapped", surfaceId: 1, mapping: window(5n) });
  });

  test("on the output, plain and scaled", () => {
    const at = { surfaceId: 1, outputOriginX: 3, outputOriginY: 4 };
    const mapping = { type: "output", outputOriginX: 3, outputOriginY: 4 };
    const outputs = after(
      created(1),
      received("mapSurfaceToOutput", at),
      received("mapSurfaceToScaledOutput", { ...at, targetWidth: 16, targetHeight: 3 }),
    );
    expect(outputs.slice(1)).toEqual([
      { type: "mapped", surfaceId: 1, mapping: { ...mapping, targetWidth: 8, targetHeight: 6 } },
      { type: "mapped", surfaceId: 1, mapping: { ...mapping, targetWidth: 16, targetHeight: 3 } },
    ]);
  });

  test("a surface in the place of another with its id ends the mapping of that", () => {
    const outputs = after(created(1), toWindow(1, 5n), created(1, 2, 2));
    expect(types(outputs).slice(2)).toEqual(["surface-id-in-use", "unmapped", "surfaceDeleted", "surfaceCreated"]);
  });

  test("all ends with the channel", () => {
    const stored = draws("surfaceToCache", { surfaceId: 1, cacheKey: 1n, cacheSlot: 1, rectSrc: rect(0, 0, 1, 1) });
    const outputs = after(created(1), toWindow(1, 5n), begins(1), stored, { type: "closed" }, { type: "closed" });
    expect(types(outputs).slice(4)).toEqual(["unmapped", "surfaceDeleted", "cacheCleared"]);
  });
});

describe("frames", () => {
  test("a frame is acknowledged when it ended, after what was drawn", () => {
    const outputs = after(created(1), begins(7), draws("solidFill", fill(1, rect(0, 0, 1, 1))), ends(7));
    expect(types(outputs)).toEqual(["surfaceCreated", "frameStarted", "draw", "frameEnded", "send"]);
    expect(acks(outputs)).toEqual([{ queueDepth: 0, frameId: 7, totalFramesDecoded: 1 }]);
  });

  test("acknowledgements say the queue's depth, can be suspended with the next frame, and taken up again", () => {
    const outputs = after(
      { type: "setQueueDepth", queueDepth: 4000 },
      ...[1, 2, 3, 4, 5, 6].flatMap((frameId): EgfxClientInput[] => [
        ...(frameId === 2 ? [{ type: "suspendAcknowledgements" } as const] : []),
        ...(frameId === 5 ? [{ type: "resumeAcknowledgements" } as const] : []),
        begins(frameId),
        ends(frameId),
      ]),
    );
    expect(acks(outputs)).toEqual([
      { queueDepth: 4000, frameId: 1, totalFramesDecoded: 1 },
      { queueDepth: QueueDepth.suspendFrameAcknowledgement, frameId: 2, totalFramesDecoded: 2 },
      { queueDepth: 4000, frameId: 5, totalFramesDecoded: 5 },
      { queueDepth: 4000, frameId: 6, totalFramesDecoded: 6 },
    ]);
  });

  test("a suspension survives a restart and a new channel, and is stated anew", () => {
    const frames = [begins(1), ends(1)];
    const suspended = [{ type: "suspendAcknowledgements" }, ...frames] as const;
    const confirm = received("capsConfirm", { capsSet: caps("version107") });
    for (const again of [
      [{ type: "restart" }, confirm],
      [{ type: "closed" }, { type: "opened" }, confirm],
    ] as const) {
      const depths = acks(after(...suspended, ...again, ...frames, ...frames)).map(({ queueDepth }) => queueDepth);
      expect(depths).toEqual([0xffff_ffff, 0xffff_ffff]);
    }
  });

  test("an end without a beginning, and one of another frame, are acknowledged too", () => {
    const outputs = after(ends(3), begins(4), ends(5), begins(6), begins(7), ends(7));
    expect(acks(outputs).map(({ frameId }) => frameId)).toEqual([3, 5, 7]);
    expect(types(outputs).filter((type) => type.startsWith("frame-"))).toEqual([
      "frame-not-open",
      "frame-id-differs",
      "frame-open",
    ]);
  });

  test("measurements go out if the version has them", () => {
    const value = { frameId: 1, timestamp: 2, timeDiffSE: 3, timeDiffEDR: 4 };
    expect(after({ type: "reportQuality", ...value })).toEqual([
      { type: "send", message: { message: "qoeFrameAcknowledge", value } },
    ]);
  });
});

describe("drawings", () => {
  test("a drawing that leaves the cache alone leaves the state the same object, and hands on the same bytes", () => {
    const { state } = clientAfter([...clientReady, created(1), begins(1)]);
    const value = pixels(1, rect(0, 0, 2, 2));
    const step = stepEgfxClient(state, draws("wireToSurface1", value));
    expect(step.state).toBe(state);
    expect(step.outputs).toEqual([{ type: "draw", message: { message: "wireToSurface1", value } }]);
    const [output] = step.outputs;
    expect(output?.type === "draw" && output.message.value).toBe(value);
  });

  test("outside of a frame it is done, and said", () => {
    expect(types(after(created(1), draws("solidFill", fill(1, rect(0, 0, 1, 1)))))).toEqual([
      "surfaceCreated",
      "outside-frame",
      "draw",
    ]);
  });

  test("the painter paints them: pixels, opacity, colors, copies and cached bitmaps", () => {
    const canvases = new SurfaceCanvases();
    const outputs = after(
      created(1, 3, 1),
      created(2, 2, 1),
      begins(1),
      draws("wireToSurface1", opacity(1, rect(0, 0, 2, 1), 0x80)),
      // Its alpha does not count: opacity came by its codec.
      draws("wireToSurface1", { ...pixels(1, rect(0, 0, 1, 1)), bitmapData: Uint8Array.of(1, 2, 3, 9) }),
      draws("solidFill", fill(1, rect(2, 0, 3, 1))),
      draws("wireToSurface1", { ...pixels(2, rect(0, 0, 1, 1)), bitmapData: Uint8Array.of(1, 2, 3, 9) }),
      draws("surfaceToCache", { surfaceId: 2, cacheKey: 1n, cacheSlot: 5, rectSrc: rect(0, 0, 1, 1) }),
      draws("cacheToSurface", { surfaceId: 1, cacheSlot: 5, destPts: [{ x: 1, y: 0 }] }),
      draws("surfaceToSurface", {
        surfaceIdSrc: 1,
        surfaceIdDest: 2,
        rectSrc: rect(0, 0, 1, 1),
        destPts: [{ x: 1, y: 0 }],
      }),
      ends(1),
    );
    for (const output of outputs) expect(paintEgfx(canvases, output)).toBeUndefined();
    expect([...(canvases.surface(1)?.rgba ?? [])]).toEqual([3, 2, 1, 0x80, 3, 2, 1, 9, 3, 2, 1, 4]);
    expect([...(canvases.surface(2)?.rgba ?? [])]).toEqual([3, 2, 1, 9, 3, 2, 1, 0x80]);
    paintEgfx(canvases, { type: "surfaceDeleted", surfaceId: 1 });
    paintEgfx(canvases, { type: "cacheCleared" });
    expect(canvases.surfaceIds()).toEqual([2]);
    const show = drawing("cacheToSurface", { surfaceId: 2, cacheSlot: 5, destPts: [{ x: 0, y: 0 }] });
    expect(paintEgfx(canvases, { type: "draw", message: show })).toBe("unknown-slot");
  });
});

describe("the output", () => {
  const monitor = { left: 100, top: 50, right: 300, bottom: 200, flags: 1 };
  const reset = received("resetGraphics", { width: 400, height: 250, monitorDefArray: [monitor] });

  test("gets its size and its monitors, and surfaces stay", () => {
    const { state, outputs } = clientAfter([...clientReady, created(1), toWindow(1, 5n), reset]);
    expect(outputs).toEqual([{ type: "graphicsReset", width: 400, height: 250, monitors: [monitor] }]);
    expect(state.graphics.surfaces.get(1)?.mapping).toEqual(window(5n));
  });

  test("WSLg's monitors are put right", () => {
    const { outputs } = clientAfter([...clientReady, reset], { compat: "wslg" });
    expect(outputs).toMatchObject([{ monitors: [{ left: 100, top: 50, right: 399, bottom: 249, flags: 1 }] }]);
  });
});

test("a client that begins anew passes over what comes before the answer", () => {
  const { state, outputs } = clientAfter([...clientReady, begins(1), created(1), { type: "restart" }]);
  expect(types(outputs)).toEqual(["surfaceDeleted", "send"]);
  const before = stepEgfxClient(state, created(2));
  expect([before.state, before.outputs]).toEqual([state, []]);
  const confirmed = stepEgfxClient(before.state, received("capsConfirm", { capsSet: caps("version103", 0x20) }));
  expect(confirmed.outputs).toMatchObject([{ type: "ready", restarted: true, capability: { version: 0x000a_0301 } }]);
  expect(types(stepEgfxClient(confirmed.state, begins(2)).outputs)).toEqual(["frameStarted"]);
});

test("offered bitmaps that got a slot are named, and nothing else of the offer", () => {
  const entries = [1n, 2n, 3n].map((cacheKey) => ({ cacheKey, bitmapLength: 8 }));
  const { state, outputs } = clientAfter([
    ...clientReadyWith(caps("version107")),
    { type: "offerCache", entries },
    received("cacheImportReply", { cacheSlots: [6, 9] }),
  ]);
  expect(outputs).toEqual([
    { type: "cacheImported", bitmaps: [6, 9].map((cacheSlot, index) => ({ ...entries[index], cacheSlot })) },
  ]);
  expect(state.graphics.cache).toMatchObject({ count: 2, pixels: 4 });
});
