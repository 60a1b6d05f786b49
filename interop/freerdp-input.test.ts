import { expect, test } from "vitest";
import { freerdpSuite } from "./freerdp-suite.js";
import { samePixels } from "./same-pixels.js";
import { until } from "./until.js";

freerdpSuite("xfreerdp sends input", (given) => {
  test("typed text arrives as keys, and is shown", async () => {
    await given.begin();
    const { session, display } = given;
    await given.spread();
    const id = session.idOf("Text");
    const before = await session.pixels(id);
    await given.focus("Text");
    await given.click("Text", 200, 150);
    await display.xdotool("type", "--delay", "40", "Hello, World! 7");
    // The key of the last character.
    await session.told("input", ({ event }) => event.type === "key" && event.scancode === 0x08 && !event.down);
    const keys = session.events.flatMap((each) => (each.type === "input" && each.event.type === "key" ? [each] : []));
    expect(keys.every(({ windowId }) => windowId === id)).toBe(true);
    expect(keys.filter(({ event }) => event.type === "key" && event.scancode === 0x26 && event.down)).toHaveLength(3);
    const after = await session.pixels(id);
    expect(Buffer.compare(before.pixels, after.pixels)).not.toBe(0);
    await samePixels(session, display);
    await session.end("xfreerdp typing");
  });

  test("what is painted with the mouse is shown, at the places that the mouse was at", async () => {
    await given.begin();
    const { session, display } = given;
    await given.spread();
    await given.focus("Paint");
    const { left, top } = session.window("Paint");
    const to = (x: number, y: number): string[] => ["mousemove", "--sync", String(left + x), String(top + y)];
    await display.xdotool(...to(40, 60), "mousedown", "1");
    await display.xdotool(...to(120, 60), "sleep", "0.2");
    await display.xdotool(...to(120, 160), "mouseup", "1");
    await session.told("input", ({ event }) => event.type === "button" && !event.down);
    const { width, pixels } = await session.pixels(session.idOf("Paint"));
    const greenAt = (x: number, y: number): number | undefined => pixels[(y * width + x) * 4 + 1];
    expect([greenAt(40, 60), greenAt(80, 60), greenAt(120, 160), greenAt(60, 120)]).toEqual([0, 0, 0, 255]);
    await samePixels(session, display);
    await session.end("xfreerdp painting");
  });

  test("the wheel turns in its direction", async () => {
    await given.begin();
    const { session } = given;
    await given.spread();
    await given.focus("Glass");
    await given.click("Glass", 120, 100, 4);
    await session.told("input", ({ event }) => event.type === "wheel" && event.rotation === 120);
    await given.click("Glass", 120, 100, 5);
    await session.told("input", ({ event }) => event.type === "wheel" && event.rotation === -120);
    const compared = await samePixels(session, given.display);
    expect(compared.get("Glass")).toBeGreaterThan(10_000);
    await session.end("xfreerdp wheel");
  });

  test("a menu pops up where it was asked for, and goes when the user looks elsewhere", async () => {
    await given.begin();
    const { session, display } = given;
    await given.spread();
    await given.focus("Paint");
    await given.click("Paint", 200, 100, 3);
    const isThere = (): boolean => [...session.compositor.windows.all.values()].some(({ role }) => role === "popup");
    await until("a menu", isThere);
    const { left, top } = session.window("Paint");
    expect(session.window("Menu")).toMatchObject({ left: left + 200, top: top + 100, owner: session.idOf("Paint") });
    const compared = await samePixels(session, display);
    expect(compared.get("Menu")).toBeGreaterThan(1000);
    await given.click("Paint", 20, 20);
    await until("no menu", () => !isThere());
    await samePixels(session, display);
    await session.end("xfreerdp menu");
  });
});
