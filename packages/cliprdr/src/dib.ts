import {
  DibCompression,
  DibHeaderSize,
  pixelOffset,
  pixelSize,
  readDibHeader,
  type DibFault,
  type DibHeader,
} from "./dib-header.js";

export interface ConvertDib {
  /** `wslg` computes as WSLg's server does, which is right for the most common bitmaps only. */
  readonly compat?: "wslg";
}

const fileHeaderSize = 14;
const magic = 0x4d42;
/** Where a version 5 header says at which offset from itself its profile is; its size follows. */
const profileOffsetAt = 112;

/**
 * A BMP file of the data of CF_DIB or CF_DIBV5: the data with a file header before it. By default
 * all data is taken over, with a colour profile that follows the pixels; `wslg` drops what follows
 * the pixels. Returns a fault and no file if the data is no bitmap or lacks pixels.
 */
export function dibToBmp(dib: Uint8Array, options: ConvertDib = {}): Uint8Array | DibFault {
  const header = readDibHeader(dib);
  if (typeof header === "string") return header;
  const wslg = options.compat === "wslg";
  const offset = wslg ? wslgPixelOffset(header) : pixelOffset(header);
  const pixels = wslg ? wslgPixelSize(header) : (pixelSize(header) ?? 0);
  if (pixels === undefined) return "unknown-size";
  if (offset + pixels > dib.length) return "too-short";
  const content = wslg ? dib.subarray(0, offset + pixels) : dib;
  const bmp = new Uint8Array(fileHeaderSize + content.length);
  const view = new DataView(bmp.buffer);
  view.setUint16(0, magic, true);
  view.setUint32(2, bmp.length, true);
  view.setUint32(10, fileHeaderSize + offset, true);
  bmp.set(content, fileHeaderSize);
  return bmp;
}

/**
 * The data of CF_DIB or CF_DIBV5 of a BMP file: the file without its header, and without a gap
 * between colour table and pixels, which the file header allows and the clipboard does not. `wslg`
 * drops the first 14 bytes whatever they are. Where there is no gap, the result is a view.
 */
export function bmpToDib(bmp: Uint8Array, options: ConvertDib = {}): Uint8Array | DibFault {
  if (bmp.length < fileHeaderSize) return "too-short";
  const dib = bmp.subarray(fileHeaderSize);
  if (options.compat === "wslg") return dib;
  const view = new DataView(bmp.buffer, bmp.byteOffset, bmp.byteLength);
  if (view.getUint16(0, true) !== magic) return "not-a-bitmap";
  const header = readDibHeader(dib);
  if (typeof header === "string") return header;
  const offset = pixelOffset(header);
  const stated = view.getUint32(10, true) - fileHeaderSize;
  if (offset > dib.length || stated > dib.length) return "too-short";
  if (stated <= offset) return dib;
  const out = new Uint8Array(dib.length - (stated - offset));
  out.set(dib.subarray(0, offset));
  out.set(dib.subarray(stated), offset);
  if (header.size === DibHeaderSize.v5) moveProfile(out, stated, stated - offset);
  return out;
}

/** The profile of a version 5 header stands at an offset of its own, which the gap has shifted. */
function moveProfile(dib: Uint8Array, pixels: number, gap: number): void {
  const view = new DataView(dib.buffer);
  const at = view.getUint32(profileOffsetAt, true);
  if (at >= pixels) view.setUint32(profileOffsetAt, at - gap, true);
  else {
    // A profile in the gap is gone with it.
    view.setUint32(profileOffsetAt, 0, true);
    view.setUint32(profileOffsetAt + 4, 0, true);
  }
}

function wslgPixelOffset(header: DibHeader): number {
  return header.size + (header.compression === DibCompression.bitfields ? 12 : header.colorsUsed * 4);
}

function wslgPixelSize(header: DibHeader): number | undefined {
  const known = header.compression === DibCompression.rgb || header.compression === DibCompression.bitfields;
  return known || header.imageSize !== 0 ? pixelSize(header) : undefined;
}
