const words16 = (word: number): [number, number] => [word >>> 16, word & 0xffff];

const formatV4 = (word: number): string =>
  `${word >>> 24}.${(word >>> 16) & 0xff}.${(word >>> 8) & 0xff}.${word & 0xff}`;

/** RFC 5952: lower case, the longest run of two or more zero groups as "::". */
const formatV6 = (groups: readonly number[]): string => {
  let bestStart = -1;
  let bestLength = 1;
  for (let start = 0; start < groups.length; start += 1) {
    let length = 0;
    while (groups[start + length] === 0) length += 1;
    if (length > bestLength) {
      bestStart = start;
      bestLength = length;
    }
  }
  const text = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(":");
  if (bestStart < 0) return text(groups);
  return `${text(groups.slice(0, bestStart))}::${text(groups.slice(bestStart + bestLength))}`;
};

/** The text form of an address given as big-endian 32-bit words. */
export const formatAddress = (version: number, word0: number, word1: number, word2: number, word3: number): string =>
  version === 4
    ? formatV4(word0)
    : formatV6([...words16(word0), ...words16(word1), ...words16(word2), ...words16(word3)]);
