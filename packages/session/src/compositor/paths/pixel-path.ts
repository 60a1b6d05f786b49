import type { Box, Size } from "../../pixels/box.js";
import type { PixelImage } from "../../pixels/pixel-image.js";
import type { PixelPathName } from "../../pixels/pixel-path-name.js";
import { corners, Region, type Rectangle } from "../../pixels/region.js";
import type { CompositorWindow } from "../compositor-window.js";

/**
 * Memory to draw a window in, rows from the top, pixels as bytes B, G, R, A. What was drawn stays
 * in it until the window gets another size or way.
 */
export type Canvas = PixelImage;

/** The windows as they are to be painted. */
export interface Arrangement {
  readonly windows: ReadonlyMap<number, CompositorWindow>;
  /** From the top down. */
  readonly zOrder: readonly number[];
}

/** What a path tells the compositor. */
export interface PathListener {
  /** The canvas of the window is new: all of it is to be drawn. */
  exposed(windowId: number): void;
  /** The window may be painted again. */
  paintable(windowId: number): void;
  /** The client began anew on this way: all windows are to be arranged again. */
  restarted(): void;
  /** This way is closed. */
  failed(reason: string): void;
}

/** One way for the pixels of all windows, for the time of one connection. */
export interface PixelPath {
  readonly name: PixelPathName;
  /** The windows or their order changed. */
  arrange(arrangement: Arrangement, now: number): void;
  /**
   * Memory to draw in now; undefined while the window may not be painted, or is not there. The window is as it is by
   * now, which may be arranged later.
   */
  canvas(windowId: number, window: CompositorWindow): Canvas | undefined;
  /** Something was drawn: boxes on the canvas, or all of it if none are named. */
  damage(windowId: number, boxes?: readonly Box[]): void;
  /** Sends what may be sent now. `congested`: the client does not read fast enough. */
  flush(now: number, congested: boolean): void;
  /** Lets go of all memory. */
  end(): void;
}

/** All of a canvas. */
const whole = ({ width, height }: Size): Rectangle => ({ left: 0, top: 0, right: width, bottom: height });

/** What of the boxes is on the canvas; all of it if none are named. */
export function partOf(canvas: Size, boxes?: readonly Box[]): Region {
  if (boxes === undefined) return Region.of(whole(canvas));
  return Region.of(...boxes.map(corners)).intersect(whole(canvas));
}
