import { CompressionError } from "./compression-error.js";
import { PacketFlags, PacketType } from "./compression-flags.js";
import { MppcDecompressor } from "./mppc-decompressor.js";
import { NcrushDecompressor } from "./ncrush-decompressor.js";
import { XcrushDecompressor } from "./xcrush-decompressor.js";

/** What every bulk decompressor does. */
interface Decompressor {
  decompress(data: Uint8Array, flags: number): Uint8Array;
}

/** Whether flags say anything about the history. */
const meaningful = PacketFlags.PACKET_COMPRESSED | PacketFlags.PACKET_AT_FRONT | PacketFlags.PACKET_FLUSHED;

/**
 * Opens the bulk compressed data of one direction of a connection: of slow path, fast path and
 * static channels together, in the order in which it came. Each type has one history, which is made
 * when the type is first seen: 8, 64 or 64 KiB, or 2 MB for XCRUSH.
 */
export class BulkDecompressor {
  private readonly decompressors: (Decompressor | undefined)[] = [];

  /**
   * Opens data that came with these flags: compressionFlags, compressedType, or the flags of a
   * static channel chunk shifted right by 16. The result is the input itself if the flags do not
   * say that it is compressed, otherwise a view of a history, valid until the next call, of at most
   * 65,536 bytes.
   *
   * Throws {@link CompressionError}.
   */
  decompress(data: Uint8Array, flags: number): Uint8Array {
    if ((flags & meaningful) === 0) return data;
    const type = flags & 15;
    const decompressor = (this.decompressors[type] ??= made(type));
    return decompressor.decompress(data, flags);
  }
}

function made(type: number): Decompressor {
  switch (type) {
    case PacketType.PACKET_COMPR_TYPE_8K:
      return new MppcDecompressor("8k");
    case PacketType.PACKET_COMPR_TYPE_64K:
      return new MppcDecompressor("64k");
    case PacketType.PACKET_COMPR_TYPE_RDP6:
      return new NcrushDecompressor();
    case PacketType.PACKET_COMPR_TYPE_RDP61:
      return new XcrushDecompressor();
    default:
      throw new CompressionError("bulk", 0, { code: "unknown-type", type });
  }
}
