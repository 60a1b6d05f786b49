import { expect, test } from "vitest";
import { freerdpSuite } from "./freerdp-suite.js";
import { samePixels } from "./same-pixels.js";
import { pause, until } from "./until.js";

freerdpSuite("what a user of xfreerdp does with windows is done by the server", (given) => {
  test("windows are moved and sized", async () => {
    await given.begin();
    const { session, display } = given;
    await given.spread();
    const { id } = await display.window("Animation");
    const windowId = session.idOf("Animation");
    session.forget();
    await display.wmctrl("-ir", id, "-e", "0,120,400,-1,-1");
    await session.told("placeRequested", (wish) => wish.windowId === windowId && wish.left === 120 && wish.top === 400);
    await given.samePlaces();
    await display.wmctrl("-ir", id, "-e", "0,120,400,400,300");
    await session.told("placeRequested", (wish) => wish.width === 400 && wish.height === 300);
    await given.samePlaces();
    expect(session.window("Animation")).toMatchObject({ left: 120, top: 400, width: 400, height: 300 });
    await samePixels(session, display);
    await session.end("xfreerdp move and size");
  });

  test("a window that the server lets the user drag is where the user left it", async () => {
    await given.begin();
    const { session, display } = given;
    await given.spread();
    await given.focus("Animation");
    session.forget();
    const { left, top } = session.window("Animation");
    const to = (x: number, y: number): string[] => ["mousemove", String(left + x), String(top + y), "sleep", "0.3"];
    await display.xdotool(...to(100, 100), "mousedown", "1");
    await session.told("input", ({ event }) => event.type === "button" && event.down);
    await pause(1000);
    for (const step of [120, 150, 180]) await display.xdotool(...to(step, step));
    await display.xdotool("mouseup", "1");
    let step = 180;
    await until("the server is told where the window is", async () => {
      // FreeRDP says it when it sees the pointer again.
      step = step === 180 ? 190 : 180;
      await display.xdotool(...to(step, step));
      return session.seen("placeRequested", ({ ends }) => ends);
    });
    await given.samePlaces();
    expect(session.window("Animation").left).toBeGreaterThan(left + 40);
    expect(session.window("Animation").top).toBeGreaterThan(top + 40);
    await samePixels(session, display);
    await session.end("xfreerdp drag");
  });

  test("windows are minimized and restored", async () => {
    await given.begin();
    const { session, display } = given;
    await given.spread();
    const { id } = await display.window("Paint");
    const windowId = session.idOf("Paint");
    session.forget();
    await display.xdotool("windowminimize", id);
    await session.told("showStateRequested", (wish) => wish.windowId === windowId && wish.showState === "minimized");
    expect(session.compositor.canvas(windowId)).toBeUndefined();
    await until("the window is iconic", async () => /Iconic/.test(await display.property(id, "WM_STATE")));
    session.forget();
    await display.wmctrl("-ia", id);
    await session.told("showStateRequested", (wish) => wish.windowId === windowId && wish.showState === "normal");
    await until("the window is normal", async () => /Normal/.test(await display.property(id, "WM_STATE")));
    await given.samePlaces();
    await samePixels(session, display);
    await session.end("xfreerdp minimize");
  });

  test("windows are maximized and restored", async () => {
    await given.begin();
    const { session, display } = given;
    await given.spread();
    const before = session.window("Text");
    const { id } = await display.window("Text");
    session.forget();
    await display.wmctrl("-ir", id, "-b", "add,maximized_vert,maximized_horz");
    await session.told("showStateRequested", (wish) => wish.showState === "maximized");
    await given.samePlaces();
    expect(session.window("Text")).toMatchObject({ left: 0, top: 0, width: 1024, height: 768 });
    await samePixels(session, display);
    session.forget();
    await display.wmctrl("-ir", id, "-b", "remove,maximized_vert,maximized_horz");
    await session.told("showStateRequested", (wish) => wish.showState === "normal");
    await given.samePlaces();
    const { left, top, width, height } = before;
    expect(session.window("Text")).toMatchObject({ left, top, width, height });
    await samePixels(session, display);
    await session.end("xfreerdp maximize");
  });

  test("windows are closed, and opened again by their names", async () => {
    const client = await given.begin();
    const { session, display } = given;
    for (const title of ["Animation", "Paint", "Glass", "Text"]) {
      const { id } = await display.window(title);
      await display.wmctrl("-ic", id);
      await until(`${title} is gone`, async () => (await display.windows()).every((shown) => shown.title !== title));
    }
    expect(session.compositor.windows.all.size).toBe(0);
    await client.stop();
    await session.told("clientGone");
    session.forget();
    given.connect(["/sec:rdp"], "||paint");
    await session.told("launchRequested");
    await given.samePlaces();
    expect([...session.compositor.windows.all.values()].map(({ title }) => title)).toEqual(["Paint"]);
    await samePixels(session, display);
    await session.end("xfreerdp close");
  });

  test("the window that the user takes is active and on top", async () => {
    await given.begin();
    const { session, display } = given;
    await given.spread();
    for (const title of ["Paint", "Animation", "Glass", "Text", "Glass"]) {
      await given.focus(title);
      expect(session.compositor.windows.zOrder[0]).toBe(session.idOf(title));
    }
    await samePixels(session, display);
    await session.end("xfreerdp focus");
  });
});
