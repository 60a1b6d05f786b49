import { FastPathUpdateCode, FrameAction, SurfaceCommands } from "@railvail/transport";
import { bytesPerPixel } from "./copy-row.js";
import type { PixelImage } from "./pixel-image.js";
import type { Region } from "./region.js";
import { tilesOf } from "./tiles.js";
import type { UpdateBody } from "./update-body.js";
import type { UpdateChoice } from "./update-choice.js";
import { furthestPixel, writeTile } from "./write-tile.js";

type Command = SurfaceCommands["surfaceCommands"][number]["command"];

/** `cmdType`, the rectangle, TS_BITMAP_DATA_EX without its pixels; [MS-RDPBCGR] 2.2.9.2.1. */
const headerSize = 22;

const updateOf = (command: Command): UpdateBody => ({
  updateCode: FastPathUpdateCode.surfaceCommands,
  data: SurfaceCommands.encode({ surfaceCommands: [{ command }] }),
});

/**
 * The pixels of a region, which must lie in the image, as surface commands without a codec: lowest
 * row first, as FreeRDP takes them. The image must not change until the last one was taken.
 */
export function* surfaceBits(
  { kind, bitsPerPixel, maximumSize }: UpdateChoice,
  image: PixelImage,
  region: Region,
): Generator<UpdateBody> {
  const type = kind === "streamSurfaceBits" ? kind : "setSurfaceBits";
  const bytes = maximumSize - headerSize;
  const pixelSize = bytesPerPixel(bitsPerPixel);
  const scratch = new Uint8Array(Math.min(bytes, region.area * pixelSize));
  for (const rectangle of region.rectangles) {
    const limits = {
      width: furthestPixel,
      height: furthestPixel,
      bytes,
      bytesPerPixel: pixelSize,
      alignment: 1,
    } as const;
    for (const tile of tilesOf(rectangle, limits)) {
      const end = writeTile(image, tile, bitsPerPixel, scratch, 0);
      yield updateOf({
        type,
        destLeft: tile.left,
        destTop: tile.top,
        destRight: tile.left + tile.width,
        destBottom: tile.top + tile.height,
        bpp: bitsPerPixel,
        flags: 0,
        codecId: 0,
        width: tile.width,
        height: tile.height,
        bitmapData: scratch.subarray(0, end),
      });
    }
  }
}

/** Where a frame begins or ends, [MS-RDPBCGR] 2.2.9.2.3. Clients that acknowledge frames name `frameId`. */
export const frameMarker = (action: "begin" | "end", frameId: number): UpdateBody =>
  updateOf({
    type: "frameMarker",
    frameAction: action === "begin" ? FrameAction.SURFACECMD_FRAMEACTION_BEGIN : FrameAction.SURFACECMD_FRAMEACTION_END,
    frameId,
  });
