import type { PaletteUpdate } from "../pdu/bitmap-update.js";

/** The colors of pixels of 8 bits: 256 times B, G, R and 255. */
export type Palette = Uint8Array;

const colors = 256;

/**
 * The palette that a palette update sets, [MS-RDPBCGR] 2.2.9.1.1.3.1.1.1. Colors that it does not
 * name are black; more than 256 are ignored.
 */
export function paletteOf(entries: PaletteUpdate["paletteEntries"]): Palette {
  const palette = new Uint8Array(colors * 4);
  for (let index = 0; index < colors; index++) {
    const at = index * 4;
    const color = entries[index];
    palette[at] = color?.blue ?? 0;
    palette[at + 1] = color?.green ?? 0;
    palette[at + 2] = color?.red ?? 0;
    palette[at + 3] = 0xff;
  }
  return palette;
}
