import type { Source } from "./record-window.js";

const optionEnd = 0;
const optionComment = 1;

/** Comments of one block that are kept; a block can hold millions of empty ones. */
const mostComments = 64;

const utf8 = new TextDecoder();

/**
 * Goes over the options of a block (draft-ietf-opsawg-pcapng, section 3.5): `take` gets the code of
 * each, and where its value begins and how long it is. False if they do not fit.
 */
export function readOptions(
  { view }: Source,
  start: number,
  end: number,
  littleEndian: boolean,
  take: (code: number, value: number, length: number) => void,
): boolean {
  for (let at = start; end - at >= 4;) {
    const code = view.getUint16(at, littleEndian);
    const length = view.getUint16(at + 2, littleEndian);
    if (code === optionEnd) return true;
    at += 4;
    if (length > end - at) return false;
    take(code, at, length);
    at += (length + 3) & ~3;
  }
  return true;
}

/**
 * The comments (opt_comment) among the options of a block, as many as fit; `damaged` if the options
 * do not fit. Their text is UTF-8; what is not is replaced by U+FFFD.
 */
export function readComments(
  source: Source,
  start: number,
  end: number,
  littleEndian: boolean,
): { readonly comments: readonly string[]; readonly damaged: boolean } {
  const comments: string[] = [];
  const fit = readOptions(source, start, end, littleEndian, (code, value, length) => {
    if (code !== optionComment || comments.length >= mostComments) return;
    comments.push(utf8.decode(source.bytes.subarray(value, value + length)));
  });
  return { comments, damaged: !fit };
}
