import { generate, sourceOf, type Pdu } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  applyWindowingOrder,
  DesktopFlags,
  desktopWindowId,
  displayTitle,
  emptyWindowModel,
  encodeWindowingOrder,
  markerWindowId,
  readWindowingOrder,
  WindowFields,
  WindowIconFlags,
  windowingOrders,
  WindowingState,
  type WindowingKind,
  type WindowingOrder,
  type WindowModel,
  type WindowState,
} from "./index.js";

const kinds = Object.keys(windowingOrders) as WindowingKind[];

/** Orders with few different ids, so that they meet. */
const orders = fc.array(
  fc
    .record({
      kind: fc.constantFrom(...kinds),
      seed: fc.gen(),
      window: fc.integer({ min: 1, max: 4 }),
      isNew: fc.boolean(),
    })
    .map(({ kind, seed, window, isNew }): WindowingOrder => {
      const of = windowingOrders[kind] as Pdu;
      const given = generate(of, {
        int: (low, high) => seed(fc.integer, { min: low, max: high }),
      }) as object;
      const flags = { ...given, fieldsPresentFlags: flagsOf(kind, isNew, seed(fc.boolean)) };
      const ids = "windowId" in given ? { windowId: window } : {};
      const more = "notifyIconId" in given ? { notifyIconId: 1 } : {};
      return { kind, order: { ...flags, ...ids, ...more } } as WindowingOrder;
    }),
  { maxLength: 24 },
);

function flagsOf(kind: WindowingKind, isNew: boolean, odd: boolean): number {
  switch (kind) {
    case "window":
      return (isNew ? WindowingState.new : 0) + (odd ? WindowFields.iconOverlayNull : 0);
    case "icon":
      return (odd ? WindowIconFlags.big : 0) + (isNew ? WindowIconFlags.overlay : 0);
    case "cachedIcon":
      return odd ? WindowIconFlags.big : 0;
    case "notifyIcon":
      return isNew ? WindowingState.new : 0;
    case "desktop":
      return (isNew ? DesktopFlags.hooked : 0) + (odd ? DesktopFlags.arcBegan : DesktopFlags.arcCompleted);
    case "deleted":
    case "notifyIconDeleted":
    case "nonMonitoredDesktop":
      return odd ? WindowingState.new : 0;
  }
}

const run = (list: readonly WindowingOrder[], from: WindowModel = emptyWindowModel()): WindowModel =>
  list.reduce(applyWindowingOrder, from);
const newWindow = (windowId: number, fields: Partial<WindowState> = {}): WindowingOrder => ({
  kind: "window",
  order: { fieldsPresentFlags: WindowingState.new, windowId, ...fields },
});
const update = (windowId: number, fields: Partial<WindowState> = {}): WindowingOrder => ({
  kind: "window",
  order: { fieldsPresentFlags: 0, windowId, ...fields },
});
const remove = (windowId: number): WindowingOrder => ({
  kind: "deleted",
  order: { fieldsPresentFlags: 0, windowId },
});

/** The same in the plainest way: one changing list of fields for each window. */
function fold(list: readonly WindowingOrder[]): {
  titles: Map<number, string | undefined>;
  sizes: Map<number, unknown>;
  zOrder: number[];
  active: number | undefined;
} {
  const titles = new Map<number, string | undefined>();
  const sizes = new Map<number, unknown>();
  let zOrder: number[] = [];
  let active: number | undefined;
  for (const { kind, order } of list) {
    if (kind === "window") {
      const { windowId, title, windowSize, fieldsPresentFlags } = order;
      if ((fieldsPresentFlags & 0x1000_0000) !== 0) {
        titles.delete(windowId);
        titles.set(windowId, undefined);
        sizes.set(windowId, undefined);
      }
      if (!titles.has(windowId)) continue;
      if (title !== undefined) titles.set(windowId, title);
      if (windowSize !== undefined) sizes.set(windowId, windowSize);
    } else if (kind === "deleted" && titles.has(order.windowId)) {
      titles.delete(order.windowId);
      sizes.delete(order.windowId);
      zOrder = zOrder.filter((id) => id !== order.windowId);
      if (active === order.windowId) active = undefined;
    } else if (kind === "nonMonitoredDesktop" || (kind === "desktop" && (order.fieldsPresentFlags & 8) !== 0)) {
      titles.clear();
      sizes.clear();
      zOrder = [];
      active = undefined;
    }
    if (kind === "desktop") {
      zOrder = order.windowIds ?? zOrder;
      active = order.activeWindowId ?? active;
    }
  }
  return { titles, sizes, zOrder, active };
}

describe("the window model", () => {
  test("agrees with a plain fold over the orders", () => {
    fc.assert(
      fc.property(orders, (list) => {
        const model = run(list);
        const plain = fold(list);
        const byId = <T>(of: Iterable<readonly [number, T]>) => [...of].toSorted(([a], [b]) => a - b);
        expect(byId([...model.windows].map(([id, { title }]) => [id, title] as const))).toEqual(byId(plain.titles));
        expect(byId([...model.windows].map(([id, { windowSize }]) => [id, windowSize] as const))).toEqual(
          byId(plain.sizes),
        );
        expect([model.zOrder, model.activeWindowId]).toEqual([plain.zOrder, plain.active]);
      }),
    );
  });

  test("never changes the model it was handed", () => {
    fc.assert(
      fc.property(orders, orders, (before, after) => {
        const model = run(before);
        const copy = structuredClone(model);
        run(after, model);
        expect(model).toEqual(copy);
      }),
    );
  });

  test("keeps nothing of the chunk that the orders came in", () => {
    fc.assert(
      fc.property(orders, (list) => {
        const chunks = list.map(encodeWindowingOrder);
        const model = chunks.reduce((state, bytes) => {
          const order = readWindowingOrder(sourceOf(bytes), 0, bytes.length);
          return order === undefined ? state : applyWindowingOrder(state, order);
        }, emptyWindowModel());
        const copy = structuredClone(model);
        for (const bytes of chunks) bytes.fill(0xee);
        expect(model).toEqual(copy);
      }),
    );
  });

  test("a deleted window is gone from everywhere; deleting it again has no effect", () => {
    fc.assert(
      fc.property(orders, fc.integer({ min: 1, max: 4 }), (list, id) => {
        const model = run([...list, remove(id)]);
        expect(model.windows.has(id)).toBe(false);
        if (run(list).windows.has(id)) expect(model.zOrder).not.toContain(id);
        expect(applyWindowingOrder(model, remove(id))).toBe(model);
      }),
    );
  });

  test("an update changes the given fields and no others", () => {
    fc.assert(
      fc.property(orders, fc.gen(), (list, seed) => {
        const before = run([...list, newWindow(1, { title: "a", showState: 5, windowRects: [] })]);
        const fields = generate(windowingOrders.window, {
          int: (low, high) => seed(fc.integer, { min: low, max: high }),
        });
        const order = { ...fields, windowId: 1, fieldsPresentFlags: 0 };
        const after = applyWindowingOrder(before, { kind: "window", order });
        const given = new Map(Object.entries(order).filter(([, value]) => value !== undefined));
        for (const [name, value] of Object.entries(after.windows.get(1) ?? {})) {
          if (name === "icons") continue;
          expect(value).toEqual(given.get(name) ?? before.windows.get(1)?.[name as "title"]);
        }
        expect([...after.windows.keys()]).toEqual([...before.windows.keys()]);
      }),
    );
  });

  test("orders for windows that do not exist are ignored", () => {
    const model = run([newWindow(1)]);
    expect(applyWindowingOrder(model, update(2, { title: "x" }))).toBe(model);
    expect(applyWindowingOrder(model, remove(2))).toBe(model);
  });

  test("a new window forgets what a window of its number was", () => {
    const model = run([newWindow(1, { title: "old", showState: 3 }), newWindow(1, { title: "new" })]);
    expect(model.windows.get(1)).toEqual({ windowId: 1, icons: {}, title: "new" });
  });

  test("what WSLg sends: a desktop with the marker, a hidden window, its title", () => {
    const desktop = (flags: number, fields: object = {}): WindowingOrder => ({
      kind: "desktop",
      order: { fieldsPresentFlags: flags, ...fields },
    });
    const began = run([newWindow(9), desktop(10)]);
    expect(began).toMatchObject({ sync: "began", windows: new Map() });
    const model = run(
      [
        desktop(0, { activeWindowId: desktopWindowId, windowIds: [markerWindowId] }),
        desktop(4),
        newWindow(1, { showState: 0, taskbarButton: 1 }),
        update(1, { showState: 5, taskbarButton: 0, title: "Flower\0" }),
        desktop(0, { activeWindowId: 1, windowIds: [1, markerWindowId] }),
      ],
      began,
    );
    expect(model).toMatchObject({
      sync: "completed",
      activeWindowId: 1,
      zOrder: [1, markerWindowId],
    });
    expect(model.windows.get(1)).toMatchObject({
      title: "Flower\0",
      showState: 5,
      taskbarButton: 0,
    });
    expect(displayTitle(model.windows.get(1)?.title ?? "")).toBe("Flower");
    expect(run([{ kind: "nonMonitoredDesktop", order: { fieldsPresentFlags: 0 } }], model)).toMatchObject({
      sync: "unmonitored",
      zOrder: [],
      windows: new Map(),
      activeWindowId: undefined,
    });
  });

  test("hooked comes between not watched and begun", () => {
    const hooked = (flags: number): WindowingOrder => ({
      kind: "desktop",
      order: { fieldsPresentFlags: flags },
    });
    expect(run([hooked(2)]).sync).toBe("hooked");
    expect(run([hooked(8)]).sync).toBe("began");
    expect(run([hooked(8), hooked(6)]).sync).toBe("completed");
    expect(run([hooked(8), hooked(4), hooked(2)]).sync).toBe("completed");
  });

  test("holds no more than its limits", () => {
    const limits = { windows: 2, notifyIcons: 1, cachedIcons: 1 };
    const model = run(
      [newWindow(1), newWindow(2), newWindow(3), newWindow(2, { title: "x" })],
      emptyWindowModel(limits),
    );
    expect([...model.windows.keys()]).toEqual([1, 2]);
    expect(model.windows.get(2)?.title).toBe("x");
  });
});
