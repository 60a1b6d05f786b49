import type { RailWindow } from "@railvail/rail";
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

  test("say why a session ended", () => {
    expect(eventText({ type: "ended", because: "peer", errorInfo: 5 })).toBe(
      "session ended: the server disconnected (ERRINFO_DISCONNECTED_BY_OTHERCONNECTION)",
    );
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
