import type { Step } from "@railvail/wire";
import { match } from "ts-pattern";
import { desktopOrders, nothingTold } from "./desktop-orders.js";
import { iconPlaces, type IconPlaces } from "./icon-places.js";
import { DesktopFlags } from "./pdu/desktop.js";
import { emptyServerDesktop, type ServerDesktop } from "./server-desktop.js";
import { markerWindowId } from "./window-style.js";
import type { WindowingClient } from "./windowing-client.js";
import type { WindowingOrder } from "./windowing-orders.js";
import { windowingViolation, type Report, type WindowingViolation } from "./windowing-rules.js";
import { wireDesktop, type Told, type WireDesktop } from "./wire-desktop.js";

export interface WindowingServerOptions {
  /**
   * `wslg`: fields as WSLg's server states them (titles with NUL, rectangles relative to the desktop, no
   * owner is the desktop), windows after the sync and not in it, the taskbar button with each change.
   */
  readonly compat: "wslg" | undefined;
}

/** What is there while a client is: who it is, what it was told, and what is in its icon caches. */
interface Connection {
  readonly client: WindowingClient;
  /** Undefined while the server does not watch its desktop. */
  readonly told: Told | undefined;
  readonly places: IconPlaces;
}

/** The server's end of the windowing orders. It keeps the desktop while no client is there. */
export interface WindowingServerState {
  readonly options: WindowingServerOptions;
  readonly desktop: ServerDesktop;
  readonly connection: Connection | undefined;
}

export type WindowingServerInput =
  /**
   * The client is ready for windowing orders, for the first time or again: a new connection, a
   * reactivation. It is told everything.
   */
  | { readonly type: "opened"; readonly client: WindowingClient }
  | { readonly type: "closed" }
  /** What the server shows is now this. */
  | { readonly type: "desktop"; readonly desktop: ServerDesktop }
  /** The server cannot watch its desktop, until the next `desktop`. */
  | { readonly type: "unmonitored" };

export type WindowingServerOutput =
  /** To be sent in this order and flushed at once, never empty: `encodeWindowingOrder` writes them. */
  { readonly type: "orders"; readonly orders: readonly WindowingOrder[] } | WindowingViolation;

type ServerStep = Step<WindowingServerState, WindowingServerOutput>;

/** The server before there is a client. */
export const windowingServer = (options: Partial<WindowingServerOptions> = {}): WindowingServerState => ({
  options: { compat: undefined, ...options },
  desktop: emptyServerDesktop,
  connection: undefined,
});

/** What the client was told, in the server's terms; undefined if it was told nothing. */
export const toldDesktop = ({ connection }: WindowingServerState): WireDesktop | undefined => connection?.told?.wire;

/** [MS-RDPERP] 3.3.5.1.6 to 3.3.5.1.8: desktops in, the fewest orders that tell the client of them out. */
export function stepWindowingServer(state: WindowingServerState, input: WindowingServerInput): ServerStep {
  return match<WindowingServerInput, ServerStep>(input)
    .with({ type: "opened" }, ({ client }) => opened(state, client))
    .with({ type: "closed" }, () =>
      state.connection === undefined
        ? { state, outputs: [] }
        : { state: { ...state, connection: undefined }, outputs: [] },
    )
    .with({ type: "desktop" }, ({ desktop }) => changed(state, desktop))
    .with({ type: "unmonitored" }, () => unmonitored(state))
    .exhaustive();
}

const desktopOrder = (fieldsPresentFlags: number, fields: object = {}): WindowingOrder => ({
  kind: "desktop",
  order: { fieldsPresentFlags, ...fields },
});

const began = desktopOrder(DesktopFlags.hooked + DesktopFlags.arcBegan);
const completed = desktopOrder(DesktopFlags.arcCompleted);

function reporter(outputs: WindowingServerOutput[]): Report {
  return (rule, windowId) => outputs.push(windowingViolation(rule, windowId));
}

function opened(state: WindowingServerState, client: WindowingClient): ServerStep {
  const { compat } = state.options;
  const outputs: WindowingServerOutput[] = [];
  const wire = wireDesktop(state.desktop, undefined, { client, compat }, reporter(outputs));
  const empty: WireDesktop = compat === "wslg" ? { ...nothingTold, zOrder: [markerWindowId] } : nothingTold;
  const sync = desktopOrders(empty, compat === "wslg" ? empty : wire, iconPlaces(client), compat, "whole");
  const orders = [began, ...sync.orders, completed];
  let { places } = sync;
  if (compat === "wslg") {
    const later = desktopOrders(empty, wire, places, compat, "changes");
    orders.push(...later.orders);
    places = later.places;
  }
  outputs.push({ type: "orders", orders });
  const told = { desktop: state.desktop, wire };
  return { state: { ...state, connection: { client, told, places } }, outputs };
}

function changed(state: WindowingServerState, desktop: ServerDesktop): ServerStep {
  const { connection, options } = state;
  if (desktop === state.desktop && connection?.told !== undefined) return { state, outputs: [] };
  if (connection === undefined) return { state: { ...state, desktop }, outputs: [] };
  const { client, told } = connection;
  const { compat } = options;
  const outputs: WindowingServerOutput[] = [];
  const wire = wireDesktop(desktop, told, { client, compat }, reporter(outputs));
  const sync = told === undefined ? "whole" : "changes";
  const { orders, places } = desktopOrders(told?.wire ?? nothingTold, wire, connection.places, compat, sync);
  // [MS-RDPERP] 3.3.5.1.8: a desktop that is watched again is hooked, not synchronised.
  if (told === undefined) orders.unshift(desktopOrder(DesktopFlags.hooked));
  if (orders.length > 0) outputs.push({ type: "orders", orders });
  return { state: { ...state, desktop, connection: { client, told: { desktop, wire }, places } }, outputs };
}

function unmonitored(state: WindowingServerState): ServerStep {
  const { connection } = state;
  if (connection === undefined) return { state, outputs: [windowingViolation("not-open")] };
  if (connection.told === undefined) return { state, outputs: [] };
  const orders: WindowingOrder[] = [{ kind: "nonMonitoredDesktop", order: { fieldsPresentFlags: 0 } }];
  return {
    state: { ...state, connection: { ...connection, told: undefined } },
    outputs: [{ type: "orders", orders }],
  };
}
