import { quoteText } from "@railvail/command-line";
import type { Message } from "@railvail/dissect";
import {
  applyWindowingOrder,
  desktopWindowId,
  displayTitle,
  emptyWindowModel,
  markerWindowId,
  ShowState,
  windowingOrderOf,
  type RailWindow,
  type WindowingOrder,
} from "@railvail/rail";
import type { Geometry, When, WindowStories, WindowStory } from "./window-story.js";

const showNames: ReadonlyMap<number, string> = new Map(Object.entries(ShowState).map(([name, value]) => [value, name]));

const titleLimit = 120;

/** How an id is written; two ids are no window. */
export function windowName(windowId: number): string {
  if (windowId === desktopWindowId) return "desktop";
  return windowId === markerWindowId ? "marker" : String(windowId);
}

export const geometryText = ({ x, y, width, height }: Geometry): string => `${width}x${height} at ${x},${y}`;

/** Follows the windowing orders of one connection and tells what changes. */
export class WindowOrders {
  private readonly stories: WindowStories;
  private model = emptyWindowModel();

  constructor(stories: WindowStories) {
    this.stories = stories;
  }

  message(message: Message): void {
    const { pdu, value } = message;
    const order = pdu && value !== undefined ? windowingOrderOf(pdu, value) : undefined;
    if (order === undefined) return;
    const before = this.model;
    this.model = applyWindowingOrder(before, order);
    switch (order.kind) {
      case "window":
        return this.window(message, order.order.windowId, before.windows.get(order.order.windowId));
      case "deleted":
        return this.deleted(message, order.order.windowId);
      case "icon":
      case "cachedIcon":
        return this.stories.tell(message, order.order.windowId, "icon");
      case "desktop":
      case "nonMonitoredDesktop":
        return this.desktop(message, order, before.zOrder, before.activeWindowId);
      case "notifyIcon":
      case "notifyIconDeleted":
        return this.stories.tell(
          message,
          order.order.windowId,
          order.kind === "notifyIcon" ? "notify icon" : "notify icon deleted",
        );
    }
  }

  /** Writes the last known z-order into the stories. */
  finish(): void {
    const { zOrder } = this.model;
    for (const story of this.stories.stories) {
      if (story.deleted !== undefined) continue;
      const place = zOrder.filter((id) => id !== markerWindowId).indexOf(story.windowId);
      story.zOrder = place === -1 ? undefined : place;
    }
  }

  private window(when: When, windowId: number, before: RailWindow | undefined): void {
    const after = this.model.windows.get(windowId);
    if (after === undefined) {
      return this.stories.tell(when, windowId, "ignored", "an update of a window that does not exist");
    }
    const isNew = before === undefined;
    const story = isNew ? this.stories.begin(windowId, when) : this.stories.of(windowId);
    const changes = changesOf(story, after);
    Object.assign(story, stateOf(after));
    if (isNew) this.stories.tell(when, windowId, "created", changes.map(([, text]) => text).join(", "));
    else for (const [what, text] of changes) this.stories.tell(when, windowId, what, text);
  }

  private deleted(when: When, windowId: number): void {
    this.stories.tell(when, windowId, "deleted");
    this.stories.end(windowId, when);
  }

  private desktop(
    when: When,
    order: WindowingOrder,
    zOrder: readonly number[],
    activeWindowId: number | undefined,
  ): void {
    const { model, stories } = this;
    if (order.kind === "nonMonitoredDesktop") stories.tell(when, undefined, "desktop not monitored");
    if (model.zOrder.join() !== zOrder.join()) {
      stories.tell(when, undefined, "z-order", model.zOrder.map(windowName).join(" "));
    }
    if (model.activeWindowId !== undefined && model.activeWindowId !== activeWindowId) {
      stories.tell(when, undefined, "active", windowName(model.activeWindowId));
    }
  }
}

type State = Pick<WindowStory, "title" | "ownerWindowId" | "geometry" | "showState">;

function stateOf(window: RailWindow): State {
  const { title, ownerWindowId, showState, windowOffset, windowSize } = window;
  return {
    title: title === undefined ? undefined : displayTitle(title),
    ownerWindowId,
    showState: showState === undefined ? undefined : (showNames.get(showState) ?? String(showState)),
    geometry:
      windowOffset === undefined && windowSize === undefined
        ? undefined
        : { ...(windowOffset ?? { x: 0, y: 0 }), ...(windowSize ?? { width: 0, height: 0 }) },
  };
}

/** What differs from what was told, as pairs of a word and a text. */
function changesOf(story: WindowStory, window: RailWindow): (readonly [string, string])[] {
  const { title, ownerWindowId, geometry, showState } = stateOf(window);
  const changes: (readonly [string, string])[] = [];
  if (title !== undefined && title !== story.title) changes.push(["title", quoteText(title, titleLimit)]);
  if (geometry !== undefined) {
    const old = story.geometry;
    const moved = old?.x !== geometry.x || old.y !== geometry.y;
    const resized = old?.width !== geometry.width || old.height !== geometry.height;
    const what = resized ? (moved ? "moved and resized" : "resized") : "moved";
    if (moved || resized) changes.push([what, geometryText(geometry)]);
  }
  if (showState !== undefined && showState !== story.showState) changes.push(["shown", showState]);
  if (ownerWindowId !== undefined && ownerWindowId !== story.ownerWindowId) {
    changes.push(["owner", `owner ${windowName(ownerWindowId)}`]);
  }
  return changes;
}
