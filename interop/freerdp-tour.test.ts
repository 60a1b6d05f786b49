import { expect, test } from "vitest";
import { freerdpSuite } from "./freerdp-suite.js";
import { samePixels } from "./same-pixels.js";
import { until } from "./until.js";

freerdpSuite(
  "a tour with xfreerdp",
  (given) => {
    // One short recording with a little of everything.
    test("all of it in one session", async () => {
      await given.begin({ args: ["/sound:sys:fake"], settings: { compressBitmaps: true } });
      const { session, display } = given;
      await given.spread();
      await session.told("audioOutput", ({ event }) => event.type === "ready");

      await given.focus("Text");
      await given.click("Text", 200, 150);
      await display.xdotool("type", "--delay", "40", "Tour");
      await display.xdotool("key", "ctrl+c");
      await session.told("clipboard", ({ event }) => event.type === "offerAnswered" && event.accepted);
      expect(await until("a text on the clipboard", () => display.paste())).toBe("Tour");
      session.forget();
      await display.copy(" de force");
      await session.told("clipboard", ({ event }) => event.type === "offered");
      await display.xdotool("key", "ctrl+v");
      await session.told("clipboard", ({ event }) => event.type === "received");
      await display.xdotool("key", "F2");
      const confirmed = (): number =>
        session.events.filter((each) => each.type === "audioOutput" && each.event.type === "confirmed").length;
      await until("the tone is confirmed", () => confirmed() >= 20, { detail: () => `${confirmed()} blocks are` });

      await given.focus("Paint");
      await given.click("Paint", 200, 100, 3);
      const menu = (): boolean => [...session.compositor.windows.all.values()].some(({ role }) => role === "popup");
      await until("a menu", menu);
      await samePixels(session, display);
      await given.click("Menu", 20, 40);
      await until("no menu", () => !menu());
      await given.click("Paint", 50, 50);

      const { id: animation } = await display.window("Animation");
      await display.wmctrl("-ir", animation, "-e", "0,30,40,-1,-1");
      await session.told("placeRequested", ({ left }) => left === 30);
      const { id: glass } = await display.window("Glass");
      await display.xdotool("windowminimize", glass);
      await session.told("showStateRequested", ({ showState }) => showState === "minimized");
      session.forget();
      await display.wmctrl("-ia", glass);
      await session.told("showStateRequested", ({ showState }) => showState === "normal");
      await display.wmctrl("-ic", glass);
      await session.told("closeRequested");
      await given.samePlaces();
      for (let step = 0; step < 5; step++) session.tick();
      await samePixels(session, display);
      await session.end("xfreerdp tour");
    });
  },
  ["xclip"],
);
