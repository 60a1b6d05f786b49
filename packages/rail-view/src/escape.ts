/** Characters that a terminal acts upon, or that hide what is written; and a backslash that would look like an escape. */
const hazards = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]|\\(?=u\{)/gu;

/** Text of a server as it may be shown on a terminal. */
export const escapeText = (text: string): string =>
  text.replace(hazards, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

/** In quotation marks, cut after `limit` UTF-16 units. */
export const quoteText = (text: string, limit = 120): string =>
  `"${escapeText(text.length > limit ? text.slice(0, limit) : text)}${text.length > limit ? "…" : ""}"`;
