import { DecodeError, type Pdu, type Source } from "@railvail/wire";
import { altsecOrders, secondaryOrderLength, windowOrderLength } from "./order-lengths.js";
import { AltsecOrderType } from "./pdu/altsec-orders.js";
import { PrimaryOrder, PrimaryOrderFlags } from "./pdu/primary-order.js";
import { SecondaryOrder } from "./pdu/secondary-order.js";
import { type DecodedPrimaryOrder, PrimaryOrders } from "./primary-orders.js";

/**
 * Why the walk stopped: the order is a primary one of the type before, which was lost; its control
 * byte names no class, or no known type; its length is not there, is impossible or goes past the
 * end; fewer orders are there than were announced, or bytes are left after the last.
 */
export type UnparsedReason =
  | "lost-type"
  | "unknown-class"
  | "unknown-type"
  | "truncated"
  | "bad-length"
  | "missing-orders"
  | "extra-bytes";

/** One order: `offset` and `end` bound its bytes in the source, control byte and all. */
export type OrderSpan =
  | { readonly kind: "window"; readonly offset: number; readonly end: number }
  | {
      readonly kind: "altsec";
      readonly offset: number;
      readonly end: number;
      readonly orderType: number;
      readonly pdu: Pdu;
    }
  | {
      readonly kind: "secondary";
      readonly offset: number;
      readonly end: number;
      readonly orderType: number;
      readonly pdu: Pdu;
    }
  | {
      readonly kind: "primary";
      readonly offset: number;
      readonly end: number;
      readonly orderType: number;
      readonly pdu: Pdu;
      /** Its fields, and what follows for them from the orders before. */
      readonly order: DecodedPrimaryOrder;
    }
  | {
      readonly kind: "unparsed";
      readonly offset: number;
      readonly end: number;
      readonly reason: UnparsedReason;
      /** Orders that were announced and not walked, this one included. */
      readonly left: number;
    };

const standard = 1;
const secondary = 2;
const windowHeaderSize = 7;
const secondaryHeaderSize = 6;

/**
 * Splits the orders of a connection, [MS-RDPEGDI] 2.2.2.2.1. There is one for each connection and
 * direction: primary orders are encoded as differences from the ones before, across updates.
 */
export class OrderStream {
  private readonly primary = new PrimaryOrders();

  /** A new activation of the connection: primary orders start afresh. */
  reset(): void {
    this.primary.reset();
  }

  /**
   * Orders were missed, or could not be read. Primary orders are read again from the next one on
   * that states its type; values that are not sent again stay unknown.
   */
  lost(): void {
    this.primary.lost();
  }

  /**
   * Walks the orders between `offset` and `end`. The spans cover these bytes exactly once and in
   * order; the first `unparsed` one takes all that is left and is the last. If there are orders in
   * it, they are {@link lost}. Nothing throws.
   */
  *walk(source: Source, offset: number, end: number, numberOrders: number): Generator<OrderSpan, void, undefined> {
    let at = offset;
    for (let left = numberOrders; left > 0; left--) {
      const span = at < end ? this.next(source, at, end) : "missing-orders";
      if (typeof span === "string") {
        if (at < end) this.lost();
        yield { kind: "unparsed", offset: at, end, reason: span, left };
        return;
      }
      yield span;
      at = span.end;
    }
    if (at < end) yield { kind: "unparsed", offset: at, end, reason: "extra-bytes", left: 0 };
  }

  private next(source: Source, offset: number, end: number): OrderSpan | UnparsedReason {
    const controlFlags = source.view.getUint8(offset);
    switch (controlFlags & (standard | secondary)) {
      case secondary:
        return this.alternate(source, offset, end, controlFlags >>> 2);
      case standard | secondary: {
        const stop = bound(offset, end, secondaryOrderLength(source, offset, end), secondaryHeaderSize);
        if (typeof stop === "string") return stop;
        return {
          kind: "secondary",
          offset,
          end: stop,
          orderType: source.view.getUint8(offset + 5),
          pdu: SecondaryOrder,
        };
      }
      case standard:
        return this.primaryOrder(source, offset, end, controlFlags);
      default:
        return "unknown-class";
    }
  }

  private primaryOrder(source: Source, offset: number, end: number, controlFlags: number): OrderSpan | UnparsedReason {
    const stated = (controlFlags & PrimaryOrderFlags.TS_TYPE_CHANGE) !== 0;
    if (!stated && this.primary.lastType === undefined) return "lost-type";
    try {
      const order = this.primary.read(source, offset, end);
      const { orderType, length } = order;
      return { kind: "primary", offset, end: offset + length, orderType, pdu: PrimaryOrder, order };
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      return error.issue.code === "not-enough-bytes" ? "truncated" : "unknown-type";
    }
  }

  private alternate(source: Source, offset: number, end: number, orderType: number): OrderSpan | UnparsedReason {
    if (orderType === AltsecOrderType.window) {
      const stop = bound(offset, end, windowOrderLength(source, offset, end), windowHeaderSize);
      return typeof stop === "string" ? stop : { kind: "window", offset, end: stop };
    }
    const known = altsecOrders[orderType];
    if (known === undefined) return "unknown-type";
    const stop = bound(offset, end, known.lengthOf(source, offset, end), 1);
    return typeof stop === "string" ? stop : { kind: "altsec", offset, end: stop, orderType, pdu: known.pdu };
  }
}

/** Where an order of the stated length ends, or why it cannot be. */
function bound(offset: number, end: number, length: number | undefined, least: number): number | UnparsedReason {
  if (length === undefined) return "truncated";
  if (length < least) return "bad-length";
  return offset + length > end ? "truncated" : offset + length;
}
