import { windowingOrder } from "@railvail/rail";
import { OrderStream } from "@railvail/transport";
import type { Source } from "@railvail/wire";
import type { Emitter, Place } from "./emitter.js";

/** Reads the drawing orders of an update, windowing orders among them. */
export class OrdersReader {
  private readonly emit: Emitter;
  private readonly orders = new OrderStream();

  constructor(emit: Emitter) {
    this.emit = emit;
  }

  read(place: Place, source: Source, offset: number, end: number, numberOrders: number): void {
    for (const span of this.orders.walk(source, offset, end, numberOrders)) {
      const { offset: start, end: stop } = span;
      const at = (channel: string): Place => ({ ...place, path: `${place.path}/${channel}` });
      switch (span.kind) {
        case "window": {
          const pdu = windowingOrder(source, start, stop);
          if (pdu !== undefined) this.emit.leaf(pdu, at("window-order"), source, start, stop);
          else this.emit.trouble("unknown", "too short for a windowing order", at("window-order"), source, start, stop);
          break;
        }
        case "altsec":
          this.emit.leaf(span.pdu, at("altsec"), source, start, stop);
          break;
        case "secondary":
          this.emit.leaf(span.pdu, at("secondary-order"), source, start, stop);
          break;
        case "primary":
          this.emit.trouble("unknown", `primary order of type ${span.orderType}`, at("primary-order"), source, start, stop);
          break;
        case "unparsed":
          this.emit.trouble("unknown", `orders not read: ${span.reason}, ${span.left} left`, at("orders"), source, start, stop);
      }
    }
  }
}
