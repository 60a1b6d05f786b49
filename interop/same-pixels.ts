import type { CompositorSession } from "./compositor-session.js";
import type { Display, Screenshot } from "./display.js";
import { until } from "./until.js";

/** A colour as R, G, B. */
type Rgb = readonly [number, number, number];

/** What a comparison found. */
export interface Comparison {
  /** Pixels that were compared, by window title. */
  readonly compared: ReadonlyMap<string, number>;
  /** The first pixels that differ, as text. */
  readonly differences: readonly string[];
}

export interface CompareOptions {
  /** Where the left upper pixel of the session's desktop is on the screen. */
  readonly origin?: { readonly left: number; readonly top: number };
  /** How far a colour may be off, of 255: where fewer bits are sent. */
  readonly tolerance?: number;
}

/** Blending rounds: a pixel under glass may be off by so much. */
const roundingError = 1;
const keptDifferences = 5;

/**
 * Compares what is on the screen with what was drawn: each pixel that belongs to a window of the
 * session, by the session's own z-order. Opaque pixels must be the same, blended ones up to rounding.
 */
async function compare(
  session: CompositorSession,
  screen: Screenshot,
  { origin = { left: 0, top: 0 }, tolerance = 0 }: CompareOptions = {},
): Promise<Comparison> {
  const { windows } = session.compositor;
  const layers = [];
  for (const id of windows.zOrder) {
    const window = windows.all.get(id);
    if (window === undefined || window.showState === "minimized" || window.showState === "hidden") continue;
    layers.push({ window, canvas: await session.pixels(id) });
  }
  const compared = new Map<string, number>();
  const differences: string[] = [];
  for (let y = 0; y < screen.height; y++) {
    for (let x = 0; x < screen.width; x++) {
      const here = layers.filter(
        ({ window: { left, top, width, height } }) => x >= left && y >= top && x < left + width && y < top + height,
      );
      const [top] = here;
      if (top === undefined) continue;
      const { rgb, blended } = expected(here, x, y);
      compared.set(top.window.title, (compared.get(top.window.title) ?? 0) + 1);
      const at = ((y + origin.top) * screen.width + x + origin.left) * 4;
      const seen: Rgb = [screen.pixels[at] ?? 0, screen.pixels[at + 1] ?? 0, screen.pixels[at + 2] ?? 0];
      const most = Math.max(...rgb.map((value, index) => Math.abs(value - (seen[index] ?? 0))));
      if (most <= blended * roundingError + tolerance || differences.length >= keptDifferences) continue;
      differences.push(`${top.window.title} at ${x},${y}: drawn ${rgb.join(" ")}, shown ${seen.join(" ")}`);
    }
  }
  return { compared, differences };
}

/** Waits until the screen shows what was drawn, and gives how many pixels of each window were compared. */
export async function samePixels(
  session: CompositorSession,
  display: Display,
  options: CompareOptions = {},
): Promise<ReadonlyMap<string, number>> {
  let last: Comparison | undefined;
  return until(
    "the screen shows what was drawn",
    async () => {
      last = await compare(session, await display.screenshot(), options);
      return last.differences.length === 0 && last.compared;
    },
    { detail: () => last?.differences.join("; ") ?? "nothing was compared" },
  );
}

interface Layer {
  readonly window: { readonly left: number; readonly top: number; readonly opaque: boolean };
  readonly canvas: { readonly width: number; readonly pixels: Uint8Array };
}

/** Layers over each other on black, the first on top; `blended`: how often colours were mixed. */
function expected(layers: readonly Layer[], x: number, y: number): { rgb: Rgb; blended: number } {
  let rgb: Rgb = [0, 0, 0];
  let blended = 0;
  for (const { window, canvas } of layers.toReversed()) {
    const at = ((y - window.top) * canvas.width + x - window.left) * 4;
    const [b = 0, g = 0, r = 0, a = 0] = canvas.pixels.subarray(at, at + 4);
    const through = window.opaque ? 0 : 255 - a;
    if (through > 0) blended++;
    else blended = 0;
    const mix = (over: number, under: number): number => over + (under * through) / 255;
    rgb = [mix(r, rgb[0]), mix(g, rgb[1]), mix(b, rgb[2])];
  }
  return { rgb, blended };
}
