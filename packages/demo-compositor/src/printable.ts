/** Control characters, and what changes the direction or cannot be seen: nothing of it goes to a terminal. */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Text of a peer as it may be printed. */
export const printable = (text: string): string =>
  text.replace(unprintable, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
