import { bits, bytes, carrier, pdu, rest, u8, type Infer } from "@railvail/wire";

/**
 * The payload of the codec `planar`: one byte that says how the planes after it are made. `cll` is
 * the color loss level: 0 is RGB, 1 to 7 is AYCoCg with so many bits less chroma. `cs`: chroma is
 * subsampled. `rle`: planes are run-length encoded; if not, one byte of padding follows them. `na`:
 * there is no alpha plane. Where one plane ends follows from the size of the bitmap and the runs,
 * so `planes` is all of them: alpha, luma or red, orange or green, green chroma or blue.
 */
export const PlanarBitmapStream = pdu(
  "RDP6_BITMAP_STREAM",
  "[MS-RDPEGDI] 2.2.2.5.1",
  {
    formatHeader: carrier(u8),
    cll: bits("formatHeader", 0, 3),
    cs: bits("formatHeader", 3, 1),
    rle: bits("formatHeader", 4, 1),
    na: bits("formatHeader", 5, 1),
    planes: bytes(rest),
  },
  { sentBy: "server" },
);
export type PlanarBitmapStream = Infer<typeof PlanarBitmapStream>;
