import type { EgfxRule } from "../src/index.js";
import { caps, clientAfter, clientReadyWith, create, created, draw, frame, received } from "./egfx-pair.js";
import {
  type RuleCases,
  server,
  client,
  only,
  begins,
  drawsIt,
  draws,
  drawn,
  toCache,
  fromCache,
  offer,
  offers,
  imports,
  imported,
  asking,
  bigToCache,
} from "./rule-inputs.js";

/** The rules of the bitmap cache. */
export const cacheCases = {
  "slot-range": {
    peer: [
      () => drawn("surfaceToCache", toCache(0)),
      () => drawn("surfaceToCache", toCache(25_601)),
      () =>
        clientAfter([
          ...clientReadyWith(caps("version8", 2)),
          created(),
          begins(),
          drawsIt("surfaceToCache", toCache(4097)),
        ]).outputs,
      () => client(offers(1), imported(0)),
    ],
    local: [() => draws("surfaceToCache", toCache(0)), () => asking(offer(1), imports(25_601))],
  },
  "slot-in-use": {
    peer: [() => client(offers(2), imported(1, 1))],
    local: [() => asking(offer(2), imports(1, 1))],
  },
  "slot-empty": {
    peer: [
      () => drawn("cacheToSurface", fromCache(1)),
      () => drawn("evictCacheEntry", { cacheSlot: 1 }),
      () => client(received("evictCacheEntry", { cacheSlot: 65_535 })),
    ],
    local: [() => draws("cacheToSurface", fromCache(1)), () => draws("evictCacheEntry", { cacheSlot: 1 })],
  },
  "cache-full": {
    peer: [
      () => only({ maxPixels: Infinity }, created(1, 9999, 2622), begins(), drawsIt("surfaceToCache", bigToCache)),
      () => only({ maxPixels: Infinity }, offers(1, 2 ** 31), imported(1)),
    ],
    local: [
      () => server(create(1, 9999, 2622), frame(0, draw("surfaceToCache", bigToCache))),
      () => asking(offer(1, 2 ** 31), imports(1)),
    ],
  },
  "offer-too-long": { peer: [() => server(offer(5462))], local: [() => client(offers(5462))] },
  "offer-again": { peer: [() => asking(offer(1), offer(1))], local: [() => client(offers(1), offers(1))] },
  "no-offer": {
    peer: [() => client(imported(1)), () => client(offers(1), imported(1), imported(2))],
    local: [() => server(imports()), () => asking(offer(1), imports(1), imports(1))],
  },
  "reply-too-long": {
    peer: [() => client(offers(1), imported(1, 2))],
    local: [() => asking(offer(1), imports(1, 2))],
  },
} satisfies Partial<RuleCases<EgfxRule>>;
