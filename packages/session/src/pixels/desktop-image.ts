import { paintLayer } from "./paint-layer.js";
import { pixelBytes, placeOf, type Layer, type PixelImage } from "./pixel-image.js";
import { Region, type Rectangle } from "./region.js";

/** Where so many rectangles are left to be painted, hidden ones are painted too. */
const paintLimit = 256;

/** A colour: 0 to 255 each. */
export interface Color {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

const black: Color = { red: 0, green: 0, blue: 0 };

/**
 * The desktop as one image, composed of layers. Only what is damaged is painted again, and nothing
 * that lies under something opaque. The fourth byte of its pixels means nothing: all are opaque.
 */
export class DesktopImage implements PixelImage {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  readonly pixels: Uint8Array;
  private readonly words: Uint32Array;
  private readonly background: number;
  private damageSoFar: Region;

  /**
   * Sizes in pixels. At first everything is damaged. It takes `width * height * 4` bytes, so sizes
   * that a client stated are to be checked before.
   */
  constructor(width: number, height: number, background: Color = black) {
    this.width = width;
    this.height = height;
    this.stride = width * pixelBytes;
    this.pixels = new Uint8Array(this.stride * height);
    // One pixel at once; in which order its bytes lie in a word does not matter.
    this.words = new Uint32Array(this.pixels.buffer);
    const { red, green, blue } = background;
    this.background = new Uint32Array(Uint8Array.of(blue, green, red, 0xff).buffer)[0] as number;
    this.damageSoFar = Region.of(this.bounds);
  }

  get bounds(): Rectangle {
    return { left: 0, top: 0, right: this.width, bottom: this.height };
  }

  /** What has to be painted again, maybe with some pixels around it. */
  get damaged(): Region {
    return this.damageSoFar;
  }

  /**
   * Something changed in these pixels. Where a layer moves, that is its old and its new place; where
   * it comes above or below others, its place.
   */
  damage(region: Region | Rectangle): void {
    const added = Region.of(this.bounds).intersect(region);
    if (!added.isEmpty) this.damageSoFar = this.damageSoFar.add(added);
  }

  /**
   * Paints again what is damaged, and gives back what that was. `layers` stand from the lowest to
   * the highest; nothing of them is kept.
   */
  compose(layers: readonly Layer[]): Region {
    const damaged = this.damageSoFar;
    this.damageSoFar = Region.empty;
    let open = damaged;
    const visible: { readonly layer: Layer; readonly region: Region }[] = [];
    for (let at = layers.length - 1; at >= 0 && !open.isEmpty; at--) {
      const layer = layers[at] as Layer;
      const place = placeOf(layer);
      const region = open.intersect(place);
      if (region.isEmpty) continue;
      visible.push({ layer, region });
      if (layer.opaque) {
        const rest = open.subtract(place);
        if (rest.count <= paintLimit) open = rest;
      }
    }
    for (const rectangle of open.rectangles) this.clear(rectangle);
    for (const { layer, region } of visible.toReversed()) {
      for (const rectangle of region.rectangles) paintLayer(this, layer, rectangle);
    }
    return damaged;
  }

  private clear({ left, top, right, bottom }: Rectangle): void {
    for (let y = top; y < bottom; y++) {
      this.words.fill(this.background, y * this.width + left, y * this.width + right);
    }
  }
}
