import { sameValue } from "./same-value.js";
import type { ServerDesktop, ServerNotifyIcon } from "./server-desktop.js";
import { desktopWindowId, markerWindowId } from "./window-style.js";
import { understandsCloak, understandsMarker } from "./windowing-client.js";
import type { Report } from "./windowing-rules.js";
import { cutText, iconFits, wireWindow, type Audience, type WireWindow } from "./wire-window.js";

/** A desktop as a client is told of it. */
export interface WireDesktop {
  readonly windows: ReadonlyMap<number, WireWindow>;
  readonly zOrder: readonly number[];
  readonly activeWindowId: number;
  /** By `windowId:notifyIconId`. */
  readonly notifyIcons: ReadonlyMap<string, ServerNotifyIcon>;
}

/** What was last told: the server's desktop, and what became of it on the wire. */
export interface Told {
  readonly desktop: ServerDesktop;
  readonly wire: WireDesktop;
}

/** [MS-RDPERP] 2.2.1.3.3.2.1: NumWindowIds has 8 bits. */
const mostInZOrder = 255;
/** In UTF-16 units, [MS-RDPERP] 2.2.1.3.2.2.3. */
const infoTipUnits = 255;
const infoTitleUnits = 63;

/** WSLg names its marker before it can know whether the client understands it. */
const hasMarker = ({ client, compat }: Audience): boolean => compat === "wslg" || understandsMarker(client);

/** What a client is to be told of a desktop, given what it was told before. */
export function wireDesktop(
  desktop: ServerDesktop,
  before: Told | undefined,
  audience: Audience,
  report: Report,
): WireDesktop {
  const windows = wireWindows(desktop, before, audience, report);
  const active = desktop.activeWindowId;
  const isThere =
    active === desktopWindowId || windows.has(active) || (active === markerWindowId && hasMarker(audience));
  const isKnown = active === markerWindowId || desktop.windows.has(active);
  if (!isThere && !isKnown && active !== before?.desktop.activeWindowId) report("active-unknown", active);
  return {
    windows,
    zOrder: wireZOrder(desktop, before, windows, audience, report),
    activeWindowId: isThere ? active : desktopWindowId,
    notifyIcons: wireNotifyIcons(desktop, before, report),
  };
}

function wireWindows(
  { windows }: ServerDesktop,
  before: Told | undefined,
  audience: Audience,
  report: Report,
): ReadonlyMap<number, WireWindow> {
  const wire = new Map<number, WireWindow>();
  for (const [id, window] of windows) {
    const known = before?.desktop.windows.get(id);
    const told = before?.wire.windows.get(id);
    if (id === 0 || id === markerWindowId || id === desktopWindowId) {
      if (known === undefined) report("window-id-reserved", id);
    } else if (window.cloaked !== true || understandsCloak(audience.client)) {
      const same = known === window && told !== undefined;
      wire.set(id, same ? told : wireWindow(window, known, told, audience, (rule) => report(rule, id)));
    }
  }
  return wire;
}

function wireZOrder(
  { zOrder, windows: all }: ServerDesktop,
  before: Told | undefined,
  windows: ReadonlyMap<number, WireWindow>,
  audience: Audience,
  report: Report,
): readonly number[] {
  const isFresh = !sameValue(zOrder, before?.desktop.zOrder);
  const listed = new Set<number>();
  let strange = false;
  for (const id of zOrder) {
    const twice = listed.has(id);
    if (!twice && (windows.has(id) || (id === markerWindowId && hasMarker(audience)))) listed.add(id);
    else if (twice || (id !== markerWindowId && !all.has(id))) strange = true;
  }
  if (strange && isFresh) report("z-order-unknown");
  const ids = [...listed];
  if (ids.length <= mostInZOrder) return ids;
  if (isFresh) report("z-order-too-long");
  // What stands below the marker is not to be activated: without it nothing would.
  if (ids.indexOf(markerWindowId) >= mostInZOrder) return [...ids.slice(0, mostInZOrder - 1), markerWindowId];
  return ids.slice(0, mostInZOrder);
}

const keyOf = ({ windowId, notifyIconId }: ServerNotifyIcon): string => `${windowId}:${notifyIconId}`;

function wireNotifyIcons(
  { notifyIcons }: ServerDesktop,
  before: Told | undefined,
  report: Report,
): ReadonlyMap<string, ServerNotifyIcon> {
  if (notifyIcons === before?.desktop.notifyIcons) return before.wire.notifyIcons;
  const wire = new Map<string, ServerNotifyIcon>();
  const known = new Set(before?.desktop.notifyIcons);
  for (const icon of notifyIcons) {
    const key = keyOf(icon);
    const told = before?.wire.notifyIcons.get(key);
    const again = known.has(icon);
    const picture = icon.icon !== undefined && iconFits(icon.icon) ? icon.icon : told?.icon;
    if (wire.has(key)) {
      if (!again) report("notify-icon-twice", icon.windowId);
    } else if (picture === undefined) {
      if (!again) report(icon.icon === undefined ? "notify-icon-missing" : "icon-unfit", icon.windowId);
    } else if (again && told !== undefined) wire.set(key, told);
    else wire.set(key, wireNotifyIcon(icon, told, picture, report));
  }
  return wire;
}

function wireNotifyIcon(
  icon: ServerNotifyIcon,
  told: ServerNotifyIcon | undefined,
  picture: NonNullable<ServerNotifyIcon["icon"]>,
  report: Report,
): ServerNotifyIcon {
  const { version = told?.version, toolTip = told?.toolTip, state = told?.state, infoTip } = icon;
  if (icon.icon !== picture) report(icon.icon === undefined ? "field-withdrawn" : "icon-unfit", icon.windowId);
  else if (
    version !== icon.version ||
    toolTip !== icon.toolTip ||
    state !== icon.state ||
    (infoTip === undefined && told?.infoTip !== undefined)
  )
    report("field-withdrawn", icon.windowId);
  return {
    windowId: icon.windowId,
    notifyIconId: icon.notifyIconId,
    version,
    toolTip,
    infoTip: infoTip === undefined ? told?.infoTip : cutTip(infoTip, icon.windowId, report),
    state,
    icon: picture,
  };
}

type InfoTip = NonNullable<ServerNotifyIcon["infoTip"]>;

function cutTip(tip: InfoTip, windowId: number, report: Report): InfoTip {
  const infoTipText = cutText(tip.infoTipText, infoTipUnits);
  const title = cutText(tip.title, infoTitleUnits);
  if (infoTipText !== tip.infoTipText || title !== tip.title) report("title-too-long", windowId);
  return { ...tip, infoTipText, title };
}
