import { bytes, equals, list, literal, not, pdu, rest, struct, u16, u32, u8, when, type Infer } from "@railvail/wire";

/** `compressed` of an alpha stream: any other value than `raw` means runs. */
export const AlphaCompression = { raw: 0, runs: 1 } as const;

/** The bytes "LA". */
export const alphaSignature = 0x414c;

/**
 * The payload of the codec `alpha`: one byte of opacity a pixel, row by row from the top left,
 * raw or as runs (CLEARCODEC_ALPHA_RLE_SEGMENT, 2.2.4.3.1). A run's length is in the first
 * factor that is not all ones. This declaration is for looking at the bytes; `decodeAlpha` and
 * `encodeAlpha` are for pixels.
 */
export const AlphaBitmapStream = pdu(
  "ALPHACODEC_BITMAP_STREAM",
  "[MS-RDPEGFX] 2.2.4.3",
  {
    alphaSig: literal(u16, alphaSignature),
    compressed: u16,
    alpha: when(equals("compressed", AlphaCompression.raw), bytes(rest)),
    segments: when(
      not(equals("compressed", AlphaCompression.raw)),
      list(
        struct({
          runValue: u8,
          runLengthFactor1: u8,
          runLengthFactor2: when(equals("runLengthFactor1", 0xff), u16),
          runLengthFactor3: when(equals("runLengthFactor2", 0xffff), u32),
        }),
        rest,
      ),
    ),
  },
  { sentBy: "server" },
);
export type AlphaBitmapStream = Infer<typeof AlphaBitmapStream>;
