export type { PoolBuffer } from "./buffer-geometry.js";
export { stepGfxredirClient, type GfxredirClientInput } from "./client.js";
export {
  gfxredirClient,
  type GfxredirClientOptions,
  type GfxredirClientOutput,
  type GfxredirClientState,
} from "./client-state.js";
export {
  gfxredirRules,
  gfxredirVocabulary,
  type GfxredirMessage,
  type GfxredirRule,
  type GfxredirSend,
  type GfxredirViolation,
} from "./gfxredir-machine.js";
export { gfxredirChannel, gfxredirMessageLength, gfxredirMessages } from "./messages.js";
export { BufferFormat, CreateBuffer, DestroyBuffer } from "./pdu/buffer.js";
export {
  CapsAdvertise,
  CapsConfirm,
  capsSignature,
  CapsVersion,
  LegacyCaps,
  legacyVersion,
  type CapsSet,
} from "./pdu/capabilities.js";
export { ErrorReport } from "./pdu/error.js";
export { MessageId } from "./pdu/header.js";
export { ClosePool, OpenPool } from "./pdu/pool.js";
export { opaqueRectLimit, Orientation, PresentBuffer, PresentBufferAck } from "./pdu/present-buffer.js";
export type { Rectangle32 } from "./pdu/rectangle.js";
export type { PresentSet, WaitingPresent } from "./present-set.js";
export { isSectionName } from "./section-name.js";
export { stepGfxredirServer, type GfxredirServerCommand, type GfxredirServerInput } from "./server.js";
export type { ClosePoolCommand, CreateBufferCommand, DestroyBufferCommand, OpenPoolCommand } from "./server-pools.js";
export type { PresentCommand } from "./server-presents.js";
export {
  freeBufferId,
  freePoolId,
  gfxredirServer,
  mayPresent,
  mayWrite,
  type GfxredirServerOptions,
  type GfxredirServerOutput,
  type GfxredirServerState,
  type GfxredirUnavailable,
  type ServerPool,
} from "./server-state.js";
