export { gfxredirMessageLength } from "./message-length.js";
export { gfxredirChannel, gfxredirMessages } from "./messages.js";
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
