import { bits, carrier, pdu, struct, u16, u32, type Infer } from "@railvail/wire";
import { CommandId, commandHeader } from "./header.js";

/** Two values of `queueDepth` that are no number of bytes, [MS-RDPEGFX] 2.2.2.13. */
export const QueueDepth = { unavailable: 0, suspendFrameAcknowledgement: 0xffff_ffff } as const;

/**
 * Begins a logical frame. `timestamp` is the time of day (UTC), packed into 32 bits; all four
 * parts are 0 if the server gives none. `hours` has 10 bits on the wire. Server to client.
 */
export const StartFrame = pdu(
  "RDPGFX_START_FRAME_PDU",
  "[MS-RDPEGFX] 2.2.2.11",
  {
    ...commandHeader(CommandId.startFrame),
    timestamp: struct({
      packed: carrier(u32),
      milliseconds: bits("packed", 0, 10),
      seconds: bits("packed", 10, 6),
      minutes: bits("packed", 16, 6),
      hours: bits("packed", 22, 10),
    }),
    frameId: u32,
  },
  { sentBy: "server" },
);
export type StartFrame = Infer<typeof StartFrame>;

/** Ends a logical frame; the client answers with {@link FrameAcknowledge}. Server to client. */
export const EndFrame = pdu(
  "RDPGFX_END_FRAME_PDU",
  "[MS-RDPEGFX] 2.2.2.12",
  { ...commandHeader(CommandId.endFrame), frameId: u32 },
  { sentBy: "server" },
);
export type EndFrame = Infer<typeof EndFrame>;

/**
 * Says that a frame was decoded. `queueDepth` is in unprocessed bytes, or one of
 * {@link QueueDepth}. Client to server.
 */
export const FrameAcknowledge = pdu(
  "RDPGFX_FRAME_ACKNOWLEDGE_PDU",
  "[MS-RDPEGFX] 2.2.2.13",
  {
    ...commandHeader(CommandId.frameAcknowledge),
    queueDepth: u32,
    frameId: u32,
    totalFramesDecoded: u32,
  },
  { sentBy: "client" },
);
export type FrameAcknowledge = Infer<typeof FrameAcknowledge>;

/**
 * Measurements of one frame, from capability version 10 on, all in milliseconds: when decoding
 * began, from there to its end, and from its end to the pixels being shown. Client to server.
 */
export const QoeFrameAcknowledge = pdu(
  "RDPGFX_QOE_FRAME_ACKNOWLEDGE_PDU",
  "[MS-RDPEGFX] 2.2.2.21",
  {
    ...commandHeader(CommandId.qoeFrameAcknowledge),
    frameId: u32,
    timestamp: u32,
    timeDiffSE: u16,
    timeDiffEDR: u16,
  },
  { sentBy: "client" },
);
export type QoeFrameAcknowledge = Infer<typeof QoeFrameAcknowledge>;
