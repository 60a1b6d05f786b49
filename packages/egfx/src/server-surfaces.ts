import { egfxSend, type EgfxMessage, type EgfxRule } from "./egfx-machine.js";
import {
  createFault,
  isOutputSize,
  mappingFault,
  withMapping,
  withoutSurface,
  withSurface,
  type SurfaceMapping,
} from "./graphics-model.js";
import { PixelFormat } from "./pdu/pixel-format.js";
import { monitorLimit, type ResetGraphics } from "./pdu/reset-graphics.js";
import { mayScale, surfaceIdAfter, type EgfxServerOutput, type EgfxServerState } from "./server-state.js";

type State = EgfxServerState;
type Outputs = EgfxServerOutput[];

/** What may be commanded on its own, and between the drawings of a frame. */
export type SurfaceCommand =
  /** An id may be used again when its surface is deleted: see `freeSurfaceId`. */
  | {
      readonly type: "createSurface";
      readonly surfaceId: number;
      /** In pixels, at most 65535. */
      readonly width: number;
      readonly height: number;
      /** `argb8888` unless said. */
      readonly pixelFormat?: number;
    }
  /** Its mapping goes with it. Map another surface to the window first, and nothing flickers. */
  | { readonly type: "deleteSurface"; readonly surfaceId: number }
  /** Shows the top left of a surface in a RAIL window. A window shows the surface that was mapped to it last. */
  | {
      readonly type: "mapToWindow";
      readonly surfaceId: number;
      readonly windowId: bigint;
      /** The whole surface unless said. */
      readonly mappedWidth?: number;
      readonly mappedHeight?: number;
      /** As the part that is mapped unless said; if it is different, {@link mayScale} must hold. */
      readonly targetWidth?: number;
      readonly targetHeight?: number;
    }
  /** Shows a surface at a place of the output. */
  | {
      readonly type: "mapToOutput";
      readonly surfaceId: number;
      readonly outputOriginX: number;
      readonly outputOriginY: number;
      /** As the surface unless said; if it is different, {@link mayScale} must hold. */
      readonly targetWidth?: number;
      readonly targetHeight?: number;
    };

/** Sets the size of the output and its monitors. Surfaces, mappings and the cache stay; paint all anew. */
export interface ResetGraphicsCommand {
  readonly type: "resetGraphics";
  /** In pixels, 1 to 32766. */
  readonly width: number;
  readonly height: number;
  /** At most 16; `right` and `bottom` are inclusive. */
  readonly monitors: readonly ResetGraphics["monitorDefArray"][number][];
}

/** The next state, or the rule because of which there is none. */
export type Commanded = State | EgfxRule;

export function surfaceCommanded(state: State, command: SurfaceCommand, outputs: Outputs): Commanded {
  switch (command.type) {
    case "createSurface":
      return createSurface(state, command, outputs);
    case "deleteSurface":
      return deleteSurface(state, command.surfaceId, outputs);
    case "mapToWindow":
      return mapToWindow(state, command, outputs);
    case "mapToOutput":
      return mapToOutput(state, command, outputs);
  }
}

type Command<Type extends SurfaceCommand["type"]> = Extract<SurfaceCommand, { readonly type: Type }>;

function createSurface(state: State, command: Command<"createSurface">, outputs: Outputs): Commanded {
  const { surfaceId, width, height, pixelFormat = PixelFormat.argb8888 } = command;
  const { graphics, options } = state;
  const value = { surfaceId, width, height, pixelFormat };
  if (graphics.surfaces.has(surfaceId)) return "surface-id-in-use";
  const rule = createFault(graphics, value, options);
  if (rule !== undefined) return rule;
  outputs.push(egfxSend({ message: "createSurface", value }));
  return { ...state, graphics: withSurface(graphics, value), nextSurfaceId: surfaceIdAfter(surfaceId) };
}

function deleteSurface(state: State, surfaceId: number, outputs: Outputs): Commanded {
  const surface = state.graphics.surfaces.get(surfaceId);
  if (surface === undefined) return "surface-unknown";
  outputs.push(egfxSend({ message: "deleteSurface", value: { surfaceId } }));
  return { ...state, graphics: withoutSurface(state.graphics, surface) };
}

function mapToWindow(state: State, command: Command<"mapToWindow">, outputs: Outputs): Commanded {
  const { surfaceId, windowId } = command;
  const surface = state.graphics.surfaces.get(surfaceId);
  if (surface === undefined) return "surface-unknown";
  const { mappedWidth = surface.width, mappedHeight = surface.height } = command;
  const { targetWidth = mappedWidth, targetHeight = mappedHeight } = command;
  const isPlain = targetWidth === mappedWidth && targetHeight === mappedHeight;
  const plain = { surfaceId, windowId, mappedWidth, mappedHeight };
  const mapping = { type: "window", windowId, mappedWidth, mappedHeight, targetWidth, targetHeight } as const;
  return mapped(state, surfaceId, mapping, outputs, isPlain, {
    plain: { message: "mapSurfaceToWindow", value: plain },
    scaled: { message: "mapSurfaceToScaledWindow", value: { ...plain, targetWidth, targetHeight } },
  });
}

function mapToOutput(state: State, command: Command<"mapToOutput">, outputs: Outputs): Commanded {
  const { surfaceId, outputOriginX, outputOriginY } = command;
  const surface = state.graphics.surfaces.get(surfaceId);
  if (surface === undefined) return "surface-unknown";
  const { targetWidth = surface.width, targetHeight = surface.height } = command;
  const isPlain = targetWidth === surface.width && targetHeight === surface.height;
  const plain = { surfaceId, outputOriginX, outputOriginY };
  const mapping = { type: "output", outputOriginX, outputOriginY, targetWidth, targetHeight } as const;
  return mapped(state, surfaceId, mapping, outputs, isPlain, {
    plain: { message: "mapSurfaceToOutput", value: plain },
    scaled: { message: "mapSurfaceToScaledOutput", value: { ...plain, targetWidth, targetHeight } },
  });
}

function mapped(
  state: State,
  surfaceId: number,
  mapping: SurfaceMapping,
  outputs: Outputs,
  isPlain: boolean,
  forms: { readonly plain: EgfxMessage; readonly scaled: EgfxMessage },
): Commanded {
  const surface = state.graphics.surfaces.get(surfaceId);
  if (surface === undefined) return "surface-unknown";
  if (mappingFault(surface, mapping) !== undefined) return "map-size";
  const scales = mayScale(state);
  if (!isPlain && !scales) return "scaled-map-not-agreed";
  const usesScaled = !isPlain || (scales && state.options.compat === "wslg" && mapping.type === "window");
  outputs.push(egfxSend(usesScaled ? forms.scaled : forms.plain));
  return { ...state, graphics: withMapping(state.graphics, surface, mapping) };
}

export function resetGraphics(state: State, command: ResetGraphicsCommand, outputs: Outputs): Commanded {
  const { width, height, monitors } = command;
  if (!isOutputSize(width, height)) return "output-size";
  if (monitors.length > monitorLimit) return "too-many-monitors";
  outputs.push(egfxSend({ message: "resetGraphics", value: { width, height, monitorDefArray: [...monitors] } }));
  return state;
}
