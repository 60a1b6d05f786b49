import type { ClipboardFormat } from "./cliprdr-state.js";
import { FormatName } from "./format-id.js";

/** Units of a name in a short list: 32 bytes with a NUL; peers leave the NUL out. */
const shortName = 15;

/** Lengths that names cut by a peer have, in UTF-16 and in ASCII, with and without a NUL. */
const cutLengths: readonly number[] = [shortName, shortName + 1, 31, 32];

/**
 * Whether a format of a peer has this name. A short format list cuts names: one that fills its
 * field is taken for any name that starts with it.
 */
export const hasFormatName = ({ formatName }: ClipboardFormat, name: string): boolean =>
  formatName === name || (cutLengths.includes(formatName.length) && name.startsWith(formatName));

export const isFileList = (format: ClipboardFormat): boolean => hasFormatName(format, FormatName.fileGroupDescriptor);

/** The formats as a list can hold them: a name ends at its first NUL. */
export function listable(formats: readonly ClipboardFormat[], longNames: boolean, wslg: boolean): ClipboardFormat[] {
  const most = longNames ? Infinity : wslg ? shortName + 1 : shortName;
  return formats.map(({ formatId, formatName }) => ({ formatId, formatName: cutName(formatName, most) }));
}

/** [MS-RDPECLIP] 2.2.3.1.1.1: a name that does not fit is cut; not between the halves of a character. */
function cutName(name: string, most: number): string {
  const [text = ""] = name.split("\0", 1);
  if (text.length <= most) return text;
  return isHighSurrogate(text.charCodeAt(most - 1)) ? text.slice(0, most - 1) : text.slice(0, most);
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
