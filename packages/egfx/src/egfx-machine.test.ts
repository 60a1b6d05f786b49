import { describe, expect, test } from "vitest";
import { cacheCases } from "../testing/cache-rule-cases.js";
import {
  ack,
  caps,
  clientAfter,
  clientReadyWith,
  create,
  created,
  draw,
  fill,
  frame,
  pixels,
  received,
  rect,
  serverAfter,
  serverReadyWith,
} from "../testing/egfx-pair.js";
import {
  type RuleCases,
  server,
  limited,
  client,
  only,
  old,
  begins,
  ends,
  drawsIt,
  whole,
  wide,
  draws,
  drawn,
  avc,
  toCache,
  fromCache,
  copy,
  progressive,
  toWindow,
  toOutput,
  mapped,
  reset,
  monitor,
  resets,
  offer,
  offers,
  imports,
  imported,
  quality,
} from "../testing/rule-inputs.js";
import { CodecId, egfxRules, type EgfxRule } from "./index.js";

/** For each rule and for each side that can break it: what leads to it. */
const cases: RuleCases<EgfxRule> = {
  "not-open": {
    peer: [
      () => serverAfter([ack(1)]).outputs,
      () => serverAfter([{ type: "opening", now: 0 }, ack(1)]).outputs,
      () => clientAfter([created()]).outputs,
    ],
  },
  "already-open": {
    local: [
      () => server({ type: "opened", now: 0 }),
      () => server({ type: "opening", now: 0 }),
      () => client({ type: "opened" }),
    ],
  },
  "not-ready": {
    peer: [
      () => serverAfter([{ type: "opened", now: 0 }, ack(1)]).outputs,
      () => serverAfter([{ type: "opened", now: 0 }, offer(1)]).outputs,
      () => serverAfter([{ type: "opened", now: 0 }, received("qoeFrameAcknowledge", quality)]).outputs,
      () => clientAfter([{ type: "opened" }, created()]).outputs,
    ],
    local: [
      () => serverAfter([create()]).outputs,
      () => clientAfter([{ type: "opened" }, offers(1)]).outputs,
      () => clientAfter([{ type: "opened" }, { type: "restart" }]).outputs,
      () => clientAfter([{ type: "reportQuality", ...quality }]).outputs,
    ],
  },
  "wrong-direction": { peer: [() => server(created()), () => client(ack(1))] },
  "unknown-command": {
    peer: [server, client].map((end) => () => {
      const value = { cmdId: 0x99, bytes: new Uint8Array(8) };
      return end({ type: "received", message: { message: "unknown", value } });
    }),
  },
  "caps-again": {
    peer: [
      () => serverAfter([...serverReadyWith(old), received("capsAdvertise", { capsSets: [old] })]).outputs,
      () => client(received("capsConfirm", { capsSet: old })),
    ],
  },
  "caps-not-offered": {
    peer: [() => clientAfter(clientReadyWith(caps("version106")), { capsSets: [old] }).outputs],
  },
  "restart-not-agreed": {
    local: [() => clientAfter([...clientReadyWith(old), { type: "restart" }]).outputs],
  },
  "output-size": {
    peer: [() => client(resets({ width: 0 })), () => client(resets({ height: 32_767 }))],
    local: [() => server({ ...reset, width: 32_767 }), () => server({ ...reset, height: 0 })],
  },
  "too-many-monitors": {
    peer: [() => client(resets({ monitorDefArray: Array.from({ length: 17 }, () => monitor) }))],
    local: [() => server({ ...reset, monitors: Array.from({ length: 17 }, () => monitor) })],
  },
  "surface-id": { local: [() => server(create(65_536)), () => server(create(-1)), () => server(create(0.5))] },
  "surface-id-in-use": {
    peer: [() => client(created(), created())],
    local: [() => server(create(), create())],
  },
  "surface-size": {
    peer: [() => client(created(1, 0)), () => client(created(1, 8, 0))],
    local: [() => server(create(1, 0)), () => server(create(1, 8, 65_536))],
  },
  "pixel-format": {
    peer: [() => client(received("createSurface", { surfaceId: 1, width: 8, height: 6, pixelFormat: 0x22 }))],
    local: [() => server({ ...create(), pixelFormat: 0 })],
  },
  "surface-unknown": {
    peer: [
      () => client(received("deleteSurface", { surfaceId: 1 })),
      () => client(received("mapSurfaceToWindow", mapped)),
      () => client(received("mapSurfaceToOutput", { surfaceId: 1, outputOriginX: 0, outputOriginY: 0 })),
      () => client(begins(), drawsIt("solidFill", fill(1))),
      () => client(begins(), drawsIt("wireToSurface1", pixels(1, whole))),
      () => client(begins(), drawsIt("wireToSurface2", progressive)),
      () => client(begins(), drawsIt("surfaceToCache", toCache(1))),
      () => client(begins(), drawsIt("cacheToSurface", fromCache(1))),
      () => drawn("surfaceToSurface", copy(whole, 0, 2)),
      () => drawn("surfaceToSurface", { ...copy(), surfaceIdDest: 2 }),
      () => client(drawsIt("deleteEncodingContext", { surfaceId: 1, codecContextId: 1 })),
    ],
    local: [
      () => server({ type: "deleteSurface", surfaceId: 1 }),
      () => server(toWindow),
      () => server(toOutput),
      () => server(frame(0, draw("solidFill", fill(1)))),
    ],
  },
  "too-many-surfaces": {
    peer: [() => only({ maxSurfaces: 1 }, created(), created(2))],
    local: [() => limited({ maxSurfaces: 1 }, create(), create(2))],
  },
  "too-many-pixels": {
    peer: [
      () => only({ maxPixels: 60 }, created(), created(2)),
      () => only({ maxPixels: 60 }, created(), begins(), drawsIt("surfaceToCache", toCache(1))),
      () => only({ maxPixels: 60 }, created(), offers(1, 52), imported(1)),
    ],
    local: [
      () => limited({ maxPixels: 60 }, create(), create(2)),
      () => limited({ maxPixels: 60, cacheImport: "ask" }, create(), offer(1, 52), imports(1)),
    ],
  },
  "map-size": {
    peer: [
      () => client(created(), received("mapSurfaceToWindow", { ...mapped, mappedWidth: 9 })),
      () => client(created(), received("mapSurfaceToWindow", { ...mapped, mappedHeight: 0 })),
      () => client(created(), received("mapSurfaceToScaledWindow", { ...mapped, targetWidth: 0, targetHeight: 6 })),
    ],
    local: [
      () => server(create(), { ...toWindow, mappedWidth: 9 }),
      () => server(create(), { ...toWindow, mappedHeight: 0 }),
      () => server(create(), { ...toOutput, targetWidth: 0 }),
    ],
  },
  "scaled-map-not-agreed": {
    peer: [
      () =>
        clientAfter([
          ...clientReadyWith(caps("version107", 0x80)),
          created(),
          received("mapSurfaceToScaledWindow", { ...mapped, targetWidth: 8, targetHeight: 6 }),
        ]).outputs,
    ],
    local: [
      () => serverAfter([...serverReadyWith(old), create(), { ...toWindow, targetWidth: 9 }]).outputs,
      () =>
        serverAfter([...serverReadyWith(caps("version107", 0x80)), create(), { ...toOutput, targetHeight: 9 }]).outputs,
    ],
  },
  "frame-id-in-use": { local: [() => server(frame(), { ...frame(), frameId: 1 })] },
  "too-many-frames": { local: [() => server(frame(), frame(), frame())] },
  "frame-open": { peer: [() => client(begins(), begins(2))] },
  "frame-not-open": { peer: [() => client(ends())] },
  "frame-id-differs": { peer: [() => client(begins(), ends(2))] },
  "outside-frame": { peer: [() => client(created(), drawsIt("solidFill", fill(1)))] },
  "outside-surface": {
    peer: [
      () => drawn("wireToSurface1", pixels(1, wide)),
      () => drawn("wireToSurface1", pixels(1, rect(3, 3, 3, 4))),
      () => drawn("solidFill", fill(1, whole, wide)),
      () => drawn("surfaceToSurface", copy(wide)),
      () => drawn("surfaceToSurface", copy(whole, 1)),
      () => drawn("surfaceToCache", toCache(1, wide)),
      () =>
        client(created(), begins(), drawsIt("surfaceToCache", toCache(1)), drawsIt("cacheToSurface", fromCache(1, 1))),
    ],
    local: [() => draws("solidFill", fill(1, wide)), () => draws("surfaceToCache", toCache(1, wide))],
  },
  "payload-size": {
    peer: [() => drawn("wireToSurface1", { ...pixels(1, whole), bitmapData: new Uint8Array(3) })],
    local: [
      () => draws("wireToSurface1", { ...pixels(1, whole), bitmapData: new Uint8Array(3) }),
      () => server(create(), frame(0, { ...draw("wireToSurface1", pixels(1, whole)), payload: [] })),
    ],
  },
  "codec-not-agreed": {
    peer: [
      () => drawn("wireToSurface1", avc),
      () => drawn("wireToSurface1", { ...avc, codecId: CodecId.avc444 }),
      () =>
        clientAfter([
          ...clientReadyWith(caps("version8", 1)),
          created(),
          begins(),
          drawsIt("wireToSurface2", progressive),
        ]).outputs,
    ],
    local: [() => draws("wireToSurface1", avc)],
  },
  ...cacheCases,
  "ack-unknown": {
    peer: [() => server(ack(1)), () => server(frame(), ack(1), ack(1)), () => server(frame(), ack(2))],
  },
  "ack-overdue": {
    peer: [() => server(frame(), ack(1), frame(10), { type: "tick", now: 5010 })],
  },
  "never-acknowledges": { peer: [() => server(frame(), { type: "tick", now: 5000 })] },
  "queue-depth": {
    local: [
      () => client({ type: "setQueueDepth", queueDepth: 0xffff_ffff }),
      () => client({ type: "setQueueDepth", queueDepth: -1 }),
    ],
  },
  "quality-not-agreed": {
    peer: [
      () => serverAfter([...serverReadyWith(old), received("qoeFrameAcknowledge", quality)]).outputs,
      () =>
        serverAfter([
          ...serverReadyWith({ capsData: { type: "version101" } }),
          received("qoeFrameAcknowledge", quality),
        ]).outputs,
    ],
    local: [() => clientAfter([...clientReadyWith(old), { type: "reportQuality", ...quality }]).outputs],
  },
};

describe("egfxRules", () => {
  const all = Object.entries(cases).flatMap(([rule, sides]) =>
    Object.entries(sides).flatMap(([by, ways]) => ways.map((way, index) => [rule, by, index, way] as const)),
  );

  test.each(all)("%s by the %s is reported (%i)", (rule, by, _index, way) => {
    const message = egfxRules[rule as EgfxRule];
    expect(way()).toContainEqual({ type: "violation", by, rule, message });
  });

  test("each can be broken", () => {
    expect(Object.values(cases).filter(({ peer = [], local = [] }) => peer.length + local.length === 0)).toEqual([]);
  });

  test("each is one lower-case sentence without a full stop", () => {
    for (const text of Object.values(egfxRules)) expect(text).toMatch(/^[a-z].*[^.]$/);
  });
});
