import { BitmapFlags, BitmapUpdate, FastPathUpdateCode } from "@railvail/transport";
import type { BitsPerPixel } from "../connection/color-depth.js";
import { bytesPerPixel } from "./copy-row.js";
import { pixelBytes, type PixelImage } from "./pixel-image.js";
import type { Region } from "./region.js";
import { alignedWidth, tilesOf, type Tile } from "./tiles.js";
import type { UpdateBody } from "./update-body.js";
import type { UpdateChoice } from "./update-choice.js";
import { furthestPixel, writeTile } from "./write-tile.js";

/** Pixels to be compressed: B, G, R, A, all opaque, rows from the top. The memory is used again. */
export interface TilePixels {
  readonly bgra: Uint8Array;
  readonly stride: number;
  /** A multiple of 4, at most 64; columns that are not shown are black. */
  readonly width: number;
  /** At most 64. */
  readonly height: number;
}

/**
 * Compresses a tile as [MS-RDPBCGR] 2.2.9.1.1.3.1.2.2 says for its depth: interleaved RLE for 15, 16
 * and 24 bits, planar for 32. The result has memory of its own. Undefined: it goes as it is.
 */
export type EncodeTile = (tile: TilePixels, bitsPerPixel: BitsPerPixel) => Uint8Array | undefined;

type BitmapRectangle = BitmapUpdate["rectangles"][number];

/** Update type and number of rectangles. */
const updateHeader = 4;
/** TS_BITMAP_DATA without pixels, and with the header that compressed ones may have. */
const rectangleHeader = 18 + 8;
/** What the length of a rectangle's pixels can state. */
const longestData = 0xffff;
const compressedTileSize = 64;

/**
 * The pixels of a region, which must lie in the image, as bitmap updates, [MS-RDPBCGR]
 * 2.2.9.1.1.3.1.2. Bitmaps are as wide as multiples of 4 pixels. The image must not change until the
 * last update was taken.
 */
export function* bitmapUpdates(
  choice: UpdateChoice,
  image: PixelImage,
  region: Region,
  encodeTile?: EncodeTile,
): Generator<UpdateBody> {
  const { maximumSize } = choice;
  const room = maximumSize - updateHeader;
  const pixelSize = bytesPerPixel(choice.bitsPerPixel);
  const all = region.rectangles.map(({ left, top, right, bottom }) => alignedWidth(right - left, 4) * (bottom - top));
  const scratchSize = Math.min(room, all.reduce((sum, area) => sum + area, 0) * pixelSize);
  const writer = new TileWriter(choice, image, scratchSize, encodeTile);
  const most = encodeTile === undefined ? furthestPixel : compressedTileSize;
  const limits = {
    width: most,
    height: most,
    bytes: Math.min(longestData, room - rectangleHeader),
    bytesPerPixel: pixelSize,
    alignment: 4,
  } as const;
  let rectangles: BitmapRectangle[] = [];
  let size = 0;
  for (const rectangle of region.rectangles) {
    for (const tile of tilesOf(rectangle, limits)) {
      if (size + rectangleHeader + writer.sizeOf(tile) > room) {
        yield updateOf(rectangles);
        writer.reuse();
        rectangles = [];
        size = 0;
      }
      const written = writer.write(tile);
      rectangles.push(written);
      size += rectangleHeader + written.bitmapData.bitmapDataStream.length;
    }
  }
  if (rectangles.length > 0) yield updateOf(rectangles);
}

const updateOf = (rectangles: readonly BitmapRectangle[]): UpdateBody => ({
  updateCode: FastPathUpdateCode.bitmap,
  data: BitmapUpdate.encode({ rectangles: [...rectangles] }),
});

/** Makes tiles into rectangles of an update. */
class TileWriter {
  private readonly choice: UpdateChoice;
  private readonly image: PixelImage;
  private readonly encodeTile: EncodeTile | undefined;
  private readonly scratch: Uint8Array;
  private used = 0;
  private readonly bgra: Uint8Array;

  /** `scratchSize`: bytes of the pixels of all tiles until `reuse`. */
  constructor(choice: UpdateChoice, image: PixelImage, scratchSize: number, encodeTile: EncodeTile | undefined) {
    this.choice = choice;
    this.image = image;
    this.encodeTile = encodeTile;
    this.scratch = new Uint8Array(scratchSize);
    this.bgra = new Uint8Array(encodeTile === undefined ? 0 : compressedTileSize ** 2 * pixelBytes);
  }

  /** The most bytes that the tile's pixels can take. */
  sizeOf({ width, height }: Tile): number {
    return alignedWidth(width, 4) * height * bytesPerPixel(this.choice.bitsPerPixel);
  }

  /** The pixels of all tiles before are not needed any more. */
  reuse(): void {
    this.used = 0;
  }

  write(tile: Tile): BitmapRectangle {
    const { bitsPerPixel, compressionHeader } = this.choice;
    const width = alignedWidth(tile.width, 4);
    const compressed = this.compress(tile, width);
    return {
      destLeft: tile.left,
      destTop: tile.top,
      destRight: tile.left + tile.width - 1,
      destBottom: tile.top + tile.height - 1,
      width,
      height: tile.height,
      bitsPerPixel,
      flags:
        compressed === undefined
          ? 0
          : BitmapFlags.BITMAP_COMPRESSION | (compressionHeader ? 0 : BitmapFlags.NO_BITMAP_COMPRESSION_HDR),
      bitmapData: {
        bitmapComprHdr:
          compressed === undefined || !compressionHeader
            ? undefined
            : {
                cbCompFirstRowSize: 0,
                cbCompMainBodySize: compressed.length,
                cbScanWidth: width,
                cbUncompressedSize: this.sizeOf(tile),
              },
        bitmapDataStream: compressed ?? this.uncompressed(tile, width),
      },
    };
  }

  private compress(tile: Tile, width: number): Uint8Array | undefined {
    if (this.encodeTile === undefined) return undefined;
    const { image, bgra } = this;
    const stride = width * 4;
    for (let y = 0; y < tile.height; y++) {
      const from = (tile.top + y) * image.stride + tile.left * 4;
      bgra.set(image.pixels.subarray(from, from + tile.width * 4), y * stride);
      bgra.fill(0, y * stride + tile.width * 4, (y + 1) * stride);
    }
    if (this.choice.bitsPerPixel === 32) for (let at = 3; at < stride * tile.height; at += 4) bgra[at] = 0xff;
    const encoded = this.encodeTile({ bgra, stride, width, height: tile.height }, this.choice.bitsPerPixel);
    return encoded !== undefined && encoded.length < this.sizeOf(tile) ? encoded : undefined;
  }

  private uncompressed(tile: Tile, width: number): Uint8Array {
    const { scratch, used } = this;
    const end = used + this.sizeOf(tile);
    // What was there before must not be seen in columns that are not shown.
    if (width > tile.width) scratch.fill(0, used, end);
    writeTile(this.image, tile, this.choice.bitsPerPixel, scratch, used, width);
    this.used = end;
    return scratch.subarray(used, end);
  }
}
