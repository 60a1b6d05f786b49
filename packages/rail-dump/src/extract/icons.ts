import type { Message } from "@railvail/dissect";
import {
  iconToRgba,
  noIconCache,
  WindowIconFlags,
  windowingOrderOf,
  type CachedIconInfo,
  type IconInfo,
  type NotifyIcon,
  type WindowCachedIcon,
  type WindowIcon,
  type WindowingKind,
} from "@railvail/rail";
import { DecodeError } from "@railvail/wire";
import type { Details } from "./extract-report.js";
import type { ExtractContext, Extractor } from "./extractor.js";
import { fileName } from "./file-name.js";
import { PerConnection } from "./per-connection.js";
import { pngOf } from "./png.js";

/** Places of the icon cache that are kept: WSLg's clients announce 36. */
const cacheLimit = 4096;

const kinds: ReadonlySet<WindowingKind | undefined> = new Set(["icon", "cachedIcon", "notifyIcon"]);

/** What an icon is for. */
interface Use {
  /** For the name of the file. */
  readonly parts: readonly string[];
  readonly details: Details;
}

const placeOf = ({ cacheId, cacheEntry }: CachedIconInfo): number => cacheId * 0x1_0000 + cacheEntry;

/** Icons of windows and of the notification area, as PNG. */
export class IconExtractor implements Extractor {
  readonly kind = "icons";
  readonly channels = ["window-order"];
  private readonly context: ExtractContext;
  /** The files of the icons that a client has cached, by place. */
  private readonly caches = new PerConnection(() => new Map<number, string>());

  constructor(context: ExtractContext) {
    this.context = context;
  }

  wants({ pdu }: Message): boolean {
    return pdu !== undefined && kinds.has(windowingOrderOf(pdu, undefined)?.kind);
  }

  message(message: Message): void {
    const of = message.pdu === undefined ? undefined : windowingOrderOf(message.pdu, message.value);
    if (of?.kind === "icon") this.icon(message, of.order.iconInfo, windowUse(of.order));
    else if (of?.kind === "cachedIcon") this.cached(message, of.order.cachedIcon, windowUse(of.order));
    else if (of?.kind === "notifyIcon") {
      const { order } = of;
      if (order.icon !== undefined) this.icon(message, order.icon, notifyUse(order));
      if (order.cachedIcon !== undefined) this.cached(message, order.cachedIcon, notifyUse(order));
    }
  }

  finish(): void {
    this.caches.finish();
  }

  private icon(message: Message, icon: IconInfo, { parts, details }: Use): void {
    const { folder, report } = this.context;
    const cache = this.caches.of(message.connection);
    const place = placeOf(icon);
    cache.delete(place);
    let png: Uint8Array;
    try {
      png = pngOf(iconToRgba(icon));
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      return report.left("icons", `icons that cannot be: ${error.field}: ${error.issue.code}`, message);
    }
    const file = folder.write(fileName("icon", message, parts, "png"), png);
    if (file === undefined) return report.left("icons", "a limit was reached", message);
    const { width, height, bpp, cacheId, cacheEntry } = icon;
    const isCached = cacheId !== noIconCache.cacheId && cacheEntry !== noIconCache.cacheEntry;
    if (isCached && cache.size < cacheLimit) cache.set(place, file.name);
    const cached = isCached ? { cacheId, cacheEntry } : undefined;
    report.file("icons", file, message, { ...details, width, height, bitsPerPixel: bpp, cached });
  }

  /** An icon that was sent before, for another use. */
  private cached(message: Message, { cacheId, cacheEntry }: CachedIconInfo, { details }: Use): void {
    const { report } = this.context;
    const file = this.caches.of(message.connection).get(placeOf({ cacheId, cacheEntry }));
    if (file === undefined) return report.left("icons", "cached icons that were not captured, or not written", message);
    report.also("icons", file, message, { ...details, cached: { cacheId, cacheEntry } });
  }
}

function windowUse({ windowId, fieldsPresentFlags }: WindowIcon | WindowCachedIcon): Use {
  const overlay = (fieldsPresentFlags & WindowIconFlags.overlay) !== 0;
  const size = (fieldsPresentFlags & WindowIconFlags.big) !== 0 ? "big" : "small";
  const use = overlay ? "overlay" : size;
  return { parts: [`w${windowId}`, use], details: { what: `${use} icon of a window`, windowId } };
}

const notifyUse = ({ windowId, notifyIconId, toolTip }: NotifyIcon): Use => ({
  parts: [`w${windowId}`, `notify${notifyIconId}`],
  details: { what: "icon in the notification area", windowId, notifyIconId, toolTip },
});
