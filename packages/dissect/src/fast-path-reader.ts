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
  Fragmentation,
  OrdersUpdate,
  type FragmentProblem,
  type OrderStream,
} from "@railvail/transport";
import type { Source } from "@railvail/wire";
import type { BulkHistory } from "./bulk-history.js";
import type { ConnectionMemory } from "./connection-memory.js";
import type { Emitter } from "./emitter.js";
import { strangeEvent } from "./input-events.js";
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

const misfits: Readonly<Record<Exclude<FragmentProblem["code"], "no-memory">, string>> = {
  "no-first": "it continues an update whose first fragment is missing, so it cannot be read (no-first)",
  interrupted: "another update begins before the last fragment of the one before, which is given up (interrupted)",
  "too-large": `its update would be larger than ${updateLimit / 1024 / 1024} MiB, which no server negotiates (too-large)`,
};

const packet = placesOf("fastpath");
const { c2s: input } = placesOf("fastpath-in");
const { s2c: output } = placesOf("fastpath-out");
const { s2c: updateBody } = placesOf("update", "fastpath-out");
const { s2c: orderList } = placesOf("orders", "fastpath-out");

/** Reads fast-path packets: input events one way, updates the other. */
export class FastPathReader {
  private readonly emit: Emitter;
  private readonly fragments: FastPathFragments;
  private readonly orders: OrdersReader;
  private readonly bulk: BulkHistory;
  private readonly memory: ConnectionMemory;

  /** `bulk` is that of the server. */
  constructor(emit: Emitter, orders: OrderStream, bulk: BulkHistory, memory: ConnectionMemory) {
    this.emit = emit;
    this.orders = new OrdersReader(emit, output.path, orders);
    this.bulk = bulk;
    this.memory = memory;
    const share = memory.share(() => this.giveUp());
    this.fragments = new FastPathFragments(updateLimit, share);
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
    const strange = strangeEvent(source, offset, end);
    if (strange !== undefined) {
      const { code, number, count } = strange;
      const why = `input event ${number} of ${count} has the code ${code}, of which no length is known`;
      const detail = `${why}, so those after it cannot be found`;
      this.emit.trouble("unknown", detail, packet.c2s, source, offset, end, FastPathInput);
      // Damage looks the same.
      return false;
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
    if (result.problem !== undefined) this.misfit(result.problem, source, opened, result.type === "dropped");
    if (result.type !== "update") return;
    // What was put together has just been given back, so there is room while it is read.
    if (fragmentation !== Fragmentation.single) this.memory.lendWhole(result.data);
    const whole = partOf(source, result.data);
    this.body(whole.source, whole.offset, whole.end, result.updateCode);
  }

  /** A fragment that does not fit those before it; its bytes are given if it is `dropped`. */
  private misfit({ code }: FragmentProblem, source: Source, data: Uint8Array, dropped: boolean): void {
    this.orders.lost();
    const { source: own, offset, end } = partOf(source, data);
    const stop = dropped ? end : offset;
    const trouble = code === "too-large" || code === "no-memory" ? "limit" : "incomplete";
    const detail = code === "no-memory" ? this.memory.detail : misfits[code];
    this.emit.trouble(trouble, detail, output, own, offset, stop);
  }

  /** Others need the memory that the fragments take. */
  private giveUp(): void {
    this.orders.lost();
    this.emit.abandoned("limit", this.memory.detail, updateBody);
    this.fragments.reset();
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
      const detail = withoutBody.has(code)
        ? "an update of this code has no body; its bytes are kept"
        : `no fast-path update that is known here has the code ${code}; its bytes are kept`;
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
