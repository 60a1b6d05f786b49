import {
  CompressedType,
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
import type { Emitter } from "./emitter.js";
import { OrdersReader } from "./orders-reader.js";
import { offsetIn, partOf } from "./part.js";
import { placesOf } from "./place.js";
import { encryptedDetail } from "./session-state.js";

/** The largest update that is put together from fragments, in bytes; servers negotiate less. */
const updateLimit = 16 * 1024 * 1024;

const encryptedBit = 0x80;
const compressedDetail = "bulk compressed; this version does not decompress";
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

  constructor(emit: Emitter, orders: OrderStream) {
    this.emit = emit;
    this.orders = new OrdersReader(emit, output.path, orders);
  }

  /** Bytes of the server are missing: an update whose fragments were being collected is lost. */
  lost(): void {
    if (this.fragments.pending > 0) this.emit.unfinished(updateBody);
    this.fragments.reset();
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
    for (const update of value?.fpOutputUpdates ?? []) this.update(source, update);
    return value !== undefined;
  }

  private update(source: Source, update: FastPathUpdate): void {
    const { compressionFlags, updateData } = update;
    const data = offsetIn(source, updateData);
    const end = data + updateData.length;
    const start = data - (compressionFlags === undefined ? 3 : 4);
    if (((compressionFlags ?? 0) & CompressedType.compressed) !== 0) {
      this.lost();
      return this.emit.trouble("compressed", compressedDetail, output, source, start, end, FastPathUpdate);
    }
    this.emit.wrapping(FastPathUpdate, output, source, start, end);
    const result = this.fragments.add(update);
    if (result.problem !== undefined) {
      const detail = `fragments do not fit: ${result.problem.code}`;
      this.emit.trouble("incomplete", detail, output, source, data, result.type === "dropped" ? end : data);
    }
    if (result.type !== "update") return;
    const whole = partOf(source, result.data);
    this.body(whole.source, whole.offset, whole.end, result.updateCode);
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
