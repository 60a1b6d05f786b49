import { DecodeError } from "@railvail/wire";
import { RfxTileset } from "../pdu/rfx-data-blocks.js";

export type RfxQuant = RfxTileset["content"]["quantVals"][number];

/** Coefficients of a block: the smallest band has as many. */
export const blockShift = 6;

/**
 * The bands of a component in the order of their coefficients, and how many blocks of 64 they have.
 * [MS-RDPRFX] 3.1.8.1.6.
 */
const bands: readonly (readonly [name: keyof RfxQuant, blocks: number])[] = [
  ["hl1", 16],
  ["lh1", 16],
  ["hh1", 16],
  ["hl2", 4],
  ["lh2", 4],
  ["hh2", 4],
  ["hl3", 1],
  ["lh3", 1],
  ["hh3", 1],
  ["ll3", 1],
];

/** What a factor of 6 stands for is 1; values have five bits of fraction. [MS-RDPRFX] 2.2.2.1.5. */
const lowestFactor = 6;
const fraction = 5;

/**
 * By how many bits the coefficients of each block of 64 are to be shifted, [MS-RDPRFX] 3.1.8.2.3.
 * Factors below 6 throw {@link DecodeError}; `index` is that of the factors among those of the set.
 */
export function blockShifts(quant: RfxQuant, index: number): Uint8Array {
  const shifts = new Uint8Array(64);
  let at = 0;
  for (const [name, blocks] of bands) {
    const value = quant[name];
    if (value < lowestFactor) {
      const issue = { code: "out-of-range", value, allowed: "6 to 15" } as const;
      throw new DecodeError(RfxTileset.name, `content.quantVals[${index}].${name}`, 0, issue);
    }
    shifts.fill(value - lowestFactor + fraction, at, at + blocks);
    at += blocks;
  }
  return shifts;
}
