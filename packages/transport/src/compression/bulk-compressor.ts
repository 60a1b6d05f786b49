import { PacketType, type CompressedPacket } from "./compression-flags.js";
import { MppcCompressor } from "./mppc-compressor.js";
import { NcrushCompressor } from "./ncrush-compressor.js";
import { XcrushCompressor } from "./xcrush-compressor.js";

/** The types of bulk compression: 8K, 64K, RDP 6.0, RDP 6.1. */
export type BulkType = 0 | 1 | 2 | 3;

/** What every bulk compressor does. */
interface Compressor {
  compress(data: Uint8Array): CompressedPacket;
  flush(): void;
}

/**
 * Compresses what is sent in one direction of a connection, on slow path, fast path and static
 * channels together, with the type that both sides agreed on. Packets must be sent in the order in
 * which they were compressed; those that come back with flags 0 may be dropped.
 */
export class BulkCompressor {
  readonly type: BulkType;
  private readonly compressor: Compressor;

  constructor(type: BulkType) {
    this.type = type;
    this.compressor = made(type);
  }

  /** Compresses a packet, or returns it as it is, with flags 0, if it would not get smaller. */
  compress(data: Uint8Array): CompressedPacket {
    return this.compressor.compress(data);
  }

  /** Forgets the history; the next compressed packet tells the receiver to do the same. */
  flush(): void {
    this.compressor.flush();
  }
}

function made(type: BulkType): Compressor {
  switch (type) {
    case PacketType.PACKET_COMPR_TYPE_8K:
      return new MppcCompressor("8k");
    case PacketType.PACKET_COMPR_TYPE_64K:
      return new MppcCompressor("64k");
    case PacketType.PACKET_COMPR_TYPE_RDP6:
      return new NcrushCompressor();
    case PacketType.PACKET_COMPR_TYPE_RDP61:
      return new XcrushCompressor();
  }
}
