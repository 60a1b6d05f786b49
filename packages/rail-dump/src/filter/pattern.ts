import { RE2JS, RE2JSSyntaxException } from "re2js";

/** A regular expression that cannot be understood. The message is one lower-case sentence. */
export class PatternError extends Error {
  override readonly name = "PatternError";
}

/**
 * Whether a text has a part that a regular expression matches; letters of either case are the same. The
 * syntax is that of RE2: its time grows with the size of the expression times the length of the
 * text, whatever is in either, and the texts come from the wire. Throws {@link PatternError}.
 */
export function patternTest(pattern: string): (text: string) => boolean {
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
    return (text) => compiled.test(text);
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) throw new PatternError(error.getDescription());
    throw error;
  }
}
