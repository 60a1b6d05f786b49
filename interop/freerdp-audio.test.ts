import { expect, test } from "vitest";
import { freerdpSuite } from "./freerdp-suite.js";
import { until } from "./until.js";

freerdpSuite("the sound of xfreerdp", (given) => {
  test("all blocks of a tone are confirmed", async () => {
    // A backend that plays into nothing.
    await given.begin({ args: ["/sound:sys:fake"] });
    const { session, display } = given;
    await session.told("audioOutput", ({ event }) => event.type === "ready");
    await given.focus("Text");
    await given.click("Text", 200, 150);
    await display.xdotool("key", "F2");
    const confirmed = (): number =>
      session.events.filter((each) => each.type === "audioOutput" && each.event.type === "confirmed").length;
    // A second in blocks of 50 ms.
    await until("20 blocks are confirmed", () => confirmed() >= 20, { detail: () => `${confirmed()} are` });
    const { window } = session.compositor.audioOutput.state;
    expect(window.inFlight).toBe(0);
    await session.end("xfreerdp sound");
  });
});
