import {
  EncryptedFastPathInput, EncryptedFastPathOutput, fastPathEvents, FastPathFragments, FastPathInput, FastPathInputEvent,
  FastPathOutput, FastPathUpdate, fastPathUpdateBody, FastPathUpdateCode, OrdersUpdate,
} from "@railvail/transport";
import { sourceOf, type Source } from "@railvail/wire";
import { offsetIn, type Emitter, type Place } from "./emitter.js";
import type { OrdersReader } from "./orders-reader.js";

/** The largest update that is put together from fragments, in bytes: what servers may negotiate at most in practice. */
const updateLimit = 16 * 1024 * 1024;

const encryptedBit = 0x80;
const compressed = 0x20;
const encryptedDetail = "Standard RDP Security encrypts this packet; its keys cannot be learned from a capture";
const compressedDetail = "bulk compressed; this version does not decompress";

/** Reads fast-path packets: input events one way, updates the other. */
export class FastPathReader {
  private readonly emit: Emitter;
  private readonly fragments = new FastPathFragments(updateLimit);
  private readonly orders: OrdersReader;

  constructor(emit: Emitter, orders: OrdersReader) {
    this.emit = emit;
    this.orders = orders;
  }

  /** Bytes of the stream are missing: an update whose fragments were being collected is lost. */
  gap(): void {
    this.fragments.reset();
  }

  input(place: Place, source: Source, offset: number, end: number): void {
    const here = { ...place, path: "fastpath-in" };
    if ((source.view.getUint8(offset) & encryptedBit) !== 0) {
      return this.emit.trouble("encrypted", encryptedDetail, here, source, offset, end, EncryptedFastPathInput);
    }
    const value = this.emit.envelope(FastPathInput, { ...place, path: "fastpath" }, source, offset, end);
    if (value === undefined) return;
    const events = fastPathEvents(value).map((event) => FastPathInputEvent.size(event));
    let at = end - (value.trailing?.length ?? 0) - events.reduce((sum, size) => sum + size, 0);
    for (const size of events) {
      this.emit.leaf(FastPathInputEvent, here, source, at, at + size);
      at += size;
    }
  }

  output(place: Place, source: Source, offset: number, end: number): void {
    const here = { ...place, path: "fastpath-out" };
    if ((source.view.getUint8(offset) & encryptedBit) !== 0) {
      return this.emit.trouble("encrypted", encryptedDetail, here, source, offset, end, EncryptedFastPathOutput);
    }
    const value = this.emit.envelope(FastPathOutput, { ...place, path: "fastpath" }, source, offset, end);
    for (const update of value?.fpOutputUpdates ?? []) {
      const data = offsetIn(source, update.updateData);
      const start = data - 3 - (update.compressionFlags === undefined ? 0 : 1);
      this.update(here, source, start, data + update.updateData.length, update);
    }
  }

  private update(place: Place, source: Source, offset: number, end: number, update: FastPathUpdate): void {
    if (((update.compressionFlags ?? 0) & compressed) !== 0) {
      return this.emit.trouble("compressed", compressedDetail, place, source, offset, end, FastPathUpdate);
    }
    this.emit.envelope(FastPathUpdate, place, source, offset, end);
    const result = this.fragments.add(update);
    if (result.problem !== undefined) {
      const data = offsetIn(source, update.updateData);
      this.emit.trouble("incomplete", `fragments do not fit: ${result.problem.code}`, place, source, data, data + (result.type === "dropped" ? update.updateData.length : 0));
    }
    if (result.type !== "update") return;
    // A view of the packet where the update was not fragmented, else memory of its own.
    const whole = result.data.buffer === source.bytes.buffer;
    const start = whole ? offsetIn(source, result.data) : 0;
    this.body(place, whole ? source : sourceOf(result.data), start, start + result.data.length, result.updateCode);
  }

  private body(place: Place, source: Source, offset: number, end: number, code: number): void {
    const pdu = fastPathUpdateBody(code);
    if (code === FastPathUpdateCode.orders) return this.ordersBody(place, source, offset, end);
    if (pdu !== undefined) return this.emit.leaf(pdu, { ...place, path: `${place.path}/update` }, source, offset, end);
    const empty: readonly number[] = [FastPathUpdateCode.synchronize, FastPathUpdateCode.pointerHidden, FastPathUpdateCode.pointerDefault];
    if (!empty.includes(code)) this.emit.trouble("unknown", `no update has the code ${code}`, place, source, offset, end);
    else this.emit.trouble("unknown", "this update has no body", place, source, offset, end);
  }

  private ordersBody(place: Place, source: Source, offset: number, end: number): void {
    const update = this.emit.envelope(OrdersUpdate, { ...place, path: `${place.path}/orders` }, source, offset, end);
    if (update === undefined) return;
    const start = end - update.orderData.length;
    this.orders.read(place, source, start, end, update.numberOrders);
  }
}
