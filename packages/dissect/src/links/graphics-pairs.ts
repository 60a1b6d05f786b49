import {
  CacheImportOffer,
  CacheImportReply,
  CapsAdvertise as GraphicsCapsAdvertise,
  CapsConfirm as GraphicsCapsConfirm,
  EndFrame,
  FrameAcknowledge,
  QoeFrameAcknowledge,
} from "@railvail/egfx";
import {
  CapsAdvertise,
  CapsConfirm,
  ClosePool,
  CreateBuffer,
  DestroyBuffer,
  OpenPool,
  PresentBuffer,
  PresentBufferAck,
} from "@railvail/gfxredir";
import { by, lastBy, type Pair } from "./pair.js";

/** The graphics pipeline, [MS-RDPEGFX]. */
export const egfxPairs: readonly Pair[] = [
  { kind: "graphics capabilities", first: [by(GraphicsCapsAdvertise)], second: [by(GraphicsCapsConfirm)] },
  { kind: "cache import", first: [by(CacheImportOffer)], second: [by(CacheImportReply)] },
  {
    kind: "frame",
    first: [by(EndFrame, ({ frameId }) => frameId)],
    second: [by(FrameAcknowledge, ({ frameId }) => frameId)],
    seconds: "many",
  },
  {
    kind: "frame quality",
    first: [by(EndFrame, ({ frameId }) => frameId)],
    second: [by(QoeFrameAcknowledge, ({ frameId }) => frameId)],
    seconds: "many",
  },
];

/** Graphics redirection: acknowledgements come in any order, and one says nothing of older presents. */
export const gfxredirPairs: readonly Pair[] = [
  { kind: "redirection capabilities", first: [by(CapsAdvertise)], second: [by(CapsConfirm)] },
  {
    kind: "present",
    first: [by(PresentBuffer, ({ windowId, presentId }) => `${windowId} ${presentId}`)],
    second: [by(PresentBufferAck, ({ windowId, presentId }) => `${windowId} ${presentId}`)],
    seconds: "many",
  },
  {
    kind: "pool",
    relation: "refers",
    first: [by(OpenPool, ({ poolId }) => poolId)],
    second: [by(CreateBuffer, ({ poolId }) => poolId), lastBy(ClosePool, ({ poolId }) => poolId)],
    seconds: "many",
  },
  {
    kind: "buffer",
    relation: "refers",
    first: [by(CreateBuffer, ({ bufferId }) => bufferId)],
    second: [by(PresentBuffer, ({ bufferId }) => bufferId), lastBy(DestroyBuffer, ({ bufferId }) => bufferId)],
    seconds: "many",
  },
];
