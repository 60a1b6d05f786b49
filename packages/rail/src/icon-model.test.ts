import { describe, expect, test } from "vitest";
import {
  applyWindowingOrder,
  emptyWindowModel,
  noIconCache,
  WindowFields,
  WindowIconFlags,
  WindowingState,
  type IconInfo,
  type WindowingOrder,
} from "./index.js";

const icon = (cacheId: number, cacheEntry: number, color: number): IconInfo => ({
  cacheEntry,
  cacheId,
  bpp: 32,
  width: 1,
  height: 1,
  bitsMask: Uint8Array.of(0x80, 0, 0, 0),
  bitsColor: Uint8Array.of(color, 0, 0, 0xff),
});
const window: WindowingOrder = {
  kind: "window",
  order: { fieldsPresentFlags: WindowingState.new, windowId: 1 },
};
const set = (info: IconInfo, flags = 0, windowId = 1): WindowingOrder => ({
  kind: "icon",
  order: { fieldsPresentFlags: flags, windowId, iconInfo: info },
});
const cached = (cacheId: number, cacheEntry: number, flags = 0): WindowingOrder => ({
  kind: "cachedIcon",
  order: {
    fieldsPresentFlags: flags,
    windowId: 1,
    cachedIcon: { cacheId, cacheEntry },
  },
});
const notify = (flags: number, fields: object): WindowingOrder => ({
  kind: "notifyIcon",
  order: { fieldsPresentFlags: flags, windowId: 1, notifyIconId: 7, ...fields },
});
const run = (orders: readonly WindowingOrder[], limit = 36) =>
  orders.reduce(applyWindowingOrder, emptyWindowModel({ windows: 8, notifyIcons: 2, cachedIcons: limit }));
const colorOf = (reference: { readonly icon: { readonly bitsColor: Uint8Array } | undefined } | undefined) =>
  reference?.icon?.bitsColor[0];

describe("icons in the window model", () => {
  test("a cached icon is found again, for other uses too", () => {
    const { windows } = run([window, set(icon(0, 3, 11)), cached(0, 3, WindowIconFlags.big)]);
    expect(windows.get(1)?.icons.big).toMatchObject({ cacheId: 0, cacheEntry: 3 });
    expect(colorOf(windows.get(1)?.icons.big)).toBe(11);
  });

  test("a window keeps its icon when the place in the cache is used again", () => {
    const { windows, iconCache } = run([window, set(icon(0, 3, 11)), set(icon(0, 3, 22), WindowIconFlags.big)]);
    expect(colorOf(windows.get(1)?.icons.small)).toBe(11);
    expect(colorOf(windows.get(1)?.icons.big)).toBe(22);
    expect(iconCache.size).toBe(1);
  });

  test("an icon with no place is not cached, nor one beyond the limit", () => {
    expect(run([window, set(icon(noIconCache.cacheId, noIconCache.cacheEntry, 1))]).iconCache.size).toBe(0);
    const { iconCache, windows } = run([window, set(icon(0, 1, 1)), set(icon(0, 2, 2))], 1);
    expect(iconCache.size).toBe(1);
    expect(colorOf(windows.get(1)?.icons.small)).toBe(2);
  });

  test("an icon of a window that is gone is cached all the same", () => {
    expect(run([set(icon(0, 1, 1))]).iconCache.size).toBe(1);
  });

  test("a reference into nothing is kept as one", () => {
    expect(run([window, cached(2, 5)]).windows.get(1)?.icons.small).toEqual({
      cacheId: 2,
      cacheEntry: 5,
      icon: undefined,
    });
  });

  test("the overlay is set and taken away", () => {
    const shown = run([window, set(icon(0, 1, 9), WindowIconFlags.overlay + WindowIconFlags.big)]);
    expect(colorOf(shown.windows.get(1)?.icons.overlay)).toBe(9);
    const gone = applyWindowingOrder(shown, {
      kind: "window",
      order: {
        fieldsPresentFlags: WindowFields.iconOverlayNull,
        windowId: 1,
      },
    });
    expect(gone.windows.get(1)?.icons.overlay).toBeUndefined();
  });

  test("a notification icon is made, changed and deleted", () => {
    const made = run([notify(WindowingState.new, { toolTip: "a", icon: icon(0, 1, 5) })]);
    const changed = applyWindowingOrder(made, notify(0, { state: 1 }));
    expect(changed.notifyIcons.get("1:7")).toMatchObject({ toolTip: "a", state: 1 });
    expect(colorOf(changed.notifyIcons.get("1:7")?.icon)).toBe(5);
    const order = {
      fieldsPresentFlags: 0,
      windowId: 1,
      notifyIconId: 7,
    };
    expect(applyWindowingOrder(changed, { kind: "notifyIconDeleted", order }).notifyIcons.size).toBe(0);
  });

  test("a change of a notification icon that does not exist is ignored", () => {
    const empty = emptyWindowModel();
    expect(applyWindowingOrder(empty, notify(0, { state: 1 }))).toBe(empty);
  });
});
