import {
  align,
  bits,
  biased,
  berLength,
  block,
  byteLength,
  bytes,
  carrier,
  count,
  counted,
  either,
  enumeration,
  equals,
  fixed,
  flag,
  flags,
  i16,
  i32,
  inline,
  latin1,
  length,
  line,
  list,
  literal,
  nul,
  optional,
  pad,
  padTo,
  perLength,
  prefixed,
  reserved,
  rest,
  selectedBy,
  selector,
  sized,
  struct,
  tag,
  u16,
  u16be,
  u32,
  u64,
  u8,
  union,
  utf16,
  when,
  within,
} from "../src/declaration/fields.js";
import { pdu } from "../src/pdu.js";

const spec = "[SAMPLE] 1";
const rectangle = { left: u16, top: u16, right: u16, bottom: u16 };

/** Declarations that use every field kind between them, for the tests of this package. */
export const move = pdu("MOVE", spec, {
  orderType: literal(u16, 8),
  orderLength: byteLength(u16),
  windowId: u32,
  left: i16,
  top: i16,
});

export const order = pdu("ORDER", spec, {
  controlByte: literal(u8, 0x2e),
  orderSize: byteLength(u16),
  fieldsPresent: flags(u32, { WINDOW: 0x0100_0000, OWNER: 2, STYLE: 8, TITLE: 4, RECTS: 0x100 }),
  windowId: u32,
  owner: when(flag("fieldsPresent", 2), u32),
  style: when(flag("fieldsPresent", 8), struct({ style: u32, extendedStyle: u32 })),
  title: when(flag("fieldsPresent", 4), utf16(prefixed(u16))),
  rects: when(flag("fieldsPresent", 0x100), list(struct(rectangle), prefixed(u16))),
});

export const present = pdu("PRESENT", spec, {
  cmdId: literal(u32, 14),
  length: byteLength(u32),
  presentId: u64,
  numRects: count(u32),
  rects: list(struct(rectangle), counted("numRects")),
  dummy: when(equals("numRects", 0), pad(8)),
});

export const texts = pdu("TEXTS", spec, {
  flags: flags(u16, { UNICODE: 1 }),
  cbName: length(u16),
  units: length(u32, { unit: 2 }),
  name: either(flag("flags", 1), utf16(sized("cbName"), { nul: "after" }), latin1(sized("cbName"), { nul: "after" })),
  section: utf16(sized("units"), { nul: "counted" }),
  host: utf16(fixed(16), { nul: "padded" }),
  file: latin1(nul),
  wide: utf16(nul),
  short: latin1(prefixed(u8, { bias: 1 })),
});

export const capabilities = pdu("CAPABILITIES", spec, {
  numberCapabilities: count(u16),
  pad: pad(2),
  sets: list(
    block({
      setType: tag(u16),
      length: byteLength(u16),
      body: union("setType", {
        general: [1, { version: enumeration(u16, { ONE: 1 }), extra: optional(u32), more: optional(u8) }],
        list: [2, { ids: list(u16, rest) }],
      }),
    }),
    counted("numberCapabilities"),
  ),
});

export const event = pdu("EVENTS", spec, {
  header: carrier(u8),
  action: literal(bits("header", 0, 2), 1),
  numberEvents: count(bits("header", 2, 4)),
  length: byteLength(perLength),
  events: list(
    struct({
      eventHeader: carrier(u8),
      eventFlags: bits("eventHeader", 0, 5),
      eventCode: tag(bits("eventHeader", 5, 3)),
      body: union(
        "eventCode",
        { scancode: [0, { keyCode: u8 }], mouse: [1, { x: u16, y: u16 }], sync: [3, {}] },
        inline,
      ),
    }),
    counted("numberEvents"),
  ),
});

export const channel = pdu("CHANNEL", spec, {
  header: carrier(u8),
  cbId: selector(bits("header", 0, 2)),
  priority: bits("header", 2, 2),
  cmd: literal(bits("header", 4, 4), 3),
  channelId: selectedBy("cbId"),
  data: bytes(rest),
});

export const connect = pdu("CONNECT", spec, {
  applicationTag: literal(u16be, 0x7f65),
  applicationLength: byteLength(berLength, { from: "initiator" }),
  initiator: biased(u16be, 1001),
  userTag: reserved(u8, 4),
  userLength: length(berLength),
  user: within(sized("userLength"), { magic: u8, left: i32 }),
});

export const lines = pdu("LINES", spec, {
  state: flags(u16, { ALWAYS: 0x100, OTHER: 1, EXTRA: 2 }, { always: 0x100 }),
  cbName: length(u8),
  line,
  number: u32,
  extra: when(flag("state", 2), u16),
  name: utf16(sized("cbName"), { nul: "always" }),
  align: align(4),
  data: bytes(prefixed(u16)),
});

export const reset = pdu("RESET", spec, {
  cmdId: literal(u16, 14),
  pduLength: byteLength(u32),
  monitors: list(struct(rectangle), prefixed(u32)),
  fill: padTo(40),
});

export const samples = [move, order, present, texts, capabilities, event, channel, connect, lines, reset];
