import { Family, lengthInHeader } from "@railvail/wire";
import { CreateBuffer, DestroyBuffer } from "./pdu/buffer.js";
import { CapsAdvertise, CapsConfirm, LegacyCaps } from "./pdu/capabilities.js";
import { ErrorReport } from "./pdu/error.js";
import { ClosePool, OpenPool } from "./pdu/pool.js";
import { PresentBuffer, PresentBufferAck } from "./pdu/present-buffer.js";

/** The name of the dynamic channel. */
export const gfxredirChannel = "Microsoft::Windows::RDS::RemoteAppGraphicsRedirection";

/** The messages of the channel by number. Several may share one channel message. */
export const gfxredirMessages = new Family("gfxredir message", "cmdId", [
  LegacyCaps,
  ErrorReport,
  CapsAdvertise,
  CapsConfirm,
  OpenPool,
  ClosePool,
  CreateBuffer,
  DestroyBuffer,
  PresentBuffer,
  PresentBufferAck,
]);

/** Bytes of the message that starts at an offset; see `lengthInHeader`. */
export const gfxredirMessageLength = lengthInHeader;
