import {
  bits,
  byteLength,
  bytes,
  carrier,
  count,
  counted,
  equals,
  fixed,
  inline,
  list,
  literal,
  pdu,
  perLength,
  prefixed,
  rest,
  struct,
  tag,
  u16,
  u32,
  u8,
  union,
  when,
  type Infer,
} from "@railvail/wire";
import { fipsInformation } from "./fast-path-output.js";
import { extendedMouseEvent, mouseEvent, relativeMouseEvent } from "./input.js";

/** `eventCode` of a fast-path input event, [MS-RDPBCGR] 2.2.8.1.2.2. */
export const FastPathInputCode = {
  scancode: 0,
  mouse: 1,
  mouseX: 2,
  sync: 3,
  unicode: 4,
  mouseRelative: 5,
  qoeTimestamp: 6,
} as const;

/** `eventFlags` of scancode and unicode events; unicode knows only the release. */
export const FastPathKeyFlags = {
  FASTPATH_INPUT_KBDFLAGS_RELEASE: 1,
  FASTPATH_INPUT_KBDFLAGS_EXTENDED: 2,
  FASTPATH_INPUT_KBDFLAGS_EXTENDED1: 4,
} as const;

/** `eventFlags` of a sync event. */
export const FastPathSyncFlags = {
  FASTPATH_INPUT_SYNC_SCROLL_LOCK: 1,
  FASTPATH_INPUT_SYNC_NUM_LOCK: 2,
  FASTPATH_INPUT_SYNC_CAPS_LOCK: 4,
  FASTPATH_INPUT_SYNC_KANA_LOCK: 8,
} as const;

/** An event of unknown code has no length and takes the rest of the packet. */
const eventShape = {
  eventHeader: carrier(u8),
  eventFlags: bits("eventHeader", 0, 5),
  eventCode: tag(bits("eventHeader", 5, 3)),
  event: union(
    "eventCode",
    {
      scancode: [FastPathInputCode.scancode, { keyCode: u8 }],
      mouse: [FastPathInputCode.mouse, mouseEvent],
      mouseX: [FastPathInputCode.mouseX, extendedMouseEvent],
      sync: [FastPathInputCode.sync, {}],
      unicode: [FastPathInputCode.unicode, { unicodeCode: u16 }],
      mouseRelative: [FastPathInputCode.mouseRelative, relativeMouseEvent],
      /** Milliseconds of the client's clock. */
      qoeTimestamp: [FastPathInputCode.qoeTimestamp, { timestamp: u32 }],
    },
    inline,
  ),
};
const event = struct(eventShape);

/** One fast-path input event by itself, as it stands in a packet. Client to server. */
export const FastPathInputEvent = pdu("TS_FP_INPUT_EVENT", "[MS-RDPBCGR] 2.2.8.1.2.2", eventShape, {
  sentBy: "client",
});

/**
 * Fast-path input: keys and pointer events with the least overhead. Client to server. Up to 15
 * events stand in `fpInputEvents`; more stand in `manyInputEvents`, with a count of its own. Make
 * the value with `fastPathInput` and read it with `fastPathEvents`.
 */
export const FastPathInput = pdu(
  "TS_FP_INPUT_PDU",
  "[MS-RDPBCGR] 2.2.8.1.2",
  {
    fpInputHeader: carrier(u8),
    action: literal(bits("fpInputHeader", 0, 2), 0),
    numEvents: count(bits("fpInputHeader", 2, 4)),
    /** 1 if the signature was made with a salted checksum. */
    secureChecksum: bits("fpInputHeader", 6, 1),
    encrypted: literal(bits("fpInputHeader", 7, 1), 0),
    length: byteLength(perLength),
    fpInputEvents: list(event, counted("numEvents")),
    manyInputEvents: when(equals("numEvents", 0), list(event, prefixed(u8))),
  },
  { sentBy: "client" },
);
export type FastPathInput = Infer<typeof FastPathInput>;
export type FastPathInputEvent = FastPathInput["fpInputEvents"][number];

/** The value of a packet with these events, of which there may be 255. */
export function fastPathInput(events: readonly FastPathInputEvent[]): FastPathInput {
  const few = events.length > 0 && events.length < 16;
  return {
    secureChecksum: 0,
    fpInputEvents: few ? [...events] : [],
    ...(few ? {} : { manyInputEvents: [...events] }),
  };
}

/** The events of a packet, wherever they stand. */
export const fastPathEvents = (input: FastPathInput): readonly FastPathInputEvent[] =>
  input.manyInputEvents ?? input.fpInputEvents;

const encryptedHeader = {
  fpInputHeader: carrier(u8),
  action: literal(bits("fpInputHeader", 0, 2), 0),
  /** 0 if the count is the first byte of what is encrypted. */
  numEvents: bits("fpInputHeader", 2, 4),
  secureChecksum: bits("fpInputHeader", 6, 1),
  encrypted: literal(bits("fpInputHeader", 7, 1), 1),
  length: byteLength(perLength),
};

/** Fast-path input under standard security: the events can be read once decrypted. */
export const EncryptedFastPathInput = pdu(
  "TS_FP_INPUT_PDU",
  "[MS-RDPBCGR] 2.2.8.1.2",
  { ...encryptedHeader, dataSignature: bytes(fixed(8)), encryptedEvents: bytes(rest) },
  { sentBy: "client" },
);
export type EncryptedFastPathInput = Infer<typeof EncryptedFastPathInput>;

/** Fast-path input under FIPS security; only the negotiated method tells it from the other. */
export const FipsFastPathInput = pdu(
  "TS_FP_INPUT_PDU",
  "[MS-RDPBCGR] 2.2.8.1.2",
  {
    ...encryptedHeader,
    fipsInformation,
    dataSignature: bytes(fixed(8)),
    encryptedEvents: bytes(rest),
  },
  { sentBy: "client" },
);
export type FipsFastPathInput = Infer<typeof FipsFastPathInput>;
