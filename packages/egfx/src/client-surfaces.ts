import type { EgfxClientOutput, EgfxClientState } from "./client-state.js";
import { drawn } from "./drawing-model.js";
import { egfxViolation, type EgfxDrawing, type EgfxRule, type EgfxValue } from "./egfx-machine.js";
import {
  createFault,
  mappingFault,
  noGraphics,
  surfaceOfWindow,
  withMapping,
  withoutSurface,
  withSurface,
  type EgfxSurface,
  type SurfaceMapping,
} from "./graphics-model.js";

type State = EgfxClientState;
type Outputs = EgfxClientOutput[];

/** The rule is reported, and nothing has changed. */
export function refusePeer(state: State, rule: EgfxRule, outputs: Outputs): State {
  outputs.push(egfxViolation("peer", rule));
  return state;
}

/** A drawing that can be done is handed on, whatever else is wrong with it. */
export function draw(state: State, message: EgfxDrawing, outputs: Outputs): State {
  const { graphics, capability, options } = state;
  if (capability === undefined) return refusePeer(state, "not-ready", outputs);
  const faults: EgfxRule[] = [];
  if (state.openFrame === undefined && needsFrame(message)) faults.push("outside-frame");
  const after = drawn(graphics, message, { capability, limits: options }, faults);
  for (const rule of faults) refusePeer(state, rule, outputs);
  if (after === undefined) return state;
  outputs.push({ type: "draw", message });
  return after === graphics ? state : { ...state, graphics: after };
}

/** [MS-RDPEGFX] 3.2.5.1 to 3.2.5.8. */
const needsFrame = ({ message }: EgfxDrawing): boolean =>
  message !== "deleteEncodingContext" && message !== "evictCacheEntry";

export function createSurface(state: State, value: EgfxValue<"createSurface">, outputs: Outputs): State {
  const old = state.graphics.surfaces.get(value.surfaceId);
  const without = old === undefined ? state.graphics : withoutSurface(state.graphics, old);
  const fault = createFault(without, value, state.options);
  if (fault !== undefined) refusePeer(state, fault, outputs);
  if (fault !== undefined && fault !== "pixel-format") return state;
  if (old !== undefined) {
    refusePeer(state, "surface-id-in-use", outputs);
    surfaceGone(old, outputs);
  }
  const graphics = withSurface(without, value);
  const surface = graphics.surfaces.get(value.surfaceId);
  if (surface !== undefined) outputs.push({ type: "surfaceCreated", surface });
  return { ...state, graphics };
}

export function deleteSurface(state: State, surfaceId: number, outputs: Outputs): State {
  const surface = state.graphics.surfaces.get(surfaceId);
  if (surface === undefined) return refusePeer(state, "surface-unknown", outputs);
  surfaceGone(surface, outputs);
  return { ...state, graphics: withoutSurface(state.graphics, surface) };
}

function surfaceGone({ surfaceId, mapping }: EgfxSurface, outputs: Outputs): void {
  if (mapping !== undefined) outputs.push({ type: "unmapped", surfaceId, mapping, replacedBy: undefined });
  outputs.push({ type: "surfaceDeleted", surfaceId });
}

export function mapToWindow(
  state: State,
  value: EgfxValue<"mapSurfaceToWindow" | "mapSurfaceToScaledWindow">,
  outputs: Outputs,
): State {
  const { windowId, mappedWidth, mappedHeight } = value;
  const [targetWidth, targetHeight] =
    "targetWidth" in value ? [value.targetWidth, value.targetHeight] : [mappedWidth, mappedHeight];
  const mapping: SurfaceMapping = { type: "window", windowId, mappedWidth, mappedHeight, targetWidth, targetHeight };
  return mapped(state, value.surfaceId, mapping, "targetWidth" in value, outputs);
}

export function mapToOutput(
  state: State,
  value: EgfxValue<"mapSurfaceToOutput" | "mapSurfaceToScaledOutput">,
  outputs: Outputs,
): State {
  const { surfaceId, outputOriginX, outputOriginY } = value;
  const surface = state.graphics.surfaces.get(surfaceId);
  if (surface === undefined) return refusePeer(state, "surface-unknown", outputs);
  const isScaled = "targetWidth" in value;
  const targetWidth = isScaled ? value.targetWidth : surface.width;
  const targetHeight = isScaled ? value.targetHeight : surface.height;
  const mapping: SurfaceMapping = { type: "output", outputOriginX, outputOriginY, targetWidth, targetHeight };
  return mapped(state, surfaceId, mapping, isScaled, outputs);
}

function mapped(state: State, surfaceId: number, asked: SurfaceMapping, isScaled: boolean, outputs: Outputs): State {
  const surface = state.graphics.surfaces.get(surfaceId);
  if (surface === undefined) return refusePeer(state, "surface-unknown", outputs);
  const fault = mappingFault(surface, asked);
  if (fault !== undefined) refusePeer(state, "map-size", outputs);
  if (fault === "nothing") return state;
  if (isScaled && state.capability?.scaledMaps !== true) refusePeer(state, "scaled-map-not-agreed", outputs);
  const mapping = fault === "too-much" ? cut(asked, surface, isScaled) : asked;
  const shown = mapping.type === "window" ? surfaceOfWindow(state.graphics, mapping.windowId) : undefined;
  if (surface.mapping !== undefined && !isSameWindow(surface.mapping, mapping))
    outputs.push({ type: "unmapped", surfaceId, mapping: surface.mapping, replacedBy: undefined });
  if (shown?.mapping !== undefined && shown.surfaceId !== surfaceId) {
    const { surfaceId: before, mapping: old } = shown;
    outputs.push({ type: "unmapped", surfaceId: before, mapping: old, replacedBy: surfaceId });
  }
  outputs.push({ type: "mapped", surfaceId, mapping });
  return { ...state, graphics: withMapping(state.graphics, surface, mapping) };
}

/** A mapping to the same window, or again to the output, only changes. */
const isSameWindow = (a: SurfaceMapping, b: SurfaceMapping): boolean =>
  a.type === "window" ? b.type === "window" && a.windowId === b.windowId : b.type === "output";

/** What of the mapping the surface has; without a scale the target is what is mapped. */
function cut(mapping: SurfaceMapping, { width, height }: EgfxSurface, isScaled: boolean): SurfaceMapping {
  if (mapping.type === "output") return mapping;
  const mappedWidth = Math.min(mapping.mappedWidth, width);
  const mappedHeight = Math.min(mapping.mappedHeight, height);
  const { targetWidth, targetHeight } = isScaled ? mapping : { targetWidth: mappedWidth, targetHeight: mappedHeight };
  return { ...mapping, mappedWidth, mappedHeight, targetWidth, targetHeight };
}

/** Nothing is there any more. */
export function cleared(state: State, outputs: Outputs): State {
  const { surfaces, cache } = state.graphics;
  for (const surface of surfaces.values()) surfaceGone(surface, outputs);
  if (cache.count > 0) outputs.push({ type: "cacheCleared" });
  return { ...state, graphics: noGraphics, openFrame: undefined, offered: undefined };
}
