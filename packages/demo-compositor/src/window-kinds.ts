import type { MakeWindow } from "./demo-window.js";
import { AnimationWindow } from "./windows/animation-window.js";
import { GlassWindow } from "./windows/glass-window.js";
import { PaintWindow } from "./windows/paint-window.js";
import { TextWindow } from "./windows/text-window.js";

/** The windows of the demo by the names under which a client starts them; the last one begins on top. */
export const windowKinds: ReadonlyMap<string, MakeWindow> = new Map<string, MakeWindow>([
  ["animation", (host) => new AnimationWindow(host)],
  ["paint", (host) => new PaintWindow(host)],
  ["glass", (host) => new GlassWindow(host)],
  ["text", (host) => new TextWindow(host)],
]);

/** Starts all of them. Clients put two bars before the name of what is no path. */
export const everything = "||demo";
