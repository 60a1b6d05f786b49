/**
 * How pixels reach a client. `vail`: memory that it shares. `egfx`: surfaces of the graphics
 * pipeline, each mapped to its window. `composed`: an image of the whole desktop, out of which
 * clients that know neither cut their windows.
 */
export type PixelPathName = "vail" | "egfx" | "composed";
