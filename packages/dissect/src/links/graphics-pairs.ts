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
import { by, lastBy, type Key, type Pair } from "./pair.js";

const [highWindow, highPresent] = [2n ** 21n, 2n ** 32n];

/** A number where it can be one: numbers are found faster than texts and large integers. */
const presentKey = ({ windowId, presentId }: { windowId: bigint; presentId: bigint }): Key =>
  windowId < highWindow && presentId < highPresent
    ? Number(windowId) * 2 ** 32 + Number(presentId)
    : `${windowId} ${presentId}`;

const idKey = (id: bigint): Key => (id < highPresent ? Number(id) : id);

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
    first: [by(PresentBuffer, presentKey)],
    second: [by(PresentBufferAck, presentKey)],
    seconds: "many",
  },
  {
    kind: "pool",
    relation: "refers",
    first: [by(OpenPool, ({ poolId }) => idKey(poolId))],
    second: [by(CreateBuffer, ({ poolId }) => idKey(poolId)), lastBy(ClosePool, ({ poolId }) => idKey(poolId))],
    seconds: "many",
  },
  {
    kind: "buffer",
    relation: "refers",
    first: [by(CreateBuffer, ({ bufferId }) => idKey(bufferId))],
    second: [
      by(PresentBuffer, ({ bufferId }) => idKey(bufferId)),
      lastBy(DestroyBuffer, ({ bufferId }) => idKey(bufferId)),
    ],
    seconds: "many",
  },
];
