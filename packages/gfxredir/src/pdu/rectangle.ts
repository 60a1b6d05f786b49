import { struct, u32, type ValueOf } from "@railvail/wire";

const rectangle32Shape = { left: u32, top: u32, width: u32, height: u32 };

/** RECTANGLE_32: pixels, with width and height instead of right and bottom. */
export const rectangle32 = struct(rectangle32Shape);
export type Rectangle32 = ValueOf<typeof rectangle32Shape>;
