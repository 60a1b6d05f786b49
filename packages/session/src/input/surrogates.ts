export const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
export const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** The code point, above 0xFFFF, of two halves. */
export const joinSurrogates = (high: number, low: number): number =>
  0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);

/** The UTF-16 units of a code point. */
export function unitsOf(codePoint: number): number[] {
  if (codePoint <= 0xffff) return [codePoint];
  const offset = codePoint - 0x1_0000;
  return [0xd800 + (offset >> 10), 0xdc00 + (offset & 0x3ff)];
}
