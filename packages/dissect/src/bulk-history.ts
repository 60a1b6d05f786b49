import { BulkDecompressor, CompressionError, Level1Flags, PacketFlags, PacketType } from "@railvail/transport";
import type { Direction } from "./record.js";

/** The bytes that were compressed, or a sentence on why they cannot be had. */
export type Opened = Uint8Array | string;

const { PACKET_COMPRESSED, PACKET_FLUSHED } = PacketFlags;
const typeMask = 15;
const bulkTypes: readonly number[] = [
  PacketType.PACKET_COMPR_TYPE_8K,
  PacketType.PACKET_COMPR_TYPE_64K,
  PacketType.PACKET_COMPR_TYPE_RDP6,
  PacketType.PACKET_COMPR_TYPE_RDP61,
];

const afterLoss =
  "bulk compressed; bytes before this are missing, and the sender has not cleared the history of compression since; a capture without losses from the start on would open it";
const afterFault =
  "bulk compressed; a packet before this could not be opened, and the sender has not cleared the history since, so nothing helps until it does";
const consequence = "later compressed packets cannot be opened until the sender flushes";

/**
 * Opens the bulk compressed data of one direction: fast path, slow path and static channels share
 * its histories. Where a history is not known, nothing is opened until the sender clears it.
 */
export class BulkHistory {
  private readonly decompressor = new BulkDecompressor();
  /** By type, why its history is not known. */
  private readonly unknown = new Map<number, string>();

  /** Packets are missing, and what they would have left in the histories. */
  lost(): void {
    for (const type of bulkTypes) this.unknown.set(type, afterLoss);
  }

  /**
   * Takes every packet that can have flags, in order. The bytes are the input itself if it is not
   * compressed, otherwise valid until the next call.
   */
  open(data: Uint8Array, flags: number): Opened {
    const type = flags & typeMask;
    const compressed = (flags & PACKET_COMPRESSED) !== 0;
    if (this.unknown.has(type) && startsAnew(data, flags)) this.unknown.delete(type);
    const why = this.unknown.get(type);
    if (why !== undefined) return compressed ? why : data;
    try {
      return this.decompressor.decompress(data, flags);
    } catch (error) {
      if (!(error instanceof CompressionError)) throw error;
      if (bulkTypes.includes(type)) this.unknown.set(type, afterFault);
      return compressed ? `bulk compressed; ${error.message}; ${consequence}` : data;
    }
  }
}

/** Whether nothing before a packet matters to it and to those after it. XCRUSH has two histories. */
function startsAnew(data: Uint8Array, flags: number): boolean {
  const flushed = (flags & PACKET_FLUSHED) !== 0;
  if ((flags & typeMask) !== PacketType.PACKET_COMPR_TYPE_RDP61) return flushed;
  const [level1 = 0, level2 = 0] = data;
  return (
    (flags & PACKET_COMPRESSED) !== 0 &&
    (flushed || (level1 & Level1Flags.L1_PACKET_AT_FRONT) !== 0) &&
    (level1 & Level1Flags.L1_INNER_COMPRESSION) !== 0 &&
    (level2 & PACKET_FLUSHED) !== 0
  );
}

/** Both directions of a connection. */
export type BulkHistories = Readonly<Record<Direction, BulkHistory>>;
