import { sourceOf } from "@railvail/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { desktopAfter, illegalSteps, startingDesktop, steps, type HistoryStep } from "../testing/desktop-history.js";
import {
  applyWindowingOrder,
  capableWindowingClient,
  emptyWindowModel,
  encodeWindowingOrder,
  markerWindowId,
  readWindowingOrder,
  stepWindowingServer,
  toldDesktop,
  windowingServer,
  type IconReference,
  type ServerDesktop,
  type ServerIcons,
  type WindowingClient,
  type WindowingOrder,
  type WindowingServerInput,
  type WindowModel,
} from "./index.js";

const throughBytes = (order: WindowingOrder): WindowingOrder => {
  const bytes = encodeWindowingOrder(order);
  const read = readWindowingOrder(sourceOf(bytes), 0, bytes.length);
  if (read === undefined) throw new Error("not an order");
  return read;
};

/** A server and the model of the client that it talks to. */
class Session {
  server: ReturnType<typeof windowingServer>;
  desktop = startingDesktop;
  client: WindowingClient | undefined;
  isWatched = false;
  model = emptyWindowModel();
  readonly rules: string[] = [];
  /** The model before the last input, and what the input made. */
  last: { readonly model: WindowModel; readonly orders: readonly WindowingOrder[] } = { model: this.model, orders: [] };

  constructor(compat: "wslg" | undefined) {
    this.server = windowingServer({ compat });
  }

  does(step: HistoryStep): void {
    this.desktop = desktopAfter(this.desktop, step);
    switch (step.do) {
      case "opened":
      case "reactivated":
        // On the same connection the client keeps what it knows: the description of the desktop replaces it.
        if (step.do === "opened" || this.client === undefined) this.model = emptyWindowModel();
        this.client = step.client;
        this.isWatched = true;
        return this.take({ type: "opened", client: step.client });
      case "closed":
        this.client = undefined;
        return this.take({ type: "closed" });
      case "unmonitored":
        this.isWatched = false;
        return this.take({ type: "unmonitored" });
      default:
        this.isWatched = true;
        return this.take({ type: "desktop", desktop: this.desktop });
    }
  }

  take(input: WindowingServerInput): void {
    const { state, outputs } = stepWindowingServer(this.server, input);
    this.server = state;
    const before = this.model;
    const orders: WindowingOrder[] = [];
    for (const output of outputs) {
      if (output.type === "violation") this.rules.push(output.rule);
      else orders.push(...output.orders.map(throughBytes));
    }
    this.model = orders.reduce(applyWindowingOrder, before);
    this.last = { model: before, orders };
  }

  get isOpen(): boolean {
    return this.client !== undefined && this.isWatched;
  }
}

const definedOf = (record: object): object =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

/** What a client knows, without how it came to know it. */
function known({ windows, zOrder, activeWindowId, notifyIcons }: WindowModel): object {
  const picture = (reference: IconReference | undefined) => reference?.icon;
  return {
    windows: new Map(
      [...windows].map(
        ([
          id,
          {
            windowId: _,
            icons: { small, big, overlay },
            ...fields
          },
        ]) => [
          id,
          {
            ...definedOf(fields),
            icons: definedOf({ small: picture(small), big: picture(big), overlay: picture(overlay) }),
          },
        ],
      ),
    ),
    zOrder,
    activeWindowId,
    notifyIcons: new Map(
      [...notifyIcons].map(([key, icon]) => [key, definedOf({ ...icon, icon: picture(icon.icon) })]),
    ),
  };
}

const extended = ["clientAreaSize", "rpContent", "rootParentHandle"];
const fieldsFor: readonly (readonly [(client: WindowingClient) => boolean, readonly string[]])[] = [
  [({ statusFlags }) => (statusFlags & 0x10) !== 0, ["resizeMarginX", "resizeMarginY"]],
  [({ statusFlags }) => (statusFlags & 0x40) !== 0, ["appBarState", "appBarEdge"]],
  [({ wndSupportLevel }) => wndSupportLevel >= 2, extended],
  [({ railSupportLevel }) => (railSupportLevel & 4) !== 0, ["overlayDescription"]],
];

/** What a client of this kind can know of a desktop, in the plainest way. */
function knowable(desktop: ServerDesktop, client: WindowingClient): object {
  const has = (bit: number): boolean => (client.statusFlags & bit) !== 0;
  const hidden = new Set(fieldsFor.flatMap(([understands, names]) => (understands(client) ? [] : names)));
  const shown = [...desktop.windows].filter(([, { cloaked }]) => cloaked !== true || has(0x200));
  const isShown = (id: number): boolean =>
    shown.some(([each]) => each === id) || id === 0xffff_ffff || (id === markerWindowId && has(4));
  const iconsOf = ({ small, big, overlay }: ServerIcons): object =>
    has(0x400) ? {} : definedOf({ small, big, overlay: (client.railSupportLevel & 4) === 0 ? undefined : overlay });
  return {
    windows: new Map(
      shown.map(([id, { icons, cloaked: _, ...fields }]) => [
        id,
        {
          ...definedOf(Object.fromEntries(Object.entries(fields).filter(([name]) => !hidden.has(name)))),
          icons: iconsOf(icons ?? {}),
        },
      ]),
    ),
    zOrder: desktop.zOrder.filter(isShown),
    activeWindowId: isShown(desktop.activeWindowId) ? desktop.activeWindowId : 0xffff_ffff,
    notifyIcons: new Map(desktop.notifyIcons.map((icon) => [`${icon.windowId}:${icon.notifyIconId}`, definedOf(icon)])),
  };
}

/** Half of them start with a client. */
const historiesOf = (step: fc.Arbitrary<HistoryStep>): fc.Arbitrary<HistoryStep[]> =>
  fc
    .tuple(fc.boolean(), fc.array(step, { maxLength: 30, size: "max" }))
    .map(([connected, history]) =>
      connected ? [{ do: "opened", client: capableWindowingClient }, ...history] : history,
    );
const histories = historiesOf(steps);
const anyHistories = historiesOf(fc.oneof({ weight: 9, arbitrary: steps }, illegalSteps));
const compats = fc.constantFrom(undefined, "wslg" as const);
const runs = { numRuns: 40 };

describe("the windowing server", () => {
  test("a client knows the server's desktop after any history, over any number of connections and reactivations", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const session = new Session(undefined);
        for (const step of history) {
          session.does(step);
          if (session.isOpen && session.client !== undefined)
            expect(known(session.model)).toEqual(knowable(session.desktop, session.client));
          if (step.do !== "reactivated") continue;
          const anew = session.last.orders.reduce(applyWindowingOrder, emptyWindowModel());
          expect([known(session.model), session.model.sync]).toEqual([known(anew), "completed"]);
        }
        expect(session.rules.filter((rule) => rule !== "not-open")).toEqual([]);
      }),
      runs,
    );
  });

  test("what the server believes to be told is what the client knows", () => {
    fc.assert(
      fc.property(anyHistories, compats, (history, compat) => {
        const session = new Session(compat);
        for (const step of history) {
          session.does(step);
          const told = toldDesktop(session.server);
          if (told === undefined) continue;
          const windows = new Map(
            [...told.windows].map(([id, { fields, icons }]) => [id, { ...definedOf(fields), icons: definedOf(icons) }]),
          );
          const notifyIcons = new Map([...told.notifyIcons].map(([key, icon]) => [key, definedOf(icon)]));
          expect(known(session.model)).toEqual({ ...told, windows, notifyIcons });
        }
      }),
      runs,
    );
  });

  test("nothing changed: no order, though every object is new", () => {
    fc.assert(
      fc.property(histories, compats, (history, compat) => {
        const session = new Session(compat);
        for (const step of history) session.does(step);
        session.take({ type: "desktop", desktop: session.desktop });
        session.take({ type: "desktop", desktop: structuredClone(session.desktop) });
        expect(session.last.orders).toEqual([]);
      }),
      runs,
    );
  });

  test("no order of a change can be spared, and each field of an update is a change", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const session = new Session(undefined);
        for (const step of history) {
          session.does(step);
          const { model, orders } = session.last;
          if (!session.isOpen || step.do === "opened" || step.do === "reactivated") continue;
          for (const [at, order] of orders.entries()) {
            // A client drops deleted windows from its z-order by itself; the specification wants the list all the same.
            if (order.kind === "desktop") continue;
            const without = orders.toSpliced(at, 1).reduce(applyWindowingOrder, model);
            expect(known(without)).not.toEqual(known(session.model));
            if (order.kind !== "window" || (order.order.fieldsPresentFlags & 0x1000_0000) !== 0) continue;
            const before = orders.slice(0, at).reduce(applyWindowingOrder, model).windows.get(order.order.windowId);
            for (const [name, value] of Object.entries(order.order)) {
              if (name === "windowId" || name === "fieldsPresentFlags" || value === undefined) continue;
              expect(before?.[name as "title"]).not.toEqual(value);
            }
          }
        }
      }),
      runs,
    );
  });

  test("no order names a window that the client does not have, and the z-order comes before updates and shown windows with an owner", () => {
    let ordered = 0;
    fc.assert(
      fc.property(histories, compats, (history, compat) => {
        const session = new Session(compat);
        for (const step of history) {
          session.does(step);
          let { model } = session.last;
          const made = new Set<number>();
          let placed = false;
          const updated = new Set<number>();
          for (const { kind, order } of session.last.orders) {
            if (kind === "window" && (order.fieldsPresentFlags & 0x1000_0000) !== 0) {
              const isOwned = compat === "wslg" || (order.ownerWindowId ?? 0) !== 0;
              if (isOwned) made.add(order.windowId);
              expect(isOwned ? (order.showState ?? 0) : 0).toBe(0);
            } else if (kind === "window" || kind === "deleted" || kind === "icon" || kind === "cachedIcon")
              expect(model.windows.has(order.windowId)).toBe(true);
            const isZOrder = kind === "desktop" && (order.windowIds ?? order.activeWindowId) !== undefined;
            if (isZOrder) expect([...updated]).toEqual([]);
            if (kind === "window" && (order.fieldsPresentFlags & 0x1000_0000) === 0) {
              updated.add(order.windowId);
              if (placed && !made.has(order.windowId)) ordered++;
            }
            if (kind === "desktop") {
              for (const id of order.windowIds ?? []) expect(id === markerWindowId || model.windows.has(id)).toBe(true);
              placed ||= order.windowIds !== undefined;
            }
            if (kind === "window" && made.has(order.windowId) && order.showState !== undefined && order.showState !== 0)
              expect(placed || !session.model.zOrder.includes(order.windowId)).toBe(true);
            model = applyWindowingOrder(model, { kind, order } as WindowingOrder);
          }
        }
      }),
      runs,
    );
    // Windows that were there changed in one step with the z-order.
    expect(ordered).toBeGreaterThan(0);
  });
});
