import {
  ClientInfo,
  CompressedType,
  DemandActive,
  licenseMessages,
  messageChannelPdus,
  NonFipsSecurityHeader,
  SecurityExchange,
  SecurityFlags,
  SecurityHeader,
  ShareControl,
  ShareData,
  sharePdu,
  sharePduLength,
  PduType,
  PduType2,
  shareDataHeaderSize,
  Update,
  type OrderStream,
} from "@railvail/transport";
import { sourceOf, type Source } from "@railvail/wire";
import type { BulkHistories, Opened } from "./bulk-history.js";
import type { Emitter } from "./emitter.js";
import { OrdersReader } from "./orders-reader.js";
import { offsetIn } from "./part.js";
import { placesOf, senderOf, type Place, type Places } from "./place.js";
import type { Direction } from "./record.js";
import { encryptedDetail, type SessionState } from "./session-state.js";

/** Types that a share control header can state, in its low four bits. */
const shareTypes: ReadonlySet<number> = new Set(Object.values(PduType));
/** What stands in the place of a length in a Flow PDU. */
const flowMarker = 0x8000;
const securityHeaderSize = 4;
const tooLarge = "bulk compressed; it holds more than a share PDU can, so it is damaged or no share PDU";
const totalLengthOffset = 0;
const pduType2Offset = 14;
const compressedTypeOffset = 15;
const compressedLengthOffset = 16;
/** The most that `totalLength` can state, in bytes. */
const shareLimit = 0xffff;

/**
 * Reads what is sent on the I/O channel: first messages with a security header (key exchange,
 * client info, licensing), then share PDUs, which have none unless they are encrypted.
 */
export class IoChannel {
  private readonly emit: Emitter;
  private readonly state: SessionState;
  private readonly orders: OrdersReader;
  private readonly bulk: BulkHistories;
  private readonly places: Places;

  constructor(emit: Emitter, state: SessionState, path: string, orders: OrderStream, bulk: BulkHistories) {
    this.emit = emit;
    this.state = state;
    this.orders = new OrdersReader(emit, path, orders);
    this.bulk = bulk;
    const [outer = path, channel = path] = path.split("/");
    this.places = placesOf(channel, outer);
  }

  read(direction: Direction, source: Source, offset: number, end: number): void {
    const place = this.places[direction];
    if (isShare(source, offset, end)) this.shares(place, source, offset, end);
    else this.secured(place, source, offset, end);
  }

  private shares(place: Place, source: Source, offset: number, end: number): void {
    let at = offset;
    while (at < end) {
      const length = sharePduLength(source, at, end);
      if (length === undefined) {
        return this.emit.trouble(
          "unknown",
          "too short for a share control header; the rest of the message stays bytes",
          place,
          source,
          at,
          end,
        );
      }
      this.share(place, source, at, at + length);
      at += length;
    }
  }

  private share(place: Place, source: Source, offset: number, end: number): void {
    const pdu = sharePdu(source, offset, end, senderOf(place.direction));
    if (isData(source, offset, end)) {
      const flags = source.view.getUint8(offset + compressedTypeOffset);
      const body = source.bytes.subarray(offset + shareDataHeaderSize, end);
      const opened = this.bulk[place.direction].open(body, flags);
      if ((flags & CompressedType.compressed) !== 0) return this.compressed(place, source, offset, end, opened);
    }
    if (pdu === DemandActive) this.orders.reset();
    if (pdu === Update) this.update(place, source, offset, end);
    else if (pdu === ShareData) this.shareData(place, source, offset, end);
    else if (pdu !== undefined && pdu !== ShareControl) this.emit.leaf(pdu, place, source, offset, end);
    else {
      const kind = source.view.getUint16(offset + 2, true) & 0x0f;
      const detail =
        kind === PduType.data
          ? "too short for a share data header, so it does not say what it is"
          : `no share PDU that is known here has the type ${kind}; its bytes are kept`;
      this.emit.trouble("unknown", detail, place, source, offset, end, ShareControl);
    }
  }

  /** A compressed Data PDU: what it was before follows, its header stating that it is not compressed. */
  private compressed(place: Place, source: Source, offset: number, end: number, opened: Opened): void {
    const body = typeof opened !== "string" && opened.length + shareDataHeaderSize > shareLimit ? tooLarge : opened;
    if (typeof body === "string") {
      if (source.view.getUint8(offset + pduType2Offset) === PduType2.update) this.orders.lost();
      return this.emit.trouble("compressed", body, place, source, offset, end, ShareData);
    }
    this.emit.wrapping(ShareData, place, source, offset, end);
    const bytes = new Uint8Array(shareDataHeaderSize + body.length);
    bytes.set(source.bytes.subarray(offset, offset + shareDataHeaderSize));
    bytes.set(body, shareDataHeaderSize);
    const plain = sourceOf(bytes);
    plain.view.setUint16(totalLengthOffset, bytes.length, true);
    plain.view.setUint8(compressedTypeOffset, 0);
    plain.view.setUint16(compressedLengthOffset, 0, true);
    this.share(place, plain, 0, bytes.length);
  }

  /** A Data PDU whose body cannot be read: of an unknown type, or an update without one. */
  private shareData(place: Place, source: Source, offset: number, end: number): void {
    const { view } = source;
    if (end - offset === shareDataHeaderSize) this.emit.leaf(ShareData, place, source, offset, end);
    else {
      const type = view.getUint8(offset + pduType2Offset);
      const detail = `no share data PDU that is known here has the type ${type}; its bytes are kept`;
      this.emit.trouble("unknown", detail, place, source, offset, end, ShareData);
    }
  }

  /** A slow-path update; its orders are messages of their own. */
  private update(place: Place, source: Source, offset: number, end: number): void {
    const update = this.emit.message(Update, place, source, offset, end)?.update;
    if (update?.type !== "orders") return;
    const start = offsetIn(source, update.orderData);
    const stop = start + update.orderData.length;
    this.orders.read(place.direction, source, start, stop, update.numberOrders);
  }

  private secured(place: Place, source: Source, offset: number, end: number): void {
    if (end - offset < securityHeaderSize) {
      return this.emit.trouble(
        "unknown",
        "too short for a security header, so it does not say what it is",
        place,
        source,
        offset,
        end,
      );
    }
    const flags = source.view.getUint16(offset, true);
    if ((flags & SecurityFlags.SEC_EXCHANGE_PKT) !== 0) {
      return this.emit.leaf(SecurityExchange, place, source, offset, end);
    }
    if ((flags & SecurityFlags.SEC_ENCRYPT) !== 0) {
      return this.emit.trouble("encrypted", encryptedDetail, place, source, offset, end, NonFipsSecurityHeader);
    }
    if ((flags & SecurityFlags.SEC_INFO_PKT) !== 0) {
      return this.emit.leaf(ClientInfo, place, source, offset, end);
    }
    if ((flags & SecurityFlags.SEC_LICENSE_PKT) !== 0) {
      const pdu = licenseMessages.match(source, offset, end, senderOf(place.direction));
      if (pdu !== undefined) return this.emit.leaf(pdu, place, source, offset, end);
    }
    const message = messageChannelPdus.match(source, offset, end);
    if (message !== undefined) return this.emit.leaf(message, place, source, offset, end);
    // At the low encryption level what the server sends has a header and is not encrypted.
    const content = offset + securityHeaderSize;
    if (this.state.encrypted && isShare(source, content, end)) {
      this.emit.wrapping(SecurityHeader, place, source, offset, end);
      return this.shares(place, source, content, end);
    }
    this.emit.trouble("unknown", unknownSecured(flags), place, source, offset, end, SecurityHeader);
  }
}

/** Why a message with these security flags cannot be read. */
function unknownSecured(flags: number): string {
  const kind =
    (flags & SecurityFlags.SEC_LICENSE_PKT) !== 0
      ? "licensing message"
      : (flags & (SecurityFlags.SEC_AUTODETECT_REQ | SecurityFlags.SEC_AUTODETECT_RSP)) !== 0
        ? "auto-detect message"
        : undefined;
  if (kind !== undefined) return `no ${kind} that is known here has this type, or it is cut short; its bytes are kept`;
  return `no message that is known here has the security flags 0x${flags.toString(16)}; its bytes are kept`;
}

/** Whether a share data header stands here. */
function isData({ view }: Source, offset: number, end: number): boolean {
  if (end - offset < shareDataHeaderSize || view.getUint16(offset, true) === flowMarker) return false;
  return (view.getUint16(offset + 2, true) & 0x0f) === PduType.data;
}

/** Whether a share control header stands here: a known type and version, and a length that can be. */
export function isShare({ view }: Source, offset: number, end: number): boolean {
  if (end - offset < 4) return false;
  const length = view.getUint16(offset, true);
  if (length === flowMarker) return true;
  const type = view.getUint16(offset + 2, true);
  return shareTypes.has(type & 0x0f) && (type & 0xf0) === 0x10 && length <= end - offset;
}
