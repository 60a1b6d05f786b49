/** Bytes in UTF-8 that are kept of the start and of the end of a long name; file systems take 255 in all. */
const startLimit = 110;
const endLimit = 30;

/**
 * A name from the wire as part of a file's name: its last part after slashes of either kind, of which
 * letters, digits, dots, hyphens and underscores stay; no dot at either end. Empty if nothing stays.
 * It can be no path, no hidden file, and does nothing to a terminal.
 */
export function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  const plain = last
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}._-]+/gu, "_")
    .replace(/^[._]+|[._]+$/g, "");
  if (Buffer.byteLength(plain) <= startLimit + endLimit) return plain;
  const characters = Array.from(plain);
  // The end has what says of what kind the file is.
  return `${fitting(characters, startLimit)}_${fitting(characters.toReversed(), endLimit - 1, true)}`;
}

/** As many characters as fit, put together forwards or, if they came backwards, turned round. */
function fitting(characters: readonly string[], limit: number, backwards = false): string {
  let text = "";
  for (const character of characters) {
    if (Buffer.byteLength(text) + Buffer.byteLength(character) > limit) break;
    text = backwards ? character + text : text + character;
  }
  return text;
}
