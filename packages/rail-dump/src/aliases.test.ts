import { bytes, pdu, rest } from "@railvail/wire";
import { describe, expect, test } from "vitest";
import { messageOf } from "../testing/messages.js";
import { countedBytes, shortName } from "./aliases.js";

const named = (name: string, hex: string) =>
  messageOf(pdu(name, "[TEST] 1", { data: bytes(rest) }), Uint8Array.from(Buffer.from(hex, "hex")));

describe("short names", () => {
  test.each([
    ["TS_RAIL_ORDER_WINDOWMOVE", "", "WINDOWMOVE"],
    ["RDPGFX_MAP_SURFACE_TO_SCALED_WINDOW_PDU", "", "MAPSURFACETOSCALEDWINDOW"],
    ["RDPGFX_WIRE_TO_SURFACE_PDU_1", "01000000000000000100ff00", "WIRETOSURFACE_1 0xff"],
    ["GFXREDIR_PRESENT_BUFFER_ACK_PDU", "", "PRESENT_BUFFER_ACK"],
    ["DISPLAYCONTROL_MONITOR_LAYOUT_PDU", "", "MONITOR_LAYOUT"],
    ["RDPAPPLIST_CLIENT_CAPS_PDU", "", "CAPS"],
    ["RDPAPPLIST_DELETE_APPLIST_PDU", "", "DELETE_APPLIST"],
    ["New or Existing Window", "2e000000000011", "WINDOW NEW"],
    ["New or Existing Window", "2e000000000001", "WINDOW UPDATE"],
    ["CLIPRDR_FORMAT_DATA_RESPONSE", "0500010000000000", "FORMAT_DATA_RESPONSE"],
    ["CLIPRDR_FORMAT_DATA_RESPONSE", "0500020000000000", "FORMAT_DATA_RESPONSE FAIL"],
    ["FORMAT_LIST_RESPONSE", "0300020000000000", "FORMAT_LIST_RESPONSE FAIL"],
    ["CLIPRDR_CAPS", "", "CLIP_CAPS"],
    ["DYNVC_CAPS", "50000300", "CAPS v3"],
    ["DYNVC_DATA_FIRST", "", "DATA_FIRST"],
    ["SERVER_LICENSE_REQUEST", "8000000001", "LICENSE type=0x01"],
    ["LICENSE_ERROR_MESSAGE", "80000000ff", "LICENSE type=0xff"],
    ["TS_FP_INPUT_EVENT", "00", "SCANCODE"],
    ["TS_FP_INPUT_EVENT", "20", "MOUSE"],
    ["TS_FP_INPUT_EVENT", "c0", "QOE"],
    ["TS_FP_UPDATE", "000000", "ORDERS"],
    ["TS_FP_UPDATE", "210000", "BITMAP first"],
    ["TS_FP_UPDATE", "310000", "BITMAP next"],
    ["TS_FP_UPDATE", "110000", "BITMAP last"],
    ["TS_FP_UPDATE", "80210000", "ORDERS (compressed)"],
    ["SOMETHING_NEW", "", "SOMETHING_NEW"],
  ])("%s %s is %s", (name, hex, short) => {
    expect(shortName(named(name, hex))).toBe(short);
  });

  test("a message without a declaration has the name of its trouble", () => {
    expect(shortName({ ...named("A", ""), pdu: undefined, name: "unknown" })).toBe("unknown");
  });
});

test("bytes: what follows the header of an update, what a rail order states, else all", () => {
  expect(countedBytes(named("TS_FP_UPDATE", "00020001ff"))).toBe(2);
  expect(countedBytes(named("TS_FP_UPDATE", "8021020001ff"))).toBe(2);
  expect(countedBytes(named("TS_FP_UPDATE", "00"))).toBe(0);
  expect(countedBytes(named("TS_RAIL_ORDER_HANDSHAKE", "0500040000000000"))).toBe(4);
  expect(countedBytes(named("DYNVC_DATA", "300102"))).toBe(3);
});
