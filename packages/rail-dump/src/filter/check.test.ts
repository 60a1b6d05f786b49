import { describe, expect, test } from "vitest";
import { mistakeOf } from "../../testing/mistake.js";
import { parseFilter } from "./filter.js";

/** The text with `^…^` around what is wrong, and what is said of it. */
const wrong: readonly (readonly [marked: string, message: string | RegExp])[] = [
  [
    "^windowId^ == 5",
    "the field 'windowId' is named with its message or package: rail.windowId, egfx.windowId or gfxredir.windowId",
  ],
  ["^titleLenght^", "there is no message and no name 'titleLenght'; did you mean rail.titleLength?"],
  ["^qwertyuiop^", "there is no message and no name 'qwertyuiop'"],
  ["^WindowMov^", "there is no message and no name 'WindowMov'; did you mean WindowMove?"],
  ["^chanel^ == rail", "there is no message and no name 'chanel'; did you mean channel?"],
  ["^raill^.windowId", "there is no message and no package 'raill'; did you mean rail?"],
  ["^tpkt^.lenght == 5", "there is no name 'tpkt.lenght'; did you mean tpkt.length?"],
  ["rail and WindowMove.^windowID^ == 5", "there is no field 'windowID' in WindowMove; did you mean windowId?"],
  ["rail.^nothing^", "there is no field 'nothing' in rail"],
  ["rail.WindowMove.^lft^", "there is no field 'lft' in rail.WindowMove; did you mean left?"],
  ["ConfirmActive.combinedCapabilities.^sets^", "there is no field 'sets' in ConfirmActive.combinedCapabilities"],
  ["WindowMove.left.^x^", "there is no field 'x' in WindowMove.left"],
  ["^WindowMove == 5^", "a message is there or not; name one of its fields: WindowMove.…"],
  ["^WindowMove & 5^", "a message is there or not; name one of its fields: WindowMove.…"],
  ["WindowMove.left == ^40000^", "40000 does not fit i16, which holds -32768 to 32767"],
  ["WindowMove.windowId == ^-1^", "-1 does not fit u32, which holds 0 to 4294967295"],
  ["WindowMove.windowId in {1, ^0x100000000^}", "4294967296 does not fit u32, which holds 0 to 4294967295"],
  ["PresentBuffer.presentId == ^0x10000000000000000^", /^18446744073709551616 does not fit u64/],
  ["WindowMove.left == ^1.5^", "a whole number is expected here"],
  ['WindowMove.left == ^"5"^', "a number is expected here: values of this i16 have no names"],
  ["WindowMove.left == ^aa:bb^", "a number is expected here: this is i16"],
  ["^WindowMove.left contains 5^", "only text and bytes contain something: this is i16"],
  ['^WindowMove.left matches "5"^', "only text matches a pattern: this is i16"],
  ["WindowMove.left in {^5..3^}", "this range ends before it begins"],
  ["WindowMove.left < ^true^", "only a number is true or false, and only == and != ask for it"],
  ["WindowState.showState == ^shown^", "there is no 'shown' here: it can be hide, minimized, maximized or show"],
  ["WindowState.fieldsPresentFlags & ^titel^", "there is no 'titel' here; did you mean title?"],
  ["WindowState.title == ^mail^", 'text stands in quotation marks: "mail"'],
  ["WindowState.title == ^5^", "text stands in quotation marks"],
  ['^WindowState.title < "a"^', "utf16 has no order: use == or !="],
  ['WindowState.title in {^"a".."b"^}', "utf16 has no order: name single values"],
  ["WindowState.title & ^1^", "only numbers have bits: this is utf16"],
  ["WindowState.title matches ^5^", "a pattern stands in quotation marks"],
  ['WindowState.title matches ^"a("^', "the pattern cannot be read: missing closing )"],
  ["ChannelPdu.data == ^5^", "bytes are written 0a:ff, a single one :0a, or as text in quotation marks"],
  ["ConfirmActive.combinedCapabilities == ^5^", "this has fields in it: name one of them"],
  ["direction == ^up^", "there is no 'up' here: it can be c2s or s2c"],
  ["trouble == ^unknwon^", /^there is no 'unknwon' here: it can be undecodable, /],
  [
    "name == ^TS_RAIL_ORDER_WINDOWMOV^",
    "there is no 'TS_RAIL_ORDER_WINDOWMOV' here; did you mean TS_RAIL_ORDER_WINDOWMOVE?",
  ],
  ["name == ^WindowMove^", "the name of this message is TS_RAIL_ORDER_WINDOWMOVE; 'WindowMove' alone is a filter, too"],
  ["time > ^soon^", "a time is a number of seconds"],
  ["packet == ^first^", "a number is expected here: values of this number have no names"],
  ["FastPathInputEvent.event.type == ^mice^", /^there is no 'mice' here: it can be scancode, mouse, /],
];

describe("what is wrong is said, with its place, before anything is read", () => {
  test.each(wrong)("%s", (marked, message) => {
    const text = marked.replaceAll("^", "");
    const at = marked.indexOf("^");
    const end = marked.lastIndexOf("^") - 1;
    const mistake = mistakeOf(() => parseFilter(text));
    expect({ at: mistake.at, end: mistake.end }).toEqual({ at, end });
    if (typeof message === "string") expect(mistake.message).toBe(message);
    else expect(mistake.message).toMatch(message);
  });
});

describe("what is right", () => {
  test.each([
    "rail.windowId == 5",
    // Of several fields of one name those that the value suits are asked.
    "transport.flags & SEC_INFO_PKT | SEC_LICENSE_PKT",
    "ConnectionRequest.tpdu.negotiation.requestedProtocols & PROTOCOL_SSL",
    "CapsAdvertise",
    "egfx.CapsAdvertise.capsSets.version == 0xa0200",
    "PresentBuffer.presentId == 0xffffffffffffffff",
    'name contains "MOVE" and name matches "."',
    'name in {"New or Existing Window", undecodable}',
    "channel == anything-at-all",
    "FastPathInputEvent.event.type in {mouse, unknown}",
    "FastPathInputEvent.event.mouse and FastPathInputEvent.event.xPos",
    "ConfirmActive.combinedCapabilities.capabilitySets.capability.rail",
    "WindowState.showState == 4",
    "time in {0.5..1.25}",
    'ChannelPdu.data contains "abc" and ChannelPdu.data == aa:bb',
  ])("%s", (text) => expect(() => parseFilter(text)).not.toThrow());
});
