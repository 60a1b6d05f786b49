import { CodecId, type EgfxClientInput, type EgfxServerInput } from "../src/index.js";
import {
  caps,
  clientAfter,
  clientReady,
  create,
  created,
  draw,
  drawing,
  frame,
  noTime,
  pixels,
  received,
  rect,
  serverAfter,
  serverReady,
} from "./egfx-pair.js";

export type Outputs = readonly { readonly type: string }[];

/** For each rule and for each side that can break it: what leads to it. */
export type RuleCases<Rule extends string> = Readonly<
  Record<Rule, Partial<Readonly<Record<"peer" | "local", readonly (() => Outputs)[]>>>>
>;

export const server = (...inputs: EgfxServerInput[]): Outputs => serverAfter([...serverReady, ...inputs]).outputs;
export const limited = (limits: Parameters<typeof serverAfter>[1], ...inputs: EgfxServerInput[]): Outputs =>
  serverAfter([...serverReady, ...inputs], limits).outputs;
export const client = (...inputs: EgfxClientInput[]): Outputs => clientAfter([...clientReady, ...inputs]).outputs;
export const only = (limits: Parameters<typeof clientAfter>[1], ...inputs: EgfxClientInput[]): Outputs =>
  clientAfter([...clientReady, ...inputs], limits).outputs;

export const old = caps("version8");
export const begins = (frameId = 1) => received("startFrame", { frameId, timestamp: noTime });
export const ends = (frameId = 1) => received("endFrame", { frameId });
export const drawsIt = (...args: Parameters<typeof drawing>) =>
  ({ type: "received", message: drawing(...args) }) as const;
export const whole = rect(0, 0, 8, 6);
export const wide = rect(0, 0, 9, 6);
export const draws = (...args: Parameters<typeof draw>): Outputs => server(create(), frame(0, draw(...args)));
export const drawn = (...args: Parameters<typeof drawing>): Outputs => client(created(), begins(), drawsIt(...args));
export const avc = { ...pixels(1, whole), codecId: CodecId.avc420 };
export const toCache = (cacheSlot: number, rectSrc = whole) => ({ surfaceId: 1, cacheKey: 1n, cacheSlot, rectSrc });
export const fromCache = (cacheSlot: number, x = 0) => ({ surfaceId: 1, cacheSlot, destPts: [{ x, y: 0 }] });
export const copy = (rectSrc = whole, x = 0, surfaceIdSrc = 1) => ({
  surfaceIdSrc,
  surfaceIdDest: 1,
  rectSrc,
  destPts: [{ x, y: 0 }],
});
export const progressive = {
  surfaceId: 1,
  codecId: CodecId.caProgressive,
  codecContextId: 1,
  pixelFormat: 0x20,
  bitmapData: new Uint8Array(),
};
export const toWindow = { type: "mapToWindow", surfaceId: 1, windowId: 5n } as const;
export const toOutput = { type: "mapToOutput", surfaceId: 1, outputOriginX: 0, outputOriginY: 0 } as const;
export const mapped = { surfaceId: 1, windowId: 5n, mappedWidth: 8, mappedHeight: 6 };
export const reset = { type: "resetGraphics", width: 100, height: 100, monitors: [] } as const;
export const monitor = { left: 0, top: 0, right: 9, bottom: 9, flags: 0 };
export const resets = (changes: object) =>
  received("resetGraphics", { width: 100, height: 100, monitorDefArray: [], ...changes });
export const offer = (count: number, bitmapLength = 4) =>
  received("cacheImportOffer", {
    cacheEntries: Array.from({ length: count }, () => ({ cacheKey: 1n, bitmapLength })),
  });
export const offers = (count: number, bitmapLength = 4) =>
  ({ type: "offerCache", entries: Array.from({ length: count }, () => ({ cacheKey: 1n, bitmapLength })) }) as const;
export const imports = (...cacheSlots: number[]) => ({ type: "replyCacheImport", cacheSlots }) as const;
export const imported = (...cacheSlots: number[]) => received("cacheImportReply", { cacheSlots });
export const asking = (...inputs: EgfxServerInput[]): Outputs => limited({ cacheImport: "ask" }, ...inputs);
export const quality = { frameId: 1, timestamp: 0, timeDiffSE: 0, timeDiffEDR: 0 };
/** More than 100 MiB. */
export const bigToCache = toCache(1, rect(0, 0, 9999, 2622));
