/** RDPGFX_PIXELFORMAT, [MS-RDPEGFX] 2.2.1.4: 32-bit pixels, bytes in the order B, G, R, X or A. */
export const PixelFormat = { xrgb8888: 0x20, argb8888: 0x21 } as const;
