import { AnsiText, UnicodeText } from "./pdu/text-payload.js";

export interface FromClipboardText {
  /** `lf` turns each CR LF into LF; `keep`, the default, changes nothing. */
  readonly lineEnds?: "keep" | "lf";
  /** `replace` puts U+FFFD for each lone surrogate; `keep` is the default. */
  readonly loneSurrogates?: "keep" | "replace";
  /**
   * `wslg` does not end the text at its first NUL, but removes NUL and LF from its end, as WSLg's
   * server does. By definition the first NUL ends the text.
   */
  readonly compat?: "wslg";
}

export interface ToClipboardText {
  /** `crlf` turns each LF that has no CR before it into CR LF; `keep` is the default. */
  readonly lineEnds?: "keep" | "crlf";
  readonly loneSurrogates?: "keep" | "replace";
}

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function ended(text: string, options: FromClipboardText): string {
  let end = text.length;
  if (options.compat === "wslg") {
    while (end > 0 && (text[end - 1] === "\0" || text[end - 1] === "\n")) end--;
  } else if (text.includes("\0")) end = text.indexOf("\0");
  const body = text.slice(0, end);
  return options.lineEnds === "lf" ? body.replaceAll("\r\n", "\n") : body;
}

function prepared(text: string, options: ToClipboardText): string {
  const repaired = options.loneSurrogates === "replace" ? text.replace(loneSurrogate, "\ufffd") : text;
  return options.lineEnds === "crlf" ? repaired.replace(/\r?\n/g, "\r\n") : repaired;
}

/** The text of CF_UNICODETEXT data. A last odd byte is ignored. Never throws. */
export function unicodeTextToString(data: Uint8Array, options: FromClipboardText = {}): string {
  const text = ended(UnicodeText.decode(data).text, options);
  return options.loneSurrogates === "replace" ? text.replace(loneSurrogate, "\ufffd") : text;
}

/** CF_UNICODETEXT data, with its NUL. A NUL in the text ends it for the one who reads it. */
export function stringToUnicodeText(text: string, options: ToClipboardText = {}): Uint8Array {
  return UnicodeText.encode({ text: `${prepared(text, options)}\0` });
}

/**
 * The text of CF_TEXT data, each byte as the character of that number: right for ASCII and, as far
 * as they agree, Latin-1. Other code pages are the caller's to translate. Never throws.
 */
export function ansiTextToString(data: Uint8Array, options: FromClipboardText = {}): string {
  return ended(AnsiText.decode(data).text, options);
}

/** CF_TEXT data, with its NUL; a question mark for each character above U+00FF. */
export function stringToAnsiText(text: string, options: ToClipboardText = {}): Uint8Array {
  return AnsiText.encode({ text: `${prepared(text, options).replace(/[^\0-\xff]/gu, "?")}\0` });
}
