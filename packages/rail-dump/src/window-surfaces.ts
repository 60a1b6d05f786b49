import type { Message } from "@railvail/dissect";
import { partLimit, type WindowStories } from "./window-story.js";

/** What of the graphics pipeline's values is looked at. */
interface GraphicsValue {
  readonly surfaceId: number;
  readonly surfaceIdDest: number;
  readonly windowId: bigint;
  readonly width: number;
  readonly height: number;
  readonly mappedWidth: number;
  readonly mappedHeight: number;
  readonly targetWidth?: number;
  readonly targetHeight?: number;
}

interface Surface {
  readonly width: number;
  readonly height: number;
  windowId: number | undefined;
}

/** Follows the surfaces of the graphics pipeline: which window shows them, and when they are drawn. */
export class WindowSurfaces {
  private readonly stories: WindowStories;
  /** At most as many as there are 16-bit ids. */
  private readonly surfaces = new Map<number, Surface>();
  /** Surfaces that the frame that is being sent has drawn on. */
  private readonly drawn = new Set<number>();

  constructor(stories: WindowStories) {
    this.stories = stories;
  }

  message(message: Message): void {
    const value = message.value as GraphicsValue | undefined;
    if (value === undefined) return;
    switch (message.name) {
      case "RDPGFX_CREATE_SURFACE_PDU":
        return this.create(message, value);
      case "RDPGFX_DELETE_SURFACE_PDU":
        return this.delete(message, value);
      case "RDPGFX_MAP_SURFACE_TO_WINDOW_PDU":
      case "RDPGFX_MAP_SURFACE_TO_SCALED_WINDOW_PDU":
        return this.map(message, value);
      case "RDPGFX_WIRE_TO_SURFACE_PDU_1":
      case "RDPGFX_WIRE_TO_SURFACE_PDU_2":
      case "RDPGFX_SOLIDFILL_PDU":
      case "RDPGFX_CACHE_TO_SURFACE_PDU":
        this.drawn.add(value.surfaceId);
        return;
      case "RDPGFX_SURFACE_TO_SURFACE_PDU":
        this.drawn.add(value.surfaceIdDest);
        return;
      case "RDPGFX_END_FRAME_PDU":
        return this.endFrame();
    }
  }

  private create(message: Message, { surfaceId, width, height }: GraphicsValue): void {
    this.surfaces.set(surfaceId, { width, height, windowId: undefined });
    this.stories.tell(message, undefined, "surface created", `surface ${surfaceId}, ${width}x${height}`);
  }

  private delete(message: Message, { surfaceId }: GraphicsValue): void {
    const windowId = this.surfaces.get(surfaceId)?.windowId;
    this.surfaces.delete(surfaceId);
    this.drawn.delete(surfaceId);
    this.stories.tell(message, windowId, "surface deleted", `surface ${surfaceId}`);
  }

  private map(message: Message, value: GraphicsValue): void {
    const { surfaceId, mappedWidth, mappedHeight, targetWidth, targetHeight } = value;
    const windowId = Number(value.windowId);
    const surface = this.surfaces.get(surfaceId);
    if (surface !== undefined) surface.windowId = windowId;
    const { surfaceIds } = this.stories.of(windowId);
    if (surfaceIds.at(-1) !== surfaceId && surfaceIds.length < partLimit) surfaceIds.push(surfaceId);
    const target = targetWidth === undefined ? "" : ` to ${targetWidth}x${targetHeight}`;
    const detail = `surface ${surfaceId}, ${mappedWidth}x${mappedHeight}${target}`;
    this.stories.tell(message, windowId, "surface mapped", detail);
  }

  /** A frame counts once for each window that shows something it drew. */
  private endFrame(): void {
    const windows = new Set<number>();
    for (const surfaceId of this.drawn) {
      const windowId = this.surfaces.get(surfaceId)?.windowId;
      if (windowId !== undefined) windows.add(windowId);
    }
    this.drawn.clear();
    for (const windowId of windows) this.stories.of(windowId).frames++;
  }
}
