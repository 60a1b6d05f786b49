import { desktopWindowId, markerWindowId, type RailWindow } from "@railvail/rail";
import { describe, expect, test } from "vitest";
import { eventJson } from "./event-json.js";
import { eventText } from "./event-text.js";

const window: RailWindow = {
  windowId: 7,
  title: "Notes\u202e\0",
  windowSize: { width: 40, height: 30 },
  windowOffset: { x: -1, y: 2 },
  ownerWindowId: 3,
  showState: 2,
  icons: {},
};

describe("events as lines", () => {
  test("say what a window is, without characters that terminals act upon", () => {
    expect(eventText({ type: "windowCreated", window })).toBe(
      'window 7 created "Notes\\u{202e}" 40x30 at -1,2 of 3 minimized',
    );
  });

  test("say what changed, and nothing if it is not worth a line", () => {
    const before = { ...window, title: "old", windowOffset: { x: 0, y: 0 }, showState: 5 };
    expect(eventText({ type: "windowChanged", window, before })).toBe(
      'window 7 changed: title "Notes\\u{202e}", at -1,2, minimized',
    );
    expect(eventText({ type: "windowChanged", window: { ...window, rpContent: 1 }, before: window })).toBeUndefined();
  });

  test.each([
    [7, "window 7 active"],
    [desktopWindowId, "no window active"],
    [markerWindowId, "no window active"],
    [undefined, undefined],
  ])("say which window is active: %s", (windowId, line) => {
    expect(eventText({ type: "activeWindow", windowId })).toBe(line);
  });

  test.each([
    [5, "the server disconnected: another connection took its place (ERRINFO_DISCONNECTED_BY_OTHERCONNECTION)"],
    [0x10c9, "the server disconnected (ERRINFO_UNKNOWNPDUTYPE2)"],
    [0xffff, "the server disconnected (65535)"],
    [undefined, "the server disconnected"],
  ])("say why a session ended: %s", (errorInfo, reason) => {
    expect(eventText({ type: "ended", because: "peer", errorInfo })).toBe(`session ended: ${reason}`);
  });
});

test("events as JSON have byte runs, big numbers and maps written out", () => {
  const icons = new Map([["1:2", { data: new Uint8Array(100), short: Uint8Array.of(1, 255), id: 2n ** 60n }]]);
  expect(JSON.parse(eventJson(1.23456, { type: "notifyIcons", icons } as never))).toEqual({
    time: 1.235,
    type: "notifyIcons",
    icons: { "1:2": { data: { bytes: 100 }, short: "01ff", id: "1152921504606846976" } },
  });
});
