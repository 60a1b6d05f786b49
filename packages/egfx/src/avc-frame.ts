import { DecodeError } from "@railvail/wire";
import type { Avc420BitmapStream } from "./pdu/avc.js";
import type { Rect16 } from "./pdu/geometry.js";

/** RDPGFX_AVC420_QUANT_QUALITY, [MS-RDPEGFX] 2.2.4.4.2. */
export interface AvcQuantQuality {
  /** The quantization parameter, 0 to 63. */
  readonly qp: number;
  /** Later frames make the region better. */
  readonly progressive: boolean;
  /** 0 to 100. */
  readonly quality: number;
}

/** One frame of H.264 and what is said of it. */
export interface AvcFrame {
  /** The rectangles of the surface that the frame changes, in pixels. */
  readonly regionRects: readonly Rect16[];
  /** One for each rectangle. */
  readonly quantQualityVals: readonly AvcQuantQuality[];
  /** NAL units with start codes; a view of the input. */
  readonly bitstream: Uint8Array;
}

const pairSize = 2;

/**
 * Takes the values of quality and the bitstream of a decoded stream apart. Throws
 * {@link DecodeError} if there are fewer values than rectangles. [MS-RDPEGFX] 2.2.4.4.
 */
export function avcFrame({ regionRects, frame }: Pick<Avc420BitmapStream, "regionRects" | "frame">): AvcFrame {
  const needed = regionRects.length * pairSize;
  if (frame.length < needed) {
    const issue = { code: "not-enough-bytes", needed, available: frame.length } as const;
    throw new DecodeError("RFX_AVC420_METABLOCK", "quantQualityVals", 4 + regionRects.length * 8, issue);
  }
  const quantQualityVals = regionRects.map((_, index) => {
    const [qpVal = 0, quality = 0] = frame.subarray(index * pairSize, (index + 1) * pairSize);
    return { qp: qpVal & 0x3f, progressive: qpVal >= 0x80, quality };
  });
  return { regionRects, quantQualityVals, bitstream: frame.subarray(needed) };
}
