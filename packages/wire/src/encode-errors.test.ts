import { describe, expect, test } from "vitest";
import { refusal } from "../testing/refusal.js";
import { capabilities, channel, connect, event, lines, move, order, present } from "../testing/samples.js";
import {
  atLeast,
  berLength,
  bytes,
  fixed,
  latin1,
  length,
  line,
  list,
  optional,
  pdu,
  prefixed,
  sized,
  u8,
  utf16,
  when,
  type Pdu,
} from "./index.js";

const any = (of: unknown): Pdu => of as Pdu;

describe("what is too long", () => {
  test.each<[string, Pdu, unknown, string]>([
    [
      "a text for its fixed size",
      any(pdu("T", "[TEST] 4", { name: utf16(fixed(4), { nul: "padded" }) })),
      { name: "abc" },
      "T.name: too long: 6, at most 4",
    ],
    [
      "bytes for their fixed size",
      any(pdu("T", "[TEST] 4", { data: bytes(fixed(2)), end: u8 })),
      { data: new Uint8Array(3), end: 1 },
      "T.data: too long: 3, at most 2",
    ],
    [
      "a list for its fixed size",
      any(pdu("T", "[TEST] 4", { ids: list(u8, fixed(2)) })),
      { ids: [1, 2, 3] },
      "T.ids: too long: 3, at most 2",
    ],
    [
      "a text for its prefix",
      any(pdu("T", "[TEST] 4", { name: latin1(prefixed(u8)), end: u8 })),
      { name: "x".repeat(256), end: 1 },
      "T.name: value out of range: 256, allowed 0 to 255",
    ],
    [
      "a text for its length",
      any(pdu("T", "[TEST] 4", { cb: length(u8), name: latin1(sized("cb")) })),
      { name: "x".repeat(256) },
      "T.cb: value out of range: 256, allowed 0 to 255",
    ],
    [
      "a message for its length",
      any(move),
      { windowId: 1, left: 0, top: 0, trailing: new Uint8Array(0x1_0000) },
      "MOVE.orderLength: value out of range: 65548, allowed 0 to 65535",
    ],
    [
      "more events than four bits count",
      any(event),
      { events: Array.from({ length: 16 }, () => ({ eventFlags: 0, body: { type: "sync" } })) },
      "EVENTS.numberEvents: value out of range: 16, allowed 0 to 15",
    ],
  ])("%s", (_name, of, value, message) => expect(refusal(of, value)).toBe(message));
});

describe("what contradicts itself", () => {
  const Tail = any(
    pdu("TAIL", "[TEST] 5", { version: u8, a: when(atLeast("version", 2), u8), b: optional(u8), c: optional(u8) }),
  );
  const Lines = any(pdu("LINE", "[TEST] 6", { line, end: u8 }));

  test.each<[string, Pdu, unknown, string]>([
    [
      "a flag that follows from the fields",
      any(order),
      { fieldsPresent: 2, windowId: 1 },
      "ORDER.fieldsPresent: bits 0x10e follow from the fields and cannot be given",
    ],
    [
      "a flag that is always set",
      any(lines),
      { state: 0x100 },
      "LINES.state: bits 0x102 follow from the fields and cannot be given",
    ],
    [
      "a conditional field without its condition",
      Tail,
      { version: 1, a: 1 },
      "TAIL.a: given although its condition does not hold",
    ],
    ["a condition without its field", Tail, { version: 2 }, "TAIL.a: value missing"],
    ["an optional field after an absent one", Tail, { version: 1, c: 1 }, "TAIL.c: given although b before it is not"],
    [
      "an unknown tag that is known",
      any(capabilities),
      { sets: [{ body: { type: "unknown", tag: 2, data: new Uint8Array(0) } }] },
      "CAPABILITIES.sets[0].body: tag 2 is known",
    ],
    [
      "an arm that is not declared",
      any(capabilities),
      { sets: [{ body: { type: "other" } }] },
      "CAPABILITIES.sets[0].body: value out of range: other, allowed the name of an arm, or unknown",
    ],
    [
      "an unknown tag without its bytes",
      any(capabilities),
      { sets: [{ body: { type: "unknown", tag: 9 } }] },
      "CAPABILITIES.sets[0].body: value missing",
    ],
    [
      "a width the integer does not fit",
      any(pdu("W", "[TEST] 7", { n: berLength })),
      { n: 200, nWidth: 1 },
      "W.n: 200 does not fit 1 bytes",
    ],
    [
      "a width that is no number of bytes",
      any(pdu("W", "[TEST] 7", { n: berLength })),
      { n: 5, nWidth: 2.5 },
      "W.n: 5 does not fit 2.5 bytes",
    ],
    [
      "a width that no selector has",
      any(channel),
      { priority: 0, channelId: 1, channelIdWidth: 3, data: new Uint8Array(0) },
      "CHANNEL.cbId: an integer of 3 bytes cannot be selected",
    ],
    [
      "bytes that are not a multiple of the unit",
      any(pdu("U", "[TEST] 8", { data: bytes(prefixed(u8, { unit: 2 })), end: u8 })),
      { data: new Uint8Array(3), end: 1 },
      "U.data: 3 bytes are not a multiple of 2",
    ],
    [
      "a character that latin1 has not",
      Lines,
      { line: "Ā", end: 1 },
      "LINE.line: value out of range: Ā, allowed characters up to 0xff without what ends it",
    ],
    [
      "a line with the end of a line in it",
      Lines,
      { line: "a\r\nb", end: 1 },
      "LINE.line: value out of range: a\r\nb, allowed characters up to 0xff without what ends it",
    ],
    [
      "what a length counts",
      any(connect),
      { initiator: 1001, user: { magic: 300, left: 0 } },
      "CONNECT.user.magic: value out of range: 300, allowed 0 to 255",
    ],
    ["an object that is missing", any(connect), { initiator: 1001 }, "CONNECT.user: value missing"],
    ["no value at all", any(present), undefined, "PRESENT: value missing"],
    ["null", any(present), null, "PRESENT: value out of range: null, allowed an object"],
  ])("%s", (_name, of, value, message) => expect(refusal(of, value)).toBe(message));
});
