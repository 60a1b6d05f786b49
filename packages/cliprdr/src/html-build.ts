import { encodeUtf8 } from "./utf8.js";

export interface BuildCfHtml {
  /** Where the fragment comes from. It is left out if it has a line break. */
  readonly sourceUrl?: string;
}

const startMarker = "<!--StartFragment-->";
const endMarker = "<!--EndFragment-->";
const digits = (offset: number, width: number): string => `${offset}`.padStart(width, "0");

/** A document cut where the fragment begins and ends, markers not included. */
function cut(html: string): readonly [before: string, fragment: string, after: string] {
  const start = html.indexOf(startMarker);
  const end = html.lastIndexOf(endMarker);
  if (start >= 0 && end >= start + startMarker.length) {
    return [html.slice(0, start), html.slice(start + startMarker.length, end), html.slice(end + endMarker.length)];
  }
  const from = html.indexOf(">", html.search(/<body[\s>]/i)) + 1;
  if (from === 0 || !/<body[\s>]/i.test(html)) return ["<html><body>\r\n", html, "\r\n</body></html>"];
  let to = html.length;
  for (const { index } of html.matchAll(/<\/body/gi)) if (index >= from) to = index;
  return [html.slice(0, from), html.slice(from, to), html.slice(to)];
}

/**
 * Data of the format "HTML Format" (CF_HTML) for a document, or for a fragment, which gets a
 * document around it. The fragment is what stands between marker comments if there are any, else
 * the contents of the body. Offsets are in bytes of the UTF-8 data: StartFragment is the first
 * byte after the opening marker, EndFragment the first of the closing one. Ends with a NUL, which
 * the offsets do not count.
 */
export function buildCfHtml(html: string, options: BuildCfHtml = {}): Uint8Array {
  const [before, fragment, after] = cut(html).map(encodeUtf8) as [Uint8Array, Uint8Array, Uint8Array];
  const url = options.sourceUrl;
  const source = url === undefined || /[\r\n]/.test(url) ? "" : `SourceURL:${url}\r\n`;
  const header = (offsets: readonly number[]): Uint8Array => {
    const [a, b, c, d] = offsets.map((offset) => digits(offset, 10));
    return encodeUtf8(
      `Version:0.9\r\nStartHTML:${a}\r\nEndHTML:${b}\r\nStartFragment:${c}\r\nEndFragment:${d}\r\n${source}`,
    );
  };
  const startHtml = header([0, 0, 0, 0]).length;
  const startFragment = startHtml + before.length + startMarker.length;
  const endFragment = startFragment + fragment.length;
  const endHtml = endFragment + endMarker.length + after.length;
  return joined([
    header([startHtml, endHtml, startFragment, endFragment]),
    before,
    encodeUtf8(startMarker),
    fragment,
    encodeUtf8(endMarker),
    after,
    new Uint8Array(1),
  ]);
}

/**
 * The same as WSLg's server builds it: no StartHTML, the opening marker counted into the fragment,
 * tags in lower case only. Undefined if the document lacks one of them, or is too long for the 8
 * digits of an offset; WSLg fails on the first and writes a damaged header on the second.
 */
export function buildCfHtmlLikeWslg(html: string): Uint8Array | undefined {
  const start = html.indexOf("<html");
  const body = html.indexOf("<body", start);
  const inner = html.indexOf(">", body) + 1;
  const close = html.indexOf("</body", inner);
  if (start < 0 || body < 0 || inner === 0 || close < 0) return undefined;
  const [before, fragment, after] = [html.slice(start, inner), html.slice(inner, close), html.slice(close)].map(
    encodeUtf8,
  ) as [Uint8Array, Uint8Array, Uint8Array];
  const headerSize = 85;
  const opening = encodeUtf8(`${startMarker}\r\n`);
  const startFragment = headerSize + before.length;
  const endFragment = startFragment + opening.length + fragment.length;
  if (endFragment > 99_999_999) return undefined;
  const header = `Version:0.9\r\nStartHTML:-1\r\nEndHTML:-1\r\nStartFragment:${digits(startFragment, 8)}\r\nEndFragment:${digits(endFragment, 8)}\r\n`;
  return joined([
    encodeUtf8(header),
    before,
    opening,
    fragment,
    encodeUtf8(`${endMarker}\r\n`),
    after,
    new Uint8Array(1),
  ]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
