/**
 * Characters that a terminal acts upon or that hide what is written: controls, format characters
 * (bidirectional overrides, zero width), line separators, lone surrogates, characters that are
 * none. A line break can only stand between the values of JSON.
 */
const hazards = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;
const harmless = /^[ -~\n]*$/;
const plain = /^[ !#-[\]-~]*$/;

function escapedUnits(character: string): string {
  let text = "";
  for (let at = 0; at < character.length; at++) {
    text += `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`;
  }
  return text;
}

/** The same JSON, safe to show on a terminal: hazards, which stand in strings only, as `\uXXXX`. */
export const escapeJson = (json: string): string => (harmless.test(json) ? json : json.replace(hazards, escapedUnits));

/** A string as JSON that is safe to show on a terminal. */
export const quoteJson = (text: string): string => (plain.test(text) ? `"${text}"` : escapeJson(JSON.stringify(text)));
