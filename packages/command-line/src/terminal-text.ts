/**
 * Characters that a terminal acts upon or that hide what is written: controls, format characters
 * (bidirectional overrides, zero width), line separators, lone surrogates, characters that are
 * none; and a backslash that would look like one of our own escapes.
 */
const hazards = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]|\\(?=u\{)/gu;
const plain = /^[ -[\]-~]*$/;

const escaped = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** Text from the wire as it may be shown on a terminal: hazards become `\u{…}`. */
export const escapeText = (text: string): string => (plain.test(text) ? text : text.replace(hazards, escaped));

/** Text in quotation marks, escaped, cut after `limit` UTF-16 units. */
export function quoteText(text: string, limit = 120): string {
  const cut = text.length > limit;
  return `"${escapeText(cut ? text.slice(0, limit) : text)}${cut ? "…" : ""}"`;
}
