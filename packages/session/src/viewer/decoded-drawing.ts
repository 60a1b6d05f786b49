import { CodecId, PixelFormat, type EgfxDrawing } from "@railvail/egfx";
import { BitmapError, decompressPlanar } from "@railvail/transport";

/** Pixels that one command draws at most; more is not decoded. */
const pixelLimit = 2 ** 25;

/**
 * A drawing as one of plain pixels, where its codec is one that `SurfaceCanvases` does not decode itself but
 * that is decoded here: planar, [MS-RDPEGFX] 2.2.4.4. Others stay as they are. Why it cannot be decoded, if it cannot.
 */
export function decodedDrawing(drawing: EgfxDrawing): EgfxDrawing | string {
  if (drawing.message !== "wireToSurface1" || drawing.value.codecId !== CodecId.planar) return drawing;
  const { destRect, pixelFormat, bitmapData } = drawing.value;
  const [width, height] = [destRect.right - destRect.left, destRect.bottom - destRect.top];
  if (width < 1 || height < 1 || width * height > pixelLimit) return "payload-refused";
  try {
    const opaque = pixelFormat !== PixelFormat.argb8888;
    const bgra = decompressPlanar(bitmapData, width, height, { opaque });
    return { message: "wireToSurface1", value: { ...drawing.value, codecId: CodecId.uncompressed, bitmapData: bgra } };
  } catch (error) {
    if (!(error instanceof BitmapError)) throw error;
    return error.message;
  }
}
