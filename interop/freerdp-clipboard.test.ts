import { expect, test } from "vitest";
import { freerdpSuite } from "./freerdp-suite.js";
import { samePixels } from "./same-pixels.js";
import { until } from "./until.js";

const ours = "typed here";
const theirs = "From X: äöü €\nsecond line";

freerdpSuite(
  "the clipboard of xfreerdp",
  (given) => {
    test("gets the server's text", async () => {
      await given.begin();
      const { session, display } = given;
      await given.focus("Text");
      await given.click("Text", 200, 150);
      await display.xdotool("type", "--delay", "40", ours);
      await display.xdotool("key", "ctrl+c");
      await session.told("clipboard", ({ event }) => event.type === "offerAnswered" && event.accepted);
      const pasted = await until("a text is on the clipboard", () => display.paste());
      expect(pasted).toBe(ours);
      await session.end("xfreerdp copies");
    });

    test("gives its text to the server", async () => {
      await given.begin();
      const { session, display } = given;
      await display.copy(theirs);
      await session.told(
        "clipboard",
        ({ event }) => event.type === "offered" && event.formats.some(({ formatId }) => formatId === 13),
      );
      await given.focus("Text");
      await given.click("Text", 200, 150);
      session.forget();
      await display.xdotool("key", "ctrl+v");
      const received = await session.told("clipboard", ({ event }) => event.type === "received");
      const { event } = received;
      const text = event.type === "received" ? Buffer.from(event.data).toString("utf16le") : "";
      expect(text.replaceAll("\r\n", "\n")).toBe(`${theirs}\0`);
      await samePixels(session, display);
      await session.end("xfreerdp pastes");
    });
  },
  ["xclip"],
);
