/**
 * Characters that a terminal acts upon or that hide what is written: controls, format characters
 * (bidirectional overrides, zero width), line separators, lone surrogates, characters that are
 * none; and a backslash that would look like one of our own escapes.
 */
const hazards = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]|\\(?=u\{)/gu;
/** The same in JSON, where a line break can only stand between the values. */
const jsonHazards = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;
const plain = /^[ -[\]-~]*$/;
const harmless = /^[ -~\n]*$/;

const escaped = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** Text from the wire as it may be shown on a terminal: hazards become `\u{…}`. */
export const escapeText = (text: string): string => (plain.test(text) ? text : text.replace(hazards, escaped));

/** Text in quotation marks, escaped, cut after `limit` UTF-16 units. */
export function quoteText(text: string, limit = Number.POSITIVE_INFINITY): string {
  const cut = text.length > limit;
  return `"${escapeText(cut ? text.slice(0, limit) : text)}${cut ? "…" : ""}"`;
}

/** JSON text in which the hazards, which stand in strings only, are written as `\uXXXX`. */
export const escapeJson = (json: string): string =>
  harmless.test(json) ? json : json.replace(jsonHazards, escapedUnits);

function escapedUnits(character: string): string {
  let text = "";
  for (let at = 0; at < character.length; at++) {
    text += `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`;
  }
  return text;
}
