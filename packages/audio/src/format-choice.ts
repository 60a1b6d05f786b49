import type { AudioFormat } from "./pdu/audio-format.js";

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);

/** Whether data in one is data in the other: all fields but the mean rate, by which a decoder does not go. */
const sameCoding = (a: AudioFormat, b: AudioFormat): boolean =>
  a.wFormatTag === b.wFormatTag &&
  a.nChannels === b.nChannels &&
  a.nSamplesPerSec === b.nSamplesPerSec &&
  a.nBlockAlign === b.nBlockAlign &&
  a.wBitsPerSample === b.wBitsPerSample &&
  sameBytes(a.data, b.data);

export const sameFormat = (a: AudioFormat, b: AudioFormat): boolean =>
  a.nAvgBytesPerSec === b.nAvgBytesPerSec && sameCoding(a, b);

/** A format that may be kept: what was decoded shares the memory of the message. */
export const keptFormat = (format: AudioFormat): AudioFormat => ({ ...format, data: format.data.slice() });

/** The extra data of a whole list: as much as one format may have. Usual lists have some hundred bytes. */
const maxListData = 0xffff;

/** The formats of a list that may be kept, those that come first: blocks name a format by its index. */
export function keptFormats(list: readonly AudioFormat[], maxFormats: number): AudioFormat[] {
  let bytes = 0;
  const kept: AudioFormat[] = [];
  for (const format of list.slice(0, maxFormats)) {
    bytes += format.data.length;
    if (bytes > maxListData) break;
    kept.push(keptFormat(format));
  }
  return kept;
}

/**
 * The formats of the server's list that a client can use, as the server wrote them ([MS-RDPEA] 3.2.5.1.1.2, [MS-RDPEAI]
 * 3.2.5.1.5), the client's favourites first. A format of the client's stands for one at most of the server's.
 */
export function commonFormats(favourites: readonly AudioFormat[], list: readonly AudioFormat[]): AudioFormat[] {
  return favourites
    .map((wanted) => list[indexOfFormat(list, wanted) ?? list.length])
    .filter((format) => format !== undefined)
    .map(keptFormat);
}

/** Where the format is in a list; else where one is that differs in the mean rate only. */
function indexOfFormat(list: readonly AudioFormat[], wanted: AudioFormat): number | undefined {
  const exact = list.findIndex((format) => sameFormat(format, wanted));
  const index = exact >= 0 ? exact : list.findIndex((format) => sameCoding(format, wanted));
  return index >= 0 ? index : undefined;
}

/** The index, in the client's list, of the first of the server's favourites that is there. */
export function chosenFormat(favourites: readonly AudioFormat[], list: readonly AudioFormat[]): number | undefined {
  for (const wanted of favourites) {
    const index = indexOfFormat(list, wanted);
    if (index !== undefined) return index;
  }
  return undefined;
}

/**
 * What WSLg takes of the client's list: the last format with the tag, channels and rate of one of its own. It does not
 * look at the bits of a sample.
 */
export function chosenFormatLikeWslg(
  favourites: readonly AudioFormat[],
  list: readonly AudioFormat[],
): number | undefined {
  const index = list.findLastIndex(({ wFormatTag, nChannels, nSamplesPerSec }) =>
    favourites.some(
      (ours) =>
        ours.wFormatTag === wFormatTag && ours.nChannels === nChannels && ours.nSamplesPerSec === nSamplesPerSec,
    ),
  );
  return index >= 0 ? index : undefined;
}
