/** How the pixels are stored: the `biCompression` of a header. */
export const DibCompression = {
  rgb: 0,
  rle8: 1,
  rle4: 2,
  bitfields: 3,
  jpeg: 4,
  png: 5,
  alphaBitfields: 6,
} as const;

/** Sizes of the headers that exist; a header is told by its size. */
export const DibHeaderSize = {
  core: 12,
  info: 40,
  v2: 52,
  v3: 56,
  os2: 64,
  v4: 108,
  v5: 124,
} as const;

/** What decides where the parts of a device-independent bitmap are. */
export interface DibHeader {
  readonly size: number;
  /** Pixels; the height is negative if the top row comes first. */
  readonly width: number;
  readonly height: number;
  readonly bitCount: number;
  readonly compression: number;
  /** Bytes of the pixels as stated; 0 if they are not. */
  readonly imageSize: number;
  /** Colours in the table; 0 for as many as `bitCount` allows up to 8 bits, and none above. */
  readonly colorsUsed: number;
}

/** Why data is no bitmap that can be converted. */
export type DibFault = "too-short" | "not-a-bitmap" | "unknown-header" | "unknown-size";

/** Reads the header; a fault if it is cut off or of an unknown kind. */
export function readDibHeader(dib: Uint8Array): DibHeader | DibFault {
  const view = new DataView(dib.buffer, dib.byteOffset, dib.byteLength);
  if (dib.length < 4) return "too-short";
  const size = view.getUint32(0, true);
  if (!Object.values(DibHeaderSize).includes(size as 12)) return "unknown-header";
  if (dib.length < size) return "too-short";
  if (size === DibHeaderSize.core) {
    const [width, height, bitCount] = [view.getUint16(4, true), view.getUint16(6, true), view.getUint16(10, true)];
    return {
      size,
      width,
      height,
      bitCount,
      compression: DibCompression.rgb,
      imageSize: 0,
      colorsUsed: 0,
    };
  }
  return {
    size,
    width: view.getInt32(4, true),
    height: view.getInt32(8, true),
    bitCount: view.getUint16(14, true),
    compression: view.getUint32(16, true),
    imageSize: view.getUint32(20, true),
    colorsUsed: view.getUint32(32, true),
  };
}

/** Bytes of channel masks after the header; headers of 52 bytes and more have them inside. */
function masksSize(header: DibHeader): number {
  if (header.size !== DibHeaderSize.info) return 0;
  if (header.compression === DibCompression.bitfields) return 12;
  return header.compression === DibCompression.alphaBitfields ? 16 : 0;
}

/** Bytes of the colour table; its entries have 3 bytes after the oldest header and 4 after others. */
function colorTableSize(header: DibHeader): number {
  const most = header.bitCount >= 1 && header.bitCount <= 8 ? 2 ** header.bitCount : 0;
  if (header.size === DibHeaderSize.core) return most * 3;
  return (header.colorsUsed === 0 ? most : header.colorsUsed) * 4;
}

/** Bytes from the start of the header to the pixels. */
export const pixelOffset = (header: DibHeader): number => header.size + masksSize(header) + colorTableSize(header);

/**
 * Bytes of the pixels: as stated, or of uncompressed rows padded to 4 bytes; undefined if the
 * header states nothing and the rows are compressed.
 */
export function pixelSize(header: DibHeader): number | undefined {
  if (header.imageSize !== 0) return header.imageSize;
  const { compression } = header;
  const plain =
    compression === DibCompression.rgb ||
    compression === DibCompression.bitfields ||
    compression === DibCompression.alphaBitfields;
  if (!plain) return undefined;
  return Math.ceil((Math.abs(header.width) * header.bitCount) / 32) * 4 * Math.abs(header.height);
}
