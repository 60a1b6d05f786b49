/**
 * The codes of NCRUSH, [MS-RDPEGDI] 3.1.8.1.4. Symbols below 256 are literals.
 */
export const NcrushSymbol = {
  endOfStream: 256,
  /** The first of 32 distance codes. */
  distance: 257,
  /** The first of 4 places of the distance cache. */
  cached: 289,
  /** Takes the last free code; it means nothing. */
  unused: 293,
} as const;

/**
 * Bits of the code of each symbol, one hexadecimal digit each (HuffLengthLEC). The last digit is
 * of the symbol that completes the code.
 */
const symbolSizes =
  "66677777777888888898999988999999899a9999999a9aaa99a9a9a999aa9a99" +
  "89999aaa99aaaaaa99aaaaaaa9aaaaaa8aaaaaaaaaaaaaaa9aaaaaaa9aaaaaa9" +
  "799a9aaa9aaaaaaa9aaaaaaaaaaaaaaaaaaaaaaaaaadaaaaaabaaaaaaaaaaaaa" +
  "9aaaaa9aaaaa9aaa9aaaaaaaaaaaaaaa9aaaaaaaaaaaaa9a899a9aaa9aaa9987" +
  "dd77a77666656665656666666666666685677d";

/** Bits of the code of each length of match (HuffLengthL). */
const lengthSizes = "42343445455667787889989999999999";

/** Bits of the longest code of a symbol, and of a length. */
const symbolBits = 13;
const lengthCodeBits = 9;

/** The longest match in bytes. */
export const longestNcrushMatch = 16_385;

/** Codes and their sizes in bits, by symbol. The first bit of a code is its lowest. */
export interface CodeBook {
  readonly codes: Uint16Array;
  readonly sizes: Uint8Array;
}

/** The canonical code of these sizes: short codes first, among equals in the order of symbols. */
function codeBook(digits: string): CodeBook {
  const sizes = Uint8Array.from(digits, (digit) => Number.parseInt(digit, 16));
  const codes = new Uint16Array(sizes.length);
  let code = 0;
  for (let size = 1; size < 16; size++) {
    code <<= 1;
    for (const [symbol, own] of sizes.entries()) {
      if (own !== size) continue;
      codes[symbol] = reversed(code, size);
      code++;
    }
  }
  return { codes, sizes };
}

function reversed(code: number, size: number): number {
  let out = 0;
  for (let bit = 0; bit < size; bit++) out |= ((code >> bit) & 1) << (size - 1 - bit);
  return out;
}

/** What the next `bits` bits mean: the symbol times 16 plus the bits it takes. */
function decodingTable({ codes, sizes }: CodeBook, bits: number): Uint16Array {
  const table = new Uint16Array(1 << bits);
  for (const [symbol, size] of sizes.entries()) {
    for (let index = codes[symbol] as number; index < table.length; index += 1 << size) {
      table[index] = (symbol << 4) | size;
    }
  }
  return table;
}

/** Made when it is first needed: few sessions are compressed so. */
function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

export const symbolCodes = lazily(() => codeBook(symbolSizes));
export const lengthCodes = lazily(() => codeBook(lengthSizes));
export const symbolTable = lazily(() => decodingTable(symbolCodes(), symbolBits));
export const lengthTable = lazily(() => decodingTable(lengthCodes(), lengthCodeBits));

/** Extra bits of each length code that has a meaning (LOMBitsLUT); the last two are escapes. */
export const lengthExtraBits = Uint8Array.from([
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 6, 6, 8, 8, 14, 14,
]);

/** The code that gives any length in 14 bits, counted from 2. */
export const longLengthCode = 28;

/** The length that each code starts from (LOMBaseLUT). */
export const lengthBase = new Uint16Array(lengthExtraBits.length).fill(2);
for (let index = 1; index < longLengthCode; index++) {
  const before = lengthExtraBits[index - 1] as number;
  lengthBase[index] = (lengthBase[index - 1] as number) + (1 << before);
}

/** The first length that only {@link longLengthCode} can give. */
export const longLength = 770;

/** The code for each length below {@link longLength}. */
export const lengthCodeOf = new Uint8Array(longLength);
for (let index = 0; index < longLengthCode; index++) lengthCodeOf.fill(index, lengthBase[index]);

/**
 * The distance codes need no table (CopyOffsetBitsLUT, CopyOffsetBaseLUT): a distance below 4 is
 * its own code; above, the code tells the two highest bits and how many follow them.
 */
export function distanceCodeOf(distance: number): number {
  if (distance < 4) return distance;
  const top = 31 - Math.clz32(distance);
  return 2 * top + ((distance >> (top - 1)) & 1);
}

/** Bits that follow a distance code. */
export const distanceExtraBits = (code: number): number => (code < 4 ? 0 : (code >> 1) - 1);

/** The distance with all of those bits 0. */
export const distanceBase = (code: number): number => (code < 4 ? code : (2 | (code & 1)) << ((code >> 1) - 1));
