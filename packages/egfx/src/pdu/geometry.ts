import { struct, u16, u8, type ValueOf } from "@railvail/wire";

const point16Shape = { x: u16, y: u16 };
const rect16Shape = { left: u16, top: u16, right: u16, bottom: u16 };
const color32Shape = { b: u8, g: u8, r: u8, xa: u8 };

/** RDPGFX_POINT16, [MS-RDPEGFX] 2.2.1.1: pixels on a surface. */
export const point16 = struct(point16Shape);
export type Point16 = ValueOf<typeof point16Shape>;

/** RDPGFX_RECT16, [MS-RDPEGFX] 2.2.1.2: pixels; `right` and `bottom` are exclusive. */
export const rect16 = struct(rect16Shape);
export type Rect16 = ValueOf<typeof rect16Shape>;

/** RDPGFX_COLOR32, [MS-RDPEGFX] 2.2.1.3: `xa` is alpha on ARGB surfaces, ignored on XRGB ones. */
export const color32 = struct(color32Shape);
export type Color32 = ValueOf<typeof color32Shape>;
