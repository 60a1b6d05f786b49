/** Makes compressed messages with the compressors of the packages. */
import {
  compressMessage,
  DataCompressed,
  DataFirstCompressed,
  OrdersUpdate,
  type BulkCompressor,
  type CompressedPacket,
  type FastPathUpdate,
  type ZgfxCompressor,
} from "@railvail/transport";
import { Arena } from "@railvail/wire";
import type { Direction } from "../src/index.js";
import { bytesOf, channelMessage, chunk, concat, fastPath, first, ids, last, sendData } from "./session-bytes.js";

/** Orders that windows are deleted, as an update has them: much of it repeats. */
export function deletions(...windows: readonly number[]): Uint8Array {
  const orders = windows.map((window) => concat(bytesOf("2e 0b00 00000021"), [window, 0, 0, 0]));
  return OrdersUpdate.encode({ numberOrders: windows.length, orderData: concat(...orders) });
}

/** What the compressor makes of bytes, in memory of its own. Throws if it does not compress them. */
export function packed(compressor: BulkCompressor, plain: Uint8Array): CompressedPacket {
  const { data, flags } = compressor.compress(plain);
  if (flags === 0) throw new Error("this does not get smaller");
  return { data: data.slice(), flags };
}

/** A fast-path packet with one update of this code. */
export function packedUpdate({ data, flags }: CompressedPacket, updateCode = 0, fragmentation = 0): Uint8Array {
  const update: FastPathUpdate = {
    updateCode,
    fragmentation,
    compression: 0,
    compressionFlags: flags,
    updateData: data,
  };
  return fastPath(update);
}

/** A Data PDU with a compressed body, `size` bytes before. */
export function packedShare({ data, flags }: CompressedPacket, pduType2: number, size: number): Uint8Array {
  const head = bytesOf("0000 1700 ea03 01000000 00 01 0000 00 00 0000");
  const view = new DataView(head.buffer, head.byteOffset);
  view.setUint16(0, head.length + data.length, true);
  view.setUint16(12, size, true);
  view.setUint8(14, pduType2);
  view.setUint8(15, flags);
  view.setUint16(16, head.length + data.length, true);
  return concat(head, data);
}

/** A message of a static channel in one compressed chunk; `size` is that of the message. */
export const packedChunk = (
  direction: Direction,
  channelId: number,
  { data, flags }: CompressedPacket,
  size: number,
  place: number = first | last,
): Uint8Array => sendData(direction, channelId, chunk(size, ((flags << 16) | place) >>> 0, data));

/** A message of a dynamic channel in compressed parts of at most `partSize` bytes before. */
export function packedDynamic(
  direction: Direction,
  channelId: number,
  message: Uint8Array,
  compressor: ZgfxCompressor,
  partSize = 1500,
): Uint8Array[] {
  const out: Uint8Array[] = [];
  for (let at = 0; at < message.length; at += partSize) {
    const segments = compressMessage([message.subarray(at, at + partSize)], compressor, new Arena());
    const data = concat(...segments);
    const pdu =
      at === 0 && message.length > partSize
        ? DataFirstCompressed.encode({ channelId, length: message.length, data })
        : DataCompressed.encode({ sp: 0, channelId, data });
    out.push(...channelMessage(direction, ids.drdynvc, pdu));
  }
  return out;
}
