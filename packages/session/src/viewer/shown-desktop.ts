import { RfxPainter } from "@railvail/egfx";
import {
  BitmapError,
  bitmapPixels,
  FrameAction,
  paletteOf,
  type BitmapData,
  type BitmapUpdate,
  type Palette,
  type PaletteUpdate,
  type SurfaceCommands,
} from "@railvail/transport";
import { DecodeError } from "@railvail/wire";
import { around, clip, type Box } from "../pixels/box.js";
import { pixelBytes, type PixelImage } from "../pixels/pixel-image.js";
import { copyPixels } from "./copy-pixels.js";
import { viewerViolation, type ViewerRule, type ViewerViolation } from "./viewer-rules.js";

/** What a desktop tells: what is wrong, and the numbers of frames that are to be acknowledged. */
export interface DesktopListener {
  problem(violation: ViewerViolation): void;
  frameEnded(frameId: number): void;
}

type SurfaceCommand = SurfaceCommands["surfaceCommands"][number]["command"];
type SurfaceBits = Extract<SurfaceCommand, { type: "setSurfaceBits" }>;

/** `codecId` of surface bits that are plain pixels. */
const uncompressed = 0;
/** `codecId` of surface bits in RemoteFX, as the client states it. */
export const remoteFxCodec = 3;

/** The image of the desktop, as updates and surface commands paint it. Nothing that comes throws. */
export class ShownDesktop {
  private readonly listener: DesktopListener;
  private readonly pixelLimit: number;
  private readonly remoteFx: RfxPainter | undefined;
  private image: PixelImage | undefined;
  private stated: Box = { left: 0, top: 0, width: 0, height: 0 };
  private palette: Palette | undefined;
  private damage: Box | undefined;
  private inFrame = false;

  /** `remoteFx`: it was offered. */
  constructor(pixelLimit: number, remoteFx: boolean, listener: DesktopListener) {
    this.pixelLimit = pixelLimit;
    this.remoteFx = remoteFx ? new RfxPainter() : undefined;
    this.listener = listener;
  }

  /** What is on the desktop; undefined before anything was painted. */
  get pixels(): PixelImage | undefined {
    return this.image;
  }

  /** What the server stated last: where the image begins, as places of windows count, and its size. */
  get box(): Box {
    return this.stated;
  }

  /**
   * The desktop is there from now on. What is on it stays where it is as far as it fits; if the size stays too, it is
   * the same image at another place.
   */
  place(box: Box): void {
    const before = this.stated;
    this.stated = box;
    if (box.width === before.width && box.height === before.height) return;
    const [moveX, moveY] = [before.left - box.left, before.top - box.top];
    const { image: old, damage } = this;
    this.image = undefined;
    this.damage = undefined;
    if (old === undefined) return;
    const image = this.shown();
    if (image === undefined) return;
    copyPixels(old, image, moveX, moveY);
    if (damage === undefined) return;
    this.damage = this.clip({ ...damage, left: damage.left + moveX, top: damage.top + moveY });
  }

  /** The part that was painted since this was asked last; undefined if there is none, or its frame has not ended. */
  takeDamage(): Box | undefined {
    if (this.inFrame) return undefined;
    const { damage } = this;
    this.damage = undefined;
    return damage;
  }

  /** Puts pixels on the desktop. */
  paint(pixels: PixelImage, left: number, top: number): void {
    const image = this.shown();
    if (image === undefined) return;
    const drawn = copyPixels(pixels, image, left, top);
    if (drawn !== undefined) this.damage = around(this.damage, drawn);
    if (drawn?.width === pixels.width && drawn.height === pixels.height) return;
    this.problem("outside-desktop", `${pixels.width} by ${pixels.height} pixels at ${left},${top}`);
  }

  /** The part of a box that is on the image, in pixels of that. */
  clip(box: Box): Box | undefined {
    return this.image === undefined ? undefined : clip(box, this.image.width, this.image.height);
  }

  bitmap({ rectangles }: BitmapUpdate): void {
    // They have no frames.
    this.inFrame = false;
    for (const rectangle of rectangles) this.draw(rectangle);
  }

  colors({ paletteEntries }: PaletteUpdate): void {
    this.palette = paletteOf(paletteEntries);
  }

  surfaceCommands({ surfaceCommands }: SurfaceCommands): void {
    for (const { command } of surfaceCommands) {
      switch (command.type) {
        case "setSurfaceBits":
        case "streamSurfaceBits":
          this.surfaceBits(command as SurfaceBits);
          break;
        case "frameMarker":
          // One that does not end is over when the next one begins.
          this.inFrame = command.frameAction === FrameAction.SURFACECMD_FRAMEACTION_BEGIN && !this.inFrame;
          if (command.frameAction === FrameAction.SURFACECMD_FRAMEACTION_END) this.listener.frameEnded(command.frameId);
          break;
        default:
          this.problem("bitmap-malformed", "a surface command of unknown type");
      }
    }
  }

  private surfaceBits(bits: SurfaceBits): void {
    if (bits.codecId === uncompressed) this.plainBits(bits);
    else if (bits.codecId === remoteFxCodec && this.remoteFx !== undefined) this.remoteFxBits(bits, this.remoteFx);
    else this.problem("codec-not-offered", `codec ${bits.codecId}`);
  }

  /** [MS-RDPRFX] 3.1.8: only what its regions have is painted. */
  private remoteFxBits(
    { destLeft, destTop, destRight, destBottom, bitmapData }: SurfaceBits,
    painter: RfxPainter,
  ): void {
    const image = this.shown();
    const place = { left: destLeft, top: destTop, width: destRight - destLeft, height: destBottom - destTop };
    const part = image && clip(place, image.width, image.height);
    if (image === undefined || part === undefined) return;
    const { stride, pixels } = image;
    const { left, top, width, height } = part;
    try {
      const target = { pixels, offset: top * stride + left * pixelBytes, stride, width, height };
      for (const painted of painter.paint(bitmapData, target)) {
        const [wide, high] = [painted.right - painted.left, painted.bottom - painted.top];
        const box = { left: left + painted.left, top: top + painted.top, width: wide, height: high };
        this.damage = around(this.damage, box);
      }
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      this.problem("bitmap-malformed", error.message);
    }
  }

  /** [MS-RDPBCGR] 2.2.9.2.1.1: as in bitmap updates, rows stand from the bottom. */
  private plainBits({ bpp, bitmapData, ...place }: SurfaceBits): void {
    this.draw({
      destLeft: place.destLeft,
      destTop: place.destTop,
      // Exclusive here, inclusive there.
      destRight: place.destRight - 1,
      destBottom: place.destBottom - 1,
      width: place.width,
      height: place.height,
      bitsPerPixel: bpp,
      flags: 0,
      bitmapData: { bitmapComprHdr: undefined, bitmapDataStream: bitmapData },
    });
  }

  private draw(rectangle: BitmapData): void {
    if (this.shown() === undefined) return;
    try {
      const { left, top, width, height, bgra } = bitmapPixels(rectangle, { palette: this.palette });
      if (width > 0 && height > 0) this.paint({ width, height, stride: width * pixelBytes, pixels: bgra }, left, top);
    } catch (error) {
      if (!(error instanceof BitmapError)) throw error;
      this.problem("bitmap-malformed", error.message);
    }
  }

  /** The image, made when it is needed first: most sessions of windows need none. */
  private shown(): PixelImage | undefined {
    if (this.image !== undefined) return this.image;
    const { width, height } = this.stated;
    if (width * height === 0 || width * height > this.pixelLimit) {
      this.problem("desktop-size", `${width} by ${height} pixels`);
      return undefined;
    }
    const stride = width * pixelBytes;
    const pixels = new Uint8Array(stride * height);
    // Black, and opaque.
    new Uint32Array(pixels.buffer).fill(new Uint32Array(Uint8Array.of(0, 0, 0, 0xff).buffer)[0] as number);
    this.image = { width, height, stride, pixels };
    return this.image;
  }

  private problem(rule: ViewerRule, detail: string): void {
    this.listener.problem(viewerViolation(rule, detail));
  }
}
