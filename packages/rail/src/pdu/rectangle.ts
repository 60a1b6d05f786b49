import { u16 } from "@railvail/wire";

/**
 * TS_RECTANGLE_16, [MS-RDPERP] 2.2.1.2.2: corners in pixels, `right` and `bottom` outside the
 * rectangle. Unsigned by the specification; peers put negative coordinates in, modulo 65,536.
 */
export const rectangle16 = { left: u16, top: u16, right: u16, bottom: u16 };
