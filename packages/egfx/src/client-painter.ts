import type { EgfxClientOutput } from "./client-state.js";
import { egfxVocabulary } from "./egfx-machine.js";
import { CreateSurface, DeleteSurface } from "./pdu/surface.js";
import type { CanvasTrouble, SurfaceCanvases } from "./surface-canvas.js";

/**
 * Paints what the client's machine puts out; says why not all was painted. Outputs that paint nothing are ignored.
 * What is on a surface then: `SurfaceCanvases.surface`, at `frameEnded`.
 */
export function paintEgfx(canvases: SurfaceCanvases, output: EgfxClientOutput): CanvasTrouble | undefined {
  switch (output.type) {
    case "draw": {
      const { message, value } = output.message;
      return canvases.apply(egfxVocabulary.pdus[message], value);
    }
    case "surfaceCreated":
      return canvases.apply(CreateSurface, output.surface);
    case "surfaceDeleted":
      return canvases.apply(DeleteSurface, output);
    case "cacheCleared":
      canvases.clearCache();
      return undefined;
    default:
      return undefined;
  }
}
