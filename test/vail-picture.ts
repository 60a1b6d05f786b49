/** A picture that has its number in every pixel: B, G, R, A, rows from the top. */
export function pictureOf(number: number, width: number, height: number): Uint8Array {
  const words = new Uint32Array(width * height);
  for (let at = 0; at < words.length; at++) words[at] = Math.imul(number, 0x9e37_79b1) ^ Math.imul(at, 0x85eb_ca6b);
  return new Uint8Array(words.buffer);
}

/** Whether these are the pixels of one picture, and not parts of several. */
export function isPicture(pixels: Uint8Array, width: number, height: number): boolean {
  // The first pixel has nothing but the number in it.
  const [first = 0] = new Uint32Array(pixels.slice(0, 4).buffer);
  const words = new Uint32Array(pixels.slice().buffer);
  if (words.length !== width * height) return false;
  return words.every((word, at) => word === (first ^ Math.imul(at, 0x85eb_ca6b)) >>> 0);
}
