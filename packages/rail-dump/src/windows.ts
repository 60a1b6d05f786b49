import type { ReadRecord } from "./connection-reading.js";
import { WindowBuffers } from "./window-buffers.js";
import { WindowOrders } from "./window-orders.js";
import { WindowStories } from "./window-story.js";
import { WindowSurfaces } from "./window-surfaces.js";

interface Followers {
  readonly stories: WindowStories;
  readonly orders: WindowOrders;
  readonly surfaces: WindowSurfaces;
  readonly buffers: WindowBuffers;
}

/** Follows the windows of all connections. */
export class WindowTracker {
  private readonly connections = new Map<number, Followers>();

  record(record: ReadRecord): void {
    if (record.type === "gap" || record.pdu === undefined) return;
    switch (record.channel) {
      case "window-order":
        return this.of(record.connection).orders.message(record);
      case "egfx":
        return this.of(record.connection).surfaces.message(record);
      case "gfxredir":
        return this.of(record.connection).buffers.message(record);
    }
  }

  /** What there is to tell of each connection that had windows. */
  finish(): readonly WindowStories[] {
    return [...this.connections.values()].map(({ stories, orders }) => {
      orders.finish();
      return stories;
    });
  }

  private of(connection: number): Followers {
    let followers = this.connections.get(connection);
    if (followers === undefined) {
      const stories = new WindowStories(connection);
      followers = {
        stories,
        orders: new WindowOrders(stories),
        surfaces: new WindowSurfaces(stories),
        buffers: new WindowBuffers(stories),
      };
      this.connections.set(connection, followers);
    }
    return followers;
  }
}
