/** Value of a hex digit given as UTF-16 unit; -1 for any other. */
export const hexDigit = (code: number): number => {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
};

/** The character of a text at a place, as a message names it. */
export const namedCharacter = (text: string, at: number): string => {
  const code = text.codePointAt(at) ?? 0;
  return code > 0x20 && code < 0x7f ? `'${String.fromCodePoint(code)}'` : `U+${code.toString(16).padStart(4, "0")}`;
};
