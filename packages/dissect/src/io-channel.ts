import {
  ClientInfo, licenseMessages, NonFipsSecurityHeader, SecurityExchange, SecurityFlags, SecurityHeader,
  sharePdu, sharePduLength, PduType, Update,
} from "@railvail/transport";
import type { Source } from "@railvail/wire";
import { offsetIn, senderOf, type Emitter, type Place } from "./emitter.js";
import type { OrdersReader } from "./orders-reader.js";
import type { SessionState } from "./session-state.js";

/** Types that a share control header can state, in its low four bits. */
const shareTypes: ReadonlySet<number> = new Set(Object.values(PduType));

/**
 * Reads what is sent on the I/O channel: first messages with a security header (key exchange,
 * client info, licensing), then share PDUs, which have none unless they are encrypted.
 */
export class IoChannel {
  private readonly emit: Emitter;
  private readonly state: SessionState;
  private readonly orders: OrdersReader;

  constructor(emit: Emitter, state: SessionState, orders: OrdersReader) {
    this.emit = emit;
    this.state = state;
    this.orders = orders;
  }

  read(place: Place, source: Source, offset: number, end: number): void {
    let at = offset;
    if (!isShare(source, at, end)) return this.secured(place, source, at, end);
    while (at < end) {
      const length = sharePduLength(source, at, end);
      const pdu = length === undefined ? undefined : sharePdu(source, at, end, senderOf(place.direction));
      if (length === undefined || pdu === undefined) {
        return this.emit.trouble("unknown", "too short for a share control header", place, source, at, end);
      }
      if (pdu === Update) this.update(place, source, at, at + length);
      else this.emit.leaf(pdu, place, source, at, at + length);
      at += length;
    }
  }

  /** A slow-path update; its orders are messages of their own. */
  private update(place: Place, source: Source, offset: number, end: number): void {
    const update = this.emit.message(Update, place, source, offset, end)?.update;
    if (update?.type !== "orders") return;
    const start = offsetIn(source, update.orderData);
    this.orders.read(place, source, start, start + update.orderData.length, update.numberOrders);
  }

  private secured(place: Place, source: Source, offset: number, end: number): void {
    const flags = end - offset >= 4 ? source.view.getUint16(offset, true) : 0;
    if ((flags & SecurityFlags.SEC_EXCHANGE_PKT) !== 0) return this.emit.leaf(SecurityExchange, place, source, offset, end);
    if ((flags & SecurityFlags.SEC_ENCRYPT) !== 0 || (this.state.encrypted && (flags & SecurityFlags.SEC_LICENSE_PKT) === 0)) {
      const detail = "Standard RDP Security encrypts this message; its keys cannot be learned from a capture";
      return this.emit.trouble("encrypted", detail, place, source, offset, end, NonFipsSecurityHeader);
    }
    if ((flags & SecurityFlags.SEC_INFO_PKT) !== 0) return this.emit.leaf(ClientInfo, place, source, offset, end);
    if ((flags & SecurityFlags.SEC_LICENSE_PKT) !== 0) {
      const pdu = licenseMessages.match(source, offset, end, senderOf(place.direction));
      if (pdu !== undefined) return this.emit.leaf(pdu, place, source, offset, end);
    }
    this.emit.trouble("unknown", `no message has the security flags 0x${flags.toString(16)}`, place, source, offset, end, SecurityHeader);
  }
}

/** Whether a share control header stands here: its length is that of the bytes, or at least its type and version are right. */
function isShare(source: Source, offset: number, end: number): boolean {
  if (end - offset < 4) return false;
  const length = source.view.getUint16(offset, true);
  const type = source.view.getUint16(offset + 2, true);
  if (length === 0x8000) return true;
  return shareTypes.has(type & 0x0f) && (type & 0xf0) === 0x10 && length <= end - offset;
}
