import { count, counted, enumeration, equals, list, pad, pdu, u32, u64, when, type Infer } from "@railvail/wire";
import { MessageId, messageHeader } from "./header.js";
import { rectangle32 } from "./rectangle.js";

/** Degrees by which the client turns the picture. WSLg sends only 0. */
export const Orientation = { none: 0, quarter: 90, half: 180, threeQuarters: 270 } as const;

/** The sender gives at most this many opaque rectangles. */
export const opaqueRectLimit = 16;

/**
 * Shows a buffer in a RAIL window. `targetWidth` and `targetHeight` are the window's pixels on
 * the client, which scales; `dirtyRect` and the opaque rectangles are pixels of the buffer.
 * `timestamp` is 0 unless picture and sound are synchronised. The server leaves the buffer alone
 * until the {@link PresentBufferAck}. Without opaque rectangles one zero rectangle stands in
 * their place on the wire, so that the message has 88 bytes. Server to client.
 */
export const PresentBuffer = pdu(
  "GFXREDIR_PRESENT_BUFFER_PDU",
  "[WSLG-GFXREDIR] PRESENT_BUFFER",
  {
    ...messageHeader(MessageId.presentBuffer),
    timestamp: u64,
    presentId: u64,
    windowId: u64,
    bufferId: u64,
    orientation: enumeration(u32, Orientation),
    targetWidth: u32,
    targetHeight: u32,
    dirtyRect: rectangle32,
    numOpaqueRects: count(u32),
    opaqueRects: list(rectangle32, counted("numOpaqueRects")),
    noOpaqueRect: when(equals("numOpaqueRects", 0), pad(16)),
  },
  { sentBy: "server" },
);
export type PresentBuffer = Infer<typeof PresentBuffer>;

/** The client has used the buffer of that present; it may be written again. Client to server. */
export const PresentBufferAck = pdu(
  "GFXREDIR_PRESENT_BUFFER_ACK_PDU",
  "[WSLG-GFXREDIR] PRESENT_BUFFER_ACK",
  { ...messageHeader(MessageId.presentBufferAck), windowId: u64, presentId: u64 },
  { sentBy: "client" },
);
export type PresentBufferAck = Infer<typeof PresentBufferAck>;
