/** An image. @typedef {{ pixels: Uint8Array, width: number, height: number, stride: number }} Image */

/** Columns and rows of the pixels that change with each frame. */
const marks = 8;
const pixelBytes = 4;

/** Where those pixels are, in bytes. @param {Image} image */
function* places({ width, height, stride }) {
  for (let row = 0; row < marks; row++) {
    for (let column = 0; column < marks; column++) {
      const [x, y] = [Math.floor(((column + 0.5) * width) / marks), Math.floor(((row + 0.5) * height) / marks)];
      yield y * stride + x * pixelBytes;
    }
  }
}

/** Opaque pixels, each of another colour than its neighbours. @param {Image} image @param {number} windowId */
export function drawPattern({ pixels, width, height, stride }, windowId) {
  for (let y = 0; y < height; y++) {
    for (let x = 0, at = y * stride; x < width; x++, at += pixelBytes) {
      pixels[at] = x + windowId;
      pixels[at + 1] = y;
      pixels[at + 2] = (x >> 8) * 16 + (y >> 8) + windowId;
      pixels[at + 3] = 0xff;
    }
  }
}

/** All that changes from frame to frame: its number, in 64 pixels all over the image. @param {Image} image @param {number} frame */
export function drawFrame(image, frame) {
  const { pixels } = image;
  for (const at of places(image)) {
    pixels[at] = frame;
    pixels[at + 1] = frame >> 8;
    pixels[at + 2] = frame >> 16;
  }
}

/** The number of the frame that is in the image; undefined if it is not the same everywhere. @param {Image} image */
export function frameIn(image) {
  const { pixels } = image;
  /** @type {number | undefined} */
  let frame;
  for (const at of places(image)) {
    const number = pixels[at] | (pixels[at + 1] << 8) | (pixels[at + 2] << 16);
    if (frame !== undefined && number !== frame) return undefined;
    frame = number;
  }
  return frame;
}

/** Whether an image is the pattern with a frame drawn on it, alpha left out. @param {Image} image @param {number} windowId */
export function isPattern(image, windowId) {
  const { width, height, stride } = image;
  const frame = frameIn(image);
  if (frame === undefined) return false;
  const expected = { width, height, stride: width * pixelBytes, pixels: new Uint8Array(width * pixelBytes * height) };
  drawPattern(expected, windowId);
  drawFrame(expected, frame);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width * pixelBytes; x++) {
      if (x % pixelBytes !== 3 && image.pixels[y * stride + x] !== expected.pixels[y * expected.stride + x])
        return false;
    }
  }
  return true;
}
