import { describe, expect, test } from "vitest";
import {
  capableWindowingClient,
  desktopWindowId,
  emptyServerDesktop,
  encodeWindowingOrder,
  markerWindowId,
  stepWindowingServer,
  windowingServer,
  type Icon,
  type ServerDesktop,
  type ServerNotifyIcon,
  type ServerWindow,
  type WindowingOrder,
  type WindowingRule,
  type WindowingServerInput,
  type WindowingServerOptions,
} from "./index.js";

const opened: WindowingServerInput = { type: "opened", client: capableWindowingClient };
const desktop = (
  windows: Readonly<Record<number, ServerWindow>>,
  rest: Partial<ServerDesktop> = {},
): WindowingServerInput => ({
  type: "desktop",
  desktop: {
    ...emptyServerDesktop,
    windows: new Map(Object.entries(windows).map(([id, window]) => [Number(id), window])),
    ...rest,
  },
});

/** What the last of several inputs makes. */
function last(inputs: readonly WindowingServerInput[], options: Partial<WindowingServerOptions> = {}) {
  let state = windowingServer(options);
  let orders: readonly WindowingOrder[] = [];
  let rules: string[] = [];
  for (const input of inputs) {
    const step = stepWindowingServer(state, input);
    state = step.state;
    orders = step.outputs.flatMap((output) => (output.type === "orders" ? output.orders : []));
    rules = step.outputs.flatMap((output) => (output.type === "violation" ? [output.rule] : []));
  }
  for (const order of orders) encodeWindowingOrder(order);
  return { orders, rules, state };
}

const icon = (color: number, bytes = 4): Icon => ({
  bpp: 32,
  width: 1,
  height: 1,
  bitsMask: new Uint8Array(4),
  colorTable: undefined,
  bitsColor: new Uint8Array(bytes).fill(color),
});
const notify = (fields: Partial<ServerNotifyIcon>): ServerNotifyIcon => ({ windowId: 1, notifyIconId: 2, ...fields });
const rect = { left: 1, top: 1, right: 2, bottom: 2 };

/** For each rule the inputs whose last one breaks it, and what the client is told nevertheless. */
const broken: Readonly<Record<WindowingRule, readonly [WindowingServerInput[], object[]]>> = {
  "not-open": [[{ type: "unmonitored" }], []],
  "window-id-reserved": [[opened, desktop({ 0: {}, 0xffff_fffe: {}, 0xffff_ffff: {} })], []],
  "field-withdrawn": [
    [opened, desktop({ 1: { title: "a", taskbarButton: 0 } }), desktop({ 1: { taskbarButton: 0 } })],
    [],
  ],
  "title-too-long": [
    [opened, desktop({ 1: { title: `${"x".repeat(259)}\u{1f600}` } })],
    [{ kind: "window", order: { title: "x".repeat(259) } }],
  ],
  "too-many-rectangles": [
    [
      opened,
      desktop({ 1: { windowRects: [...Array.from({ length: 4000 }, () => rect), { ...rect, left: 0, right: 9 }] } }),
    ],
    [{ kind: "window", order: { windowRects: [{ left: 0, top: 1, right: 9, bottom: 2 }] } }],
  ],
  "icon-unfit": [
    [opened, desktop({ 1: { icons: { small: icon(1, 65_535), big: { ...icon(1), bpp: 8 } } } })],
    [{ kind: "window" }],
  ],
  "notify-icon-twice": [
    [opened, desktop({}, { notifyIcons: [notify({ icon: icon(1) }), notify({ icon: icon(2) })] })],
    [{ kind: "notifyIcon", order: { icon: { bitsColor: icon(1).bitsColor } } }],
  ],
  "notify-icon-missing": [[opened, desktop({}, { notifyIcons: [notify({ toolTip: "a" })] })], []],
  "z-order-unknown": [
    [opened, desktop({ 1: {} }, { zOrder: [1, 2, 1] })],
    [{ kind: "window" }, { kind: "desktop", order: { windowIds: [1] } }],
  ],
  "z-order-too-long": [
    [
      opened,
      desktop(Object.fromEntries(Array.from({ length: 300 }, (_, at) => [at + 1, {}])), {
        zOrder: [...Array.from({ length: 300 }, (_, at) => at + 1), markerWindowId],
      }),
    ],
    [
      ...Array.from({ length: 300 }, () => ({ kind: "window" })),
      { kind: "desktop", order: { windowIds: [...Array.from({ length: 254 }, (_, at) => at + 1), markerWindowId] } },
    ],
  ],
  "active-unknown": [[opened, desktop({}, { activeWindowId: 7 })], []],
};

describe.each(Object.entries(broken))("%s", (rule, [inputs, told]) => {
  test("is reported, and the rest is told", () => {
    const { orders, rules } = last(inputs);
    expect(new Set(rules)).toEqual(new Set([rule]));
    expect(orders).toMatchObject(told);
    expect(orders).toHaveLength(told.length);
  });

  test("is reported once", () => {
    const [again] = inputs.slice(-1);
    if (again?.type !== "desktop" || rule === "field-withdrawn") return;
    expect(last([...inputs, { type: "desktop", desktop: { ...again.desktop } }])).toMatchObject({
      orders: [],
      rules: [],
    });
  });
});

describe("the orders of a client that came", () => {
  const began = { kind: "desktop", order: { fieldsPresentFlags: 0x0a } };
  const completed = { kind: "desktop", order: { fieldsPresentFlags: 0x04 } };

  test("without a window the sync is whole all the same", () => {
    const place = { kind: "desktop", order: { activeWindowId: desktopWindowId, windowIds: [] } };
    expect(last([opened]).orders).toMatchObject([began, place, completed]);
  });

  test("windows are told between its beginning and its end, owners first", () => {
    const windows = { 1: { ownerWindowId: 2, showState: 5 }, 2: { ownerWindowId: 9 } };
    const { orders } = last([desktop(windows, { zOrder: [1, markerWindowId, 2], activeWindowId: 1 }), opened]);
    expect(orders).toMatchObject([
      began,
      { kind: "window", order: { windowId: 2 } },
      { kind: "window", order: { windowId: 1, showState: 0 } },
      { kind: "desktop", order: { windowIds: [1, markerWindowId, 2], activeWindowId: 1 } },
      { kind: "window", order: { windowId: 1, showState: 5 } },
      completed,
    ]);
  });

  test("windows that own each other in a ring are each told once", () => {
    const windows = { 1: { ownerWindowId: 2 }, 2: { ownerWindowId: 3 }, 3: { ownerWindowId: 1 } };
    const { orders } = last([desktop(windows), opened]);
    expect(
      orders.flatMap(({ kind, order }) => (kind === "window" ? [order.windowId] : [])).toSorted((a, b) => a - b),
    ).toEqual([1, 2, 3]);
  });

  test("a desktop that is watched again is hooked and told whole", () => {
    const { orders } = last([opened, { type: "unmonitored" }, desktop({ 1: {} })]);
    expect(orders).toMatchObject([
      { kind: "desktop", order: { fieldsPresentFlags: 0x02 } },
      { kind: "window", order: { windowId: 1 } },
      { kind: "desktop", order: { activeWindowId: desktopWindowId, windowIds: [] } },
    ]);
  });

  test("an icon is sent once, then named by its place; the place used longest ago is used again", () => {
    const client = { ...capableWindowingClient, numIconCaches: 2, numIconCacheEntries: 1 };
    const shows = (color: number) => desktop({ 1: { icons: { small: icon(color) } } });
    const inputs: WindowingServerInput[] = [{ type: "opened", client }, desktop({ 1: {} })];
    const sent: (readonly [string, number, number])[] = [];
    for (const color of [1, 2, 1, 3, 1, 2]) {
      inputs.push(shows(color));
      for (const { kind, order } of last(inputs).orders) {
        if (kind === "icon") sent.push([kind, order.iconInfo.cacheId, order.iconInfo.cacheEntry]);
        if (kind === "cachedIcon") sent.push([kind, order.cachedIcon.cacheId, order.cachedIcon.cacheEntry]);
      }
    }
    expect(sent).toEqual([
      ["icon", 0, 0],
      ["icon", 1, 0],
      ["cachedIcon", 0, 0],
      ["icon", 1, 0],
      ["cachedIcon", 0, 0],
      ["icon", 1, 0],
    ]);
  });

  test("a client without caches gets icons that are not to be cached", () => {
    const client = { ...capableWindowingClient, numIconCacheEntries: 0 };
    const { orders } = last([{ type: "opened", client }, desktop({ 1: { icons: { big: icon(1) } } })]);
    expect(orders).toMatchObject([{}, { kind: "icon", order: { iconInfo: { cacheId: 0xff, cacheEntry: 0xffff } } }]);
  });
});
