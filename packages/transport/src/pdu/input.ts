import {
  count,
  counted,
  fixed,
  flags,
  i16,
  list,
  pad,
  pdu,
  reserved,
  struct,
  tag,
  u16,
  u32,
  union,
  type Infer,
} from "@railvail/wire";
import { KeyboardLeds } from "./session-status.js";
import { PduType2, shareDataHeader } from "./share-header.js";

/** Bits of `pointerFlags`, [MS-RDPBCGR] 2.2.8.1.1.3.1.1.3; the low nine are the wheel's. */
export const PointerFlags = {
  PTRFLAGS_HWHEEL: 0x0400,
  PTRFLAGS_WHEEL: 0x0200,
  PTRFLAGS_WHEEL_NEGATIVE: 0x0100,
  PTRFLAGS_MOVE: 0x0800,
  PTRFLAGS_DOWN: 0x8000,
  PTRFLAGS_BUTTON1: 0x1000,
  PTRFLAGS_BUTTON2: 0x2000,
  PTRFLAGS_BUTTON3: 0x4000,
} as const;
/** The rotation of the wheel, a signed number of nine bits. */
export const wheelRotationMask = 0x01ff;

export const ExtendedPointerFlags = {
  PTRXFLAGS_DOWN: 0x8000,
  PTRXFLAGS_BUTTON1: 0x0001,
  PTRXFLAGS_BUTTON2: 0x0002,
} as const;

/** [MS-RDPBCGR] 2.2.8.1.1.3.1.1.7. */
export const RelativePointerFlags = {
  PTRFLAGS_MOVE: 0x0800,
  PTRFLAGS_DOWN: 0x8000,
  PTRFLAGS_BUTTON1: 0x1000,
  PTRFLAGS_BUTTON2: 0x2000,
  PTRFLAGS_BUTTON3: 0x4000,
  XBUTTON1: 0x0001,
  XBUTTON2: 0x0002,
} as const;

export const KeyboardFlags = {
  KBDFLAGS_EXTENDED: 0x0100,
  KBDFLAGS_EXTENDED1: 0x0200,
  KBDFLAGS_DOWN: 0x4000,
  KBDFLAGS_RELEASE: 0x8000,
} as const;

/** Pointer flags share their field with a wheel rotation, so bits without a name are usual. */
export const mouseEvent = { pointerFlags: u16, xPos: u16, yPos: u16 };
export const extendedMouseEvent = {
  pointerFlags: flags(u16, ExtendedPointerFlags),
  xPos: u16,
  yPos: u16,
};
export const relativeMouseEvent = {
  pointerFlags: flags(u16, RelativePointerFlags),
  xDelta: i16,
  yDelta: i16,
};

/** `messageType` of a slow-path input event, [MS-RDPBCGR] 2.2.8.1.1.3.1.1. */
export const InputMessageType = {
  sync: 0x0000,
  unused: 0x0002,
  scancode: 0x0004,
  unicode: 0x0005,
  mouse: 0x8001,
  mouseX: 0x8002,
  mouseRelative: 0x8004,
} as const;

/**
 * Slow-path input: keys and pointer events. Client to server. Coordinates are pixels from the
 * top left of the virtual desktop; `eventTime` is ignored.
 */
export const Input = pdu(
  "TS_INPUT_PDU_DATA",
  "[MS-RDPBCGR] 2.2.8.1.1.3.1",
  {
    ...shareDataHeader(PduType2.input),
    numEvents: count(u16),
    pad2Octets: pad(2),
    slowPathInputEvents: list(
      struct({
        eventTime: u32,
        messageType: tag(u16),
        event: union(
          "messageType",
          {
            sync: [InputMessageType.sync, { pad2Octets: reserved(u16), toggleFlags: flags(u32, KeyboardLeds) }],
            unused: [InputMessageType.unused, { pad4Octets: reserved(u32), pad2Octets: reserved(u16) }],
            scancode: [
              InputMessageType.scancode,
              { keyboardFlags: flags(u16, KeyboardFlags), keyCode: u16, pad2Octets: reserved(u16) },
            ],
            unicode: [
              InputMessageType.unicode,
              {
                keyboardFlags: flags(u16, KeyboardFlags),
                unicodeCode: u16,
                pad2Octets: reserved(u16),
              },
            ],
            mouse: [InputMessageType.mouse, mouseEvent],
            mouseX: [InputMessageType.mouseX, extendedMouseEvent],
            mouseRelative: [InputMessageType.mouseRelative, relativeMouseEvent],
          },
          fixed(6),
        ),
      }),
      counted("numEvents"),
    ),
  },
  { sentBy: "client" },
);
export type Input = Infer<typeof Input>;
