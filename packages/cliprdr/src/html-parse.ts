import { decodeUtf8 } from "./utf8.js";

/** What is wrong with CF_HTML data; the text is found by other means then. */
export type CfHtmlFault = "no-header" | "bad-html-offsets" | "bad-fragment-offsets" | "no-html";

/** The parts of CF_HTML data. */
export interface CfHtml {
  /** `0.9` or `1.0`; undefined if the data does not say. */
  readonly version?: string | undefined;
  /** Where the fragment was copied from. */
  readonly sourceUrl?: string | undefined;
  /** The context: a document with the fragment in it. */
  readonly html: string;
  /** What was copied. */
  readonly fragment: string;
  readonly faults: readonly CfHtmlFault[];
}

const startMarker = "<!--StartFragment-->";
const endMarker = "<!--EndFragment-->";
const maxHeaderLines = 32;
const lessThan = 0x3c;

interface Header {
  readonly fields: ReadonlyMap<string, string>;
  /** Bytes of the header. */
  readonly length: number;
}

function readHeader(data: Uint8Array): Header {
  const fields = new Map<string, string>();
  let at = 0;
  while (fields.size < maxHeaderLines) {
    let end = at;
    while (end < data.length && data[end] !== 0x0d && data[end] !== 0x0a) end++;
    if (end === data.length || data[at] === lessThan) break;
    const line = /^([A-Za-z]+):(.*)$/s.exec(decodeUtf8(data.subarray(at, end)));
    if (line === null) break;
    fields.set((line[1] ?? "").toLowerCase(), (line[2] ?? "").trim());
    at = end + (data[end] === 0x0d && data[end + 1] === 0x0a ? 2 : 1);
  }
  return { fields, length: at };
}

/** The bytes between two offsets of the header, if they are offsets and stand in order. */
function between(data: Uint8Array, start: string | undefined, end: string | undefined): Uint8Array | undefined {
  if (start === undefined || end === undefined || !/^\d+$/.test(start) || !/^\d+$/.test(end)) return undefined;
  const [from, to] = [Number(start), Number(end)];
  return from <= to && to <= data.length ? data.subarray(from, to) : undefined;
}

/** The text without characters of `extra` at its end. */
function withoutEnd(text: string, extra: string): string {
  let end = text.length;
  while (end > 0 && extra.includes(text[end - 1] as string)) end--;
  return text.slice(0, end);
}

/** What stands between the marker comments, or all of it. */
function marked(html: string): string {
  const start = html.indexOf(startMarker);
  const end = html.indexOf(endMarker);
  return start >= 0 && end >= start + startMarker.length ? html.slice(start + startMarker.length, end) : html;
}

/**
 * Reads data of the format "HTML Format" (CF_HTML): a header of ASCII lines with byte offsets,
 * then UTF-8. Offsets that cannot be right are named in `faults`, and the marker comments are used
 * in their place. Never throws.
 *
 * `compat: "wslg"` ignores the header and takes all from `<html` on, as WSLg's server does.
 */
export function parseCfHtml(data: Uint8Array, options: { readonly compat?: "wslg" } = {}): CfHtml {
  if (options.compat === "wslg") return parseLikeWslg(data);
  const faults: CfHtmlFault[] = [];
  const { fields, length } = readHeader(data);
  if (!fields.has("version")) faults.push("no-header");
  const [startHtml, endHtml] = [fields.get("starthtml"), fields.get("endhtml")];
  const context = between(data, startHtml, endHtml);
  // -1 says that there is no context; then all after the header is the best there is.
  if (context === undefined && startHtml !== "-1" && fields.size > 0) faults.push("bad-html-offsets");
  const html = withoutEnd(decodeUtf8(context ?? data.subarray(length)), "\0");
  const exact = between(data, fields.get("startfragment"), fields.get("endfragment"));
  if (exact === undefined && fields.size > 0) faults.push("bad-fragment-offsets");
  return {
    version: fields.get("version"),
    sourceUrl: fields.get("sourceurl"),
    html,
    fragment: exact === undefined ? marked(html) : decodeUtf8(exact),
    faults,
  };
}

function parseLikeWslg(data: Uint8Array): CfHtml {
  const text = decodeUtf8(data);
  const start = text.indexOf("<html");
  if (start < 0) return { html: "", fragment: "", faults: ["no-html"] };
  const html = withoutEnd(text.slice(start), "\0\n");
  return { html, fragment: html, faults: [] };
}
