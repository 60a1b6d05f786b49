import { Compositor, errorInfoName, type CompositorEvent, type CompositorWindow } from "@railvail/session";
import { describe, expect, test, vi } from "vitest";
import { Demo } from "./demo.js";

const button = (name: "left" | "right", down: boolean, x: number, y: number) =>
  ({ type: "button", button: name, down, x, y }) as const;

/** The demo without a client, and what may be asked of it. */
function setUp() {
  const compositor = new Compositor();
  const demo = new Demo(compositor);
  const named = (title: string): [number, CompositorWindow] | undefined =>
    [...compositor.windows.all].find(([, window]) => window.title === title);
  const idOf = (title: string): number => named(title)?.[0] ?? -1;
  const hear = (event: CompositorEvent): void => demo.heard(event, 0);
  const launch = (exeOrFile: string): void =>
    hear({ type: "launchRequested", serial: 1, exec: { flags: 0, exeOrFile, workingDir: "", arguments: "" } });
  const press = (title: string, name: "left" | "right", x: number, y: number): void => {
    const { left = 0, top = 0 } = named(title)?.[1] ?? {};
    for (const down of [true, false])
      hear({ type: "input", windowId: idOf(title), event: button(name, down, left + x, top + y) });
  };
  const titles = (): string[] => [...compositor.windows.all.values()].map(({ title }) => title).toSorted();
  return { compositor, demo, hear, launch, press, idOf, titles, window: (title: string) => named(title)?.[1] };
}

describe("the demo", () => {
  test("begins with all windows, each with icons; one is active", () => {
    const { compositor, titles, window } = setUp();
    expect(titles()).toEqual(["Animation", "Glass", "Paint", "Text"]);
    for (const { icons } of compositor.windows.all.values()) {
      expect([icons?.small?.width, icons?.big?.width]).toEqual([16, 32]);
      expect(icons?.small?.bitsMask.length).toBe(64);
      expect(icons?.big?.bitsColor.length).toBe(32 * 32 * 4);
    }
    expect(window("Glass")?.opaque).toBe(false);
    expect(compositor.windows.active).toBe(compositor.windows.zOrder[0]);
  });

  test("a client whose user closes the last window is logged off, and the next one starts windows again", () => {
    const { hear, launch, titles, idOf, compositor } = setUp();
    const disconnect = vi.spyOn(compositor, "disconnect");
    for (const title of titles()) {
      expect(disconnect).not.toHaveBeenCalled();
      hear({ type: "closeRequested", windowId: idOf(title) });
    }
    expect(disconnect).toHaveBeenCalledTimes(1);
    expect(errorInfoName(disconnect.mock.calls[0]?.[1] ?? 0)).toBe("ERRINFO_LOGOFF_BY_USER");
    launch("||text");
    expect(titles()).toEqual(["Text"]);
  });

  test("windows are closed, and started again by their names", () => {
    const { hear, launch, titles, idOf, compositor } = setUp();
    for (const title of titles()) hear({ type: "closeRequested", windowId: idOf(title) });
    expect(titles()).toEqual([]);
    launch("nothing");
    expect(titles()).toEqual([]);
    launch("||paint\0");
    launch("text");
    launch("||paint");
    expect(titles()).toEqual(["Paint", "Text"]);
    expect(compositor.windows.active).toBe(idOf("Paint"));
    launch("||demo");
    expect(titles()).toEqual(["Animation", "Glass", "Paint", "Text"]);
  });

  test("a window comes back from the whole screen to where it was, also by way of the taskbar", () => {
    const { hear, window, idOf } = setUp();
    const before = window("Text");
    const show = (showState: "normal" | "minimized" | "maximized"): void =>
      hear({ type: "showStateRequested", windowId: idOf("Text"), showState });
    show("maximized");
    expect(window("Text")).toMatchObject({ left: 0, top: 0, width: 1024, height: 768, showState: "maximized" });
    show("minimized");
    show("normal");
    expect(window("Text")).toMatchObject({ width: 1024, height: 768, showState: "maximized" });
    show("normal");
    expect(window("Text")).toEqual(before);
  });

  test("windows go where the user puts them, and do not become too small to be found", () => {
    const { hear, window, idOf } = setUp();
    const wish = { snapped: false, ends: false, windowId: idOf("Paint") };
    hear({ type: "placeRequested", ...wish, left: -5, top: 7, width: 1, height: 300 });
    expect(window("Paint")).toMatchObject({ left: -5, top: 7, width: 80, height: 300 });
  });

  test("a menu belongs to its window, and goes when the user looks elsewhere or closes the window", () => {
    const { hear, press, titles, window, idOf } = setUp();
    press("Paint", "right", 30, 40);
    const paint = window("Paint");
    expect(window("Menu")).toMatchObject({
      role: "popup",
      owner: idOf("Paint"),
      left: (paint?.left ?? 0) + 30,
      top: (paint?.top ?? 0) + 40,
    });
    press("Text", "left", 5, 5);
    expect(titles()).not.toContain("Menu");
    press("Paint", "right", 30, 40);
    hear({ type: "activated", windowId: idOf("Glass") });
    expect(titles()).not.toContain("Menu");
    press("Paint", "right", 30, 40);
    press("Menu", "left", 10, 10);
    expect(titles()).not.toContain("Menu");
    press("Paint", "right", 30, 40);
    hear({ type: "closeRequested", windowId: idOf("Paint") });
    expect(titles()).toEqual(["Animation", "Glass", "Text"]);
  });

  test("what is activated is on top, with what belongs to it above", () => {
    const { hear, press, compositor, idOf } = setUp();
    press("Paint", "right", 30, 40);
    hear({ type: "activated", windowId: idOf("Paint") });
    expect(compositor.windows.zOrder.slice(0, 2)).toEqual([idOf("Menu"), idOf("Paint")]);
    expect(compositor.windows.active).toBe(idOf("Paint"));
  });
});
