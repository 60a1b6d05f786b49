import { generate } from "@railvail/wire";
import fc from "fast-check";
import {
  capableWindowingClient,
  ClientStatusFlags,
  desktopWindowId,
  emptyServerDesktop,
  markerWindowId,
  WindowState,
  type Icon,
  type ServerDesktop,
  type ServerIcons,
  type ServerNotifyIcon,
  type ServerWindow,
  type WindowingClient,
} from "../src/index.js";

/** Six icons: few enough to meet again, and more than the smallest caches hold. */
const icons: readonly Icon[] = Array.from({ length: 6 }, (_, at) => ({
  bpp: at === 0 ? 1 : 32,
  width: 1,
  height: 1,
  bitsMask: Uint8Array.of(at, 0, 0, 0),
  colorTable: at === 0 ? Uint8Array.of(1, 2, 3, 4) : undefined,
  bitsColor: Uint8Array.of(at, 1, 2, 3),
}));

const anIcon = fc.constantFrom(...icons);
const maybeIcon = fc.option(anIcon, { nil: undefined, freq: 2 });
const ids = fc.integer({ min: 1, max: 3 });

const notFields: ReadonlySet<string> = new Set(["fieldsPresentFlags", "trailing", "windowId"]);

/** Fields of a window, any of them absent. */
const someFields: fc.Arbitrary<ServerWindow> = fc.gen().map((choose) => {
  const int = (low: number, high: number): number => choose(fc.integer, { min: low, max: high });
  const order = Object.entries(generate(WindowState, { int }));
  return Object.fromEntries(order.filter(([name]) => !notFields.has(name))) as ServerWindow;
});

const clients: fc.Arbitrary<WindowingClient> = fc.oneof(
  fc.constant(capableWindowingClient),
  fc.record({
    statusFlags: fc
      .subarray(Object.values(ClientStatusFlags))
      .map((flags) => flags.reduce<number>((sum, flag) => sum + flag, 0)),
    railSupportLevel: fc.constantFrom(1, 5),
    wndSupportLevel: fc.constantFrom(1, 2, 3),
    numIconCaches: fc.constantFrom(0, 1, 2, 255),
    numIconCacheEntries: fc.constantFrom(0, 1, 2, 65_535),
  }),
);

const notifyFields = fc.record({
  toolTip: fc.constantFrom("", "a", "b"),
  version: fc.constantFrom(0, 3, 4),
  state: fc.constantFrom(0, 1),
  infoTip: fc.constantFrom(
    { timeout: 1, infoFlags: 1, infoTipText: "x", title: "" },
    { timeout: 1, infoFlags: 1, infoTipText: "y", title: "" },
  ),
  icon: anIcon,
});

/** What an application can do to what is there. */
const changes = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("window" as const), id: ids, fields: someFields }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("icons" as const),
      id: ids,
      icons: fc.record({ small: maybeIcon, big: maybeIcon, overlay: maybeIcon }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cloak" as const), id: ids }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant("order" as const),
      ids: fc.shuffledSubarray([1, 2, 3, markerWindowId]),
      active: fc.oneof(ids, fc.constantFrom(desktopWindowId, markerWindowId)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("notify" as const), id: ids, fields: notifyFields }),
  },
);

/** What an application or its connection can do. */
export const steps = fc.oneof(
  { weight: 16, arbitrary: changes },
  // An id must not be used for another window within one step, so nothing is removed in it.
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("several" as const),
      changes: fc.array(changes, { minLength: 2, maxLength: 5 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("remove" as const), id: ids }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("notifyGone" as const), id: ids }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("opened" as const), client: clients }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("reactivated" as const), client: clients }) },
  { weight: 1, arbitrary: fc.constant({ do: "closed" as const }) },
  { weight: 1, arbitrary: fc.constant({ do: "unmonitored" as const }) },
);

/** What an application must not do: it withdraws fields and icons, and names what is not there. */
export const illegalSteps = fc.oneof(
  fc.record({ do: fc.constant("replace" as const), id: ids, fields: someFields }),
  fc.record({ do: fc.constant("misorder" as const), ids: fc.array(fc.integer({ min: 0, max: 6 })), active: ids }),
  fc.record({ do: fc.constant("misnotify" as const), id: ids, icon: maybeIcon }),
);

type Of<A> = A extends fc.Arbitrary<infer S> ? S : never;
export type HistoryStep = Of<typeof steps> | Of<typeof illegalSteps>;

const longestTitle = 259;
const titled = (fields: ServerWindow, name: "title" | "overlayDescription"): ServerWindow =>
  fields[name] === undefined ? {} : { [name]: fields[name].slice(0, longestTitle) };
const definedOf = <T extends object>(record: T): Partial<T> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Partial<T>;

/** The desktop after a step: a field, once there, stays; what is named is there. */
export function desktopAfter(desktop: ServerDesktop, step: HistoryStep): ServerDesktop {
  const windows = new Map(desktop.windows);
  switch (step.do) {
    case "window": {
      const fields = { ...step.fields, ...titled(step.fields, "title"), ...titled(step.fields, "overlayDescription") };
      windows.set(step.id, { ...windows.get(step.id), ...definedOf(fields) });
      return { ...desktop, windows };
    }
    case "several":
      return step.changes.reduce(desktopAfter, desktop);
    case "icons":
    case "cloak": {
      const before = windows.get(step.id);
      if (before === undefined) return desktop;
      const cloaked = step.do === "cloak" ? before.cloaked !== true : before.cloaked;
      const set: ServerIcons = step.do === "cloak" ? (before.icons ?? {}) : step.icons;
      windows.set(step.id, { ...before, cloaked, icons: { ...before.icons, ...definedOf(set), overlay: set.overlay } });
      return { ...desktop, windows };
    }
    case "remove": {
      windows.delete(step.id);
      const zOrder = desktop.zOrder.filter((id) => id !== step.id);
      const activeWindowId = desktop.activeWindowId === step.id ? desktopWindowId : desktop.activeWindowId;
      return { ...desktop, windows, zOrder, activeWindowId };
    }
    case "order": {
      const isThere = (id: number): boolean => id >= markerWindowId || windows.has(id);
      const activeWindowId = isThere(step.active) ? step.active : desktopWindowId;
      return { ...desktop, zOrder: step.ids.filter(isThere), activeWindowId };
    }
    case "notify": {
      const before = desktop.notifyIcons.find(({ windowId }) => windowId === step.id);
      const icon: ServerNotifyIcon = { ...before, ...step.fields, windowId: step.id, notifyIconId: 7 };
      return { ...desktop, notifyIcons: [...desktop.notifyIcons.filter((each) => each !== before), icon] };
    }
    case "notifyGone":
      return { ...desktop, notifyIcons: desktop.notifyIcons.filter(({ windowId }) => windowId !== step.id) };
    case "replace":
      return { ...desktop, windows: windows.set(step.id, step.fields) };
    case "misorder":
      return { ...desktop, zOrder: step.ids, activeWindowId: step.active };
    case "misnotify": {
      const icon: ServerNotifyIcon = { windowId: step.id, notifyIconId: 7, icon: step.icon };
      return { ...desktop, notifyIcons: [...desktop.notifyIcons, icon] };
    }
    default:
      return desktop;
  }
}

export const startingDesktop: ServerDesktop = emptyServerDesktop;
