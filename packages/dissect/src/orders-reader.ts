import { windowingOrder } from "@railvail/rail";
import type { OrderStream, UnparsedReason } from "@railvail/transport";
import type { Source } from "@railvail/wire";
import type { Emitter } from "./emitter.js";
import { placesOf } from "./place.js";
import type { Direction } from "./record.js";

const unknownFlags = "no kind of windowing order that is known here has these flags; its bytes are kept";

/** Why orders stay bytes. Orders have no common length, so nothing after such a place can be found. */
const unparsed: Readonly<Record<UnparsedReason, string>> = {
  "lost-type":
    "this primary order has the type of the one before, which was lost; the next one that states its type is read",
  "unknown-class": "no class of orders starts like this, so neither it nor what follows in the update can be read",
  "unknown-type": "no order that is known here has this type, so neither it nor what follows in the update can be read",
  truncated: "this order goes past the end of the update, or a field before it was misread",
  "bad-length": "this order states a length below that of its header, so what follows in the update cannot be found",
  "missing-orders": "the update announces more orders than it has",
  "extra-bytes": "the update has bytes after the orders that it announces; they are kept",
};

/** Reads the drawing orders of updates, windowing orders among them. */
export class OrdersReader {
  private readonly emit: Emitter;
  private readonly orders: OrderStream;
  private readonly places;

  /** `path` is that of the updates; the walk over orders is the same for all of a connection. */
  constructor(emit: Emitter, path: string, orders: OrderStream) {
    this.emit = emit;
    this.orders = orders;
    this.places = {
      window: placesOf("window-order", path),
      altsec: placesOf("altsec", path),
      secondary: placesOf("secondary-order", path),
      primary: placesOf("primary-order", path),
      unparsed: placesOf("orders", path),
    };
  }

  /** Orders were missed: primary ones refer to those before them. */
  lost(): void {
    this.orders.lost();
  }

  /** A new activation: primary orders refer to none before. */
  reset(): void {
    this.orders.reset();
  }

  read(direction: Direction, source: Source, offset: number, end: number, numberOrders: number): void {
    for (const span of this.orders.walk(source, offset, end, numberOrders)) {
      const { offset: start, end: stop } = span;
      const place = this.places[span.kind][direction];
      switch (span.kind) {
        case "window": {
          const pdu = windowingOrder(source, start, stop);
          if (pdu !== undefined) this.emit.leaf(pdu, place, source, start, stop);
          else this.emit.trouble("unknown", unknownFlags, place, source, start, stop);
          break;
        }
        case "altsec":
        case "secondary":
        case "primary":
          this.emit.leaf(span.pdu, place, source, start, stop);
          break;
        case "unparsed": {
          const detail = `${unparsed[span.reason]} (${span.reason}, ${span.left} left)`;
          this.emit.trouble("unknown", detail, place, source, start, stop);
        }
      }
    }
  }
}
