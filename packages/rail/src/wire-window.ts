import type { Icon } from "./icon-cache.js";
import type { WindowState } from "./pdu/window-state.js";
import { sameValue } from "./same-value.js";
import type { ServerIcons, ServerWindow } from "./server-desktop.js";
import { understandsField, understandsOverlays, wantsIcons, type WindowingClient } from "./windowing-client.js";
import type { Report } from "./windowing-rules.js";
import { wslgFields } from "./wslg-window.js";

/** The fields of a window that have a body. */
export type WindowFieldValues = Readonly<Omit<WindowState, "fieldsPresentFlags" | "trailing" | "windowId">>;
export type WindowField = keyof WindowFieldValues;

/** A window as a client is told of it. */
export interface WireWindow {
  readonly fields: WindowFieldValues;
  readonly icons: ServerIcons;
}

/** For whom a window is written. */
export interface Audience {
  readonly client: WindowingClient;
  readonly compat: "wslg" | undefined;
}

/** 520 bytes, [MS-RDPERP] 2.2.1.3.1.2.1. */
const titleUnits = 260;
/** Twice as many, with everything else, fit into the 65,535 bytes of an order. */
const mostRects = 4000;
const mostBytes = 0xffff;
const mostPixels = 0xffff;
const iconOverhead = 64;
const depthsWithTable: ReadonlySet<number> = new Set([1, 2, 4, 8]);

/** Text of no more than `units`, not cut inside a surrogate pair. */
export function cutText(text: string, units: number): string {
  if (text.length <= units) return text;
  const last = text.charCodeAt(units - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? units - 1 : units);
}

type Rects = NonNullable<WindowFieldValues["windowRects"]>;

function fewRects(rects: Rects): Rects {
  if (rects.length <= mostRects) return rects;
  const around = { left: mostPixels, top: mostPixels, right: 0, bottom: 0 };
  for (const { left, top, right, bottom } of rects) {
    around.left = Math.min(around.left, left);
    around.top = Math.min(around.top, top);
    around.right = Math.max(around.right, right);
    around.bottom = Math.max(around.bottom, bottom);
  }
  return [around];
}

/** Whether an icon can be written: it fits, and has a color table if and only if its depth asks for one. */
export const iconFits = ({ bpp, bitsMask, bitsColor, colorTable }: Icon): boolean =>
  bitsMask.length + bitsColor.length + (colorTable?.length ?? 0) + iconOverhead <= mostBytes &&
  depthsWithTable.has(bpp) === (colorTable !== undefined);

/**
 * A window as it is told, made of what the server has and of what the client was told before:
 * nothing is withdrawn. What is out of place is reported if it was not there in `before`.
 */
export function wireWindow(
  window: ServerWindow,
  before: ServerWindow | undefined,
  told: WireWindow | undefined,
  { client, compat }: Audience,
  report: Report,
): WireWindow {
  const fresh = (name: "title" | "overlayDescription" | "windowRects" | "visibilityRects"): boolean =>
    !sameValue(window[name], before?.[name]);
  const { icons = {}, ...given } = window;
  const fields: Record<string, unknown> = { ...told?.fields };
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || name === "cloaked") continue;
    if (understandsField(client, name as WindowField)) fields[name] = value;
  }
  if (told !== undefined && before !== undefined && withdrawn(before, window)) report("field-withdrawn");
  const units = compat === "wslg" ? titleUnits - 1 : titleUnits;
  for (const name of ["title", "overlayDescription"] as const) {
    const text = given[name];
    if (text === undefined || !understandsField(client, name)) continue;
    fields[name] = cutText(text, units);
    if (fields[name] !== text && fresh(name)) report("title-too-long");
  }
  for (const name of ["windowRects", "visibilityRects"] as const) {
    const rects = given[name];
    if (rects === undefined) continue;
    fields[name] = fewRects(rects);
    if (fields[name] !== rects && fresh(name)) report("too-many-rectangles");
  }
  const whole: WindowFieldValues = fields;
  return {
    fields: compat === "wslg" ? wslgFields(whole, given) : whole,
    icons: wireIcons(icons, before?.icons, told?.icons, client, report),
  };
}

function withdrawn(before: ServerWindow, { icons, ...now }: ServerWindow): boolean {
  const { icons: iconsBefore, ...fields } = before;
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && name !== "cloaked" && now[name as WindowField] === undefined) return true;
  }
  return (["small", "big"] as const).some((use) => iconsBefore?.[use] !== undefined && icons?.[use] === undefined);
}

function wireIcons(
  icons: ServerIcons,
  before: ServerIcons | undefined,
  told: ServerIcons | undefined,
  client: WindowingClient,
  report: Report,
): ServerIcons {
  if (!wantsIcons(client)) return {};
  const usable = (use: keyof ServerIcons): Icon | undefined => {
    const icon = icons[use];
    if (icon === undefined || iconFits(icon)) return icon;
    if (icon !== before?.[use]) report("icon-unfit");
    return undefined;
  };
  return {
    small: usable("small") ?? told?.small,
    big: usable("big") ?? told?.big,
    // Only the overlay can be taken away.
    overlay: understandsOverlays(client) ? usable("overlay") : undefined,
  };
}
