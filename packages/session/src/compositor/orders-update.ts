import { encodeWindowingOrder, type WindowingOrder } from "@railvail/rail";

/** Bytes of an update that need no fragments, with room for headers. */
const oneUpdate = 0x3f00;
const countSize = 2;

/**
 * Windowing orders as the bodies of fast-path orders updates, [MS-RDPBCGR] 2.2.9.1.2.1: as few as
 * possible of them, of a size that every client takes unless one order alone is larger.
 */
export function ordersUpdates(orders: readonly WindowingOrder[]): Uint8Array[] {
  const updates: Uint8Array[] = [];
  let batch: Uint8Array[] = [];
  let size = countSize;
  const close = (): void => {
    if (batch.length > 0) updates.push(update(batch, size));
    batch = [];
    size = countSize;
  };
  for (const order of orders) {
    const bytes = encodeWindowingOrder(order);
    if (size + bytes.length > oneUpdate) close();
    batch.push(bytes);
    size += bytes.length;
  }
  close();
  return updates;
}

function update(orders: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  bytes[0] = orders.length & 0xff;
  bytes[1] = orders.length >> 8;
  let at = countSize;
  for (const order of orders) {
    bytes.set(order, at);
    at += order.length;
  }
  return bytes;
}
