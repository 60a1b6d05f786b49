import {
  EncryptedFastPathInput,
  EncryptedFastPathOutput,
  fastPathEvents,
  FastPathFragments,
  FastPathInput,
  FastPathInputEvent,
  FastPathOutput,
  FastPathUpdate,
  fastPathUpdateBody,
  FastPathUpdateCode,
  OrdersUpdate,
  type OrderStream,
} from "@railvail/transport";
import type { Source } from "@railvail/wire";
import type { BulkHistory } from "./bulk-history.js";
import type { Emitter } from "./emitter.js";
import { OrdersReader } from "./orders-reader.js";
import { offsetIn, partOf } from "./part.js";
import { placesOf } from "./place.js";
import { encryptedDetail } from "./session-state.js";

/** The largest update that is put together from fragments, in bytes; servers negotiate less. */
const updateLimit = 16 * 1024 * 1024;

const encryptedBit = 0x80;
const withoutBody: ReadonlySet<number> = new Set([
  FastPathUpdateCode.synchronize,
  FastPathUpdateCode.pointerHidden,
  FastPathUpdateCode.pointerDefault,
]);

const packet = placesOf("fastpath");
const { c2s: input } = placesOf("fastpath-in");
const { s2c: output } = placesOf("fastpath-out");
const { s2c: updateBody } = placesOf("update", "fastpath-out");
const { s2c: orderList } = placesOf("orders", "fastpath-out");

/** Reads fast-path packets: input events one way, updates the other. */
export class FastPathReader {
  private readonly emit: Emitter;
  private readonly fragments = new FastPathFragments(updateLimit);
  private readonly orders: OrdersReader;
  private readonly bulk: BulkHistory;

  /** `bulk` is that of the server. */
  constructor(emit: Emitter, orders: OrderStream, bulk: BulkHistory) {
    this.emit = emit;
    this.orders = new OrdersReader(emit, output.path, orders);
    this.bulk = bulk;
  }

  /** Bytes of the server are missing: an update whose fragments were being collected is lost. */
  lost(): void {
    this.orders.lost();
    this.dropFragments();
  }

  /** A packet of the client; false if it is none. */
  input(source: Source, offset: number, end: number): boolean {
    if ((source.view.getUint8(offset) & encryptedBit) !== 0) {
      this.emit.trouble("encrypted", encryptedDetail, input, source, offset, end, EncryptedFastPathInput);
      return true;
    }
    const value = this.emit.envelope(FastPathInput, packet.c2s, source, offset, end);
    if (value === undefined) return false;
    const sizes = fastPathEvents(value).map((event) => FastPathInputEvent.size(event));
    let at = end - (value.trailing?.length ?? 0);
    for (const size of sizes) at -= size;
    for (const size of sizes) {
      this.emit.leaf(FastPathInputEvent, input, source, at, at + size);
      at += size;
    }
    return true;
  }

  /** A packet of the server; false if it is none. */
  output(source: Source, offset: number, end: number): boolean {
    if ((source.view.getUint8(offset) & encryptedBit) !== 0) {
      this.emit.trouble("encrypted", encryptedDetail, output, source, offset, end, EncryptedFastPathOutput);
      return true;
    }
    const value = this.emit.envelope(FastPathOutput, packet.s2c, source, offset, end);
    // It may have held compressed updates.
    if (value === undefined) this.bulk.lost();
    for (const update of value?.fpOutputUpdates ?? []) this.update(source, update);
    return value !== undefined;
  }

  private update(source: Source, update: FastPathUpdate): void {
    const { updateCode, fragmentation, compressionFlags, updateData } = update;
    const data = offsetIn(source, updateData);
    const end = data + updateData.length;
    const start = data - (compressionFlags === undefined ? 3 : 4);
    const opened = this.bulk.open(updateData, compressionFlags ?? 0);
    if (typeof opened === "string") {
      if (updateCode === FastPathUpdateCode.orders) this.orders.lost();
      this.dropFragments();
      return this.emit.trouble("compressed", opened, output, source, start, end, FastPathUpdate);
    }
    this.emit.wrapping(FastPathUpdate, output, source, start, end);
    const result = this.fragments.add({ updateCode, fragmentation, updateData: opened });
    if (result.problem !== undefined) {
      this.orders.lost();
      const detail = `fragments do not fit: ${result.problem.code}`;
      const part = partOf(source, opened);
      const stop = result.type === "dropped" ? part.end : part.offset;
      this.emit.trouble("incomplete", detail, output, part.source, part.offset, stop);
    }
    if (result.type !== "update") return;
    const whole = partOf(source, result.data);
    this.body(whole.source, whole.offset, whole.end, result.updateCode);
  }

  private dropFragments(): void {
    if (this.fragments.pending > 0) {
      this.orders.lost();
      this.emit.unfinished(updateBody);
    }
    this.fragments.reset();
  }

  private body(source: Source, offset: number, end: number, code: number): void {
    const pdu = fastPathUpdateBody(code);
    if (code === FastPathUpdateCode.orders) this.orderUpdate(source, offset, end);
    else if (pdu !== undefined) this.emit.leaf(pdu, updateBody, source, offset, end);
    else if (end > offset) {
      const detail = withoutBody.has(code) ? "this update has no body" : `no update has the code ${code}`;
      this.emit.trouble("unknown", detail, output, source, offset, end);
    }
  }

  private orderUpdate(source: Source, offset: number, end: number): void {
    const update = this.emit.envelope(OrdersUpdate, orderList, source, offset, end);
    if (update === undefined) return;
    const start = offsetIn(source, update.orderData);
    this.orders.read("s2c", source, start, end, update.numberOrders);
  }
}
