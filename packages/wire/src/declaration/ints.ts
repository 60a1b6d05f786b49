/**
 * How an integer stands on the wire.
 *
 * - `fixed`: 1, 2, 4 or 8 bytes.
 * - `bits`: part of a byte or word that another field, the carrier, holds; takes no bytes itself.
 * - `variable`: its own bytes say how long it is (BER and PER lengths and integers).
 * - `selected`: another field says how many bytes it has (dynamic channel ids).
 */
export type Int =
  | {
      readonly form: "fixed";
      readonly name: string;
      readonly size: 1 | 2 | 4 | 8;
      readonly signed: boolean;
      readonly littleEndian: boolean;
      /** The suffix of the `DataView` accessors: `Uint16`, `BigUint64`. */
      readonly accessor: string;
    }
  | { readonly form: "bits"; readonly carrier: string; readonly shift: number; readonly width: number }
  | { readonly form: "variable"; readonly name: VariableName; readonly variable: VariableInt }
  | { readonly form: "selected"; readonly selector: string };

export type FixedInt = Extract<Int, { form: "fixed" }>;

/**
 * An integer whose bytes say how many they are. `width` is what varies when one value can be
 * written in several lengths; the default one is `preferred`.
 */
export interface VariableInt {
  /** Bytes taken at `offset`, or -1 if they are not all there, or -2 if the form is unknown. */
  extent(view: DataView, offset: number, end: number): number;
  read(view: DataView, offset: number, extent: number): number;
  /** Bytes an encoder takes for `value` when nothing else is asked for. */
  preferred(value: number): number;
  /** Whether `value` can be written in exactly `extent` bytes. */
  fits(value: number, extent: number): boolean;
  write(view: DataView, offset: number, value: number, extent: number): void;
  readonly max: number;
}

function bigEndian(view: DataView, offset: number, size: number): number {
  let value = 0;
  for (let i = 0; i < size; i++) value = value * 256 + view.getUint8(offset + i);
  return value;
}

function putBigEndian(view: DataView, offset: number, value: number, size: number): void {
  for (let i = size - 1; i >= 0; i--) {
    view.setUint8(offset + i, value % 256);
    value = Math.floor(value / 256);
  }
}

const unsignedBytes = (value: number): number => (value < 0x100 ? 1 : value < 0x10000 ? 2 : value < 0x1000000 ? 3 : 4);

/** One byte below 0x80, else two bytes with the top bit set: PER lengths and fast-path lengths. */
const perLength: VariableInt = {
  extent(view, offset, end) {
    if (offset >= end) return -1;
    const extent = view.getUint8(offset) & 0x80 ? 2 : 1;
    return offset + extent > end ? -1 : extent;
  },
  read: (view, offset, extent) => (extent === 1 ? view.getUint8(offset) : view.getUint16(offset) & 0x7fff),
  preferred: (value) => (value < 0x80 ? 1 : 2),
  fits: (value, extent) => extent === 2 || (extent === 1 && value < 0x80),
  write(view, offset, value, extent) {
    if (extent === 1) view.setUint8(offset, value);
    else view.setUint16(offset, value | 0x8000);
  },
  max: 0x7fff,
};

/** BER definite lengths: short form below 0x80, else 0x80 + the number of bytes that follow. */
const berLength: VariableInt = {
  extent(view, offset, end) {
    if (offset >= end) return -1;
    const first = view.getUint8(offset);
    if (first > 0x84 || first === 0x80) return -2;
    const extent = first < 0x80 ? 1 : 1 + (first & 0x7f);
    return offset + extent > end ? -1 : extent;
  },
  read: (view, offset, extent) => (extent === 1 ? view.getUint8(offset) : bigEndian(view, offset + 1, extent - 1)),
  preferred: (value) => (value < 0x80 ? 1 : 1 + unsignedBytes(value)),
  fits: (value, extent) =>
    extent === 1 ? value < 0x80 : Number.isInteger(extent) && extent >= 2 && extent <= 5 && value < 256 ** (extent - 1),
  write(view, offset, value, extent) {
    if (extent === 1) view.setUint8(offset, value);
    else {
      view.setUint8(offset, 0x80 + extent - 1);
      putBigEndian(view, offset + 1, value, extent - 1);
    }
  },
  max: 0xffff_ffff,
};

/** A length byte, then that many bytes, read as unsigned: BER and PER integers differ in `preferred`. */
function counted(preferred: (value: number) => number): VariableInt {
  return {
    extent(view, offset, end) {
      if (offset >= end) return -1;
      const size = view.getUint8(offset);
      if (size === 0 || size > 5) return -2;
      if (offset + 1 + size > end) return -1;
      return size === 5 && view.getUint8(offset + 1) !== 0 ? -2 : 1 + size;
    },
    read: (view, offset, extent) => bigEndian(view, offset + 1, extent - 1),
    preferred,
    fits: (value, extent) => Number.isInteger(extent) && extent >= 2 && extent <= 6 && value < 256 ** (extent - 1),
    write(view, offset, value, extent) {
      view.setUint8(offset, extent - 1);
      putBigEndian(view, offset + 1, value, extent - 1);
    },
    max: 0xffff_ffff,
  };
}

/** BER INTEGER contents: a leading zero keeps the top bit clear, because BER integers are signed. */
const berInteger = counted((value) => 1 + unsignedBytes(value) + (value >= 256 ** unsignedBytes(value) / 2 ? 1 : 0));

/** PER semi-constrained INTEGER: unsigned, in 1, 2 or 4 bytes. */
const perInteger = counted((value) => (value < 0x100 ? 2 : value < 0x10000 ? 3 : 5));

/**
 * Bytes that a length of variable size takes when it counts `others` bytes and, if
 * `countsItself`, its own; -1 if it cannot hold them in the `width` that was asked for.
 */
export function ownExtent(int: VariableInt, others: number, countsItself: boolean, width?: number): number {
  let extent = width ?? int.preferred(others);
  for (let last = -1; width === undefined && countsItself && extent !== last;) {
    last = extent;
    extent = int.preferred(others + extent);
  }
  const value = others + (countsItself ? extent : 0);
  return value > int.max || !int.fits(value, extent) ? -1 : extent;
}

export const variableInts = { perLength, berLength, berInteger, perInteger } as const;
export type VariableName = keyof typeof variableInts;

/** Bytes that a `selected` integer has for each selector value; 3 is not defined. */
export const selectedSizes = [1, 2, 4] as const;

/** Reads an integer of `size` 1, 2 or 4 bytes, little-endian. */
export function readSelected(view: DataView, offset: number, size: number): number {
  return size === 1 ? view.getUint8(offset) : size === 2 ? view.getUint16(offset, true) : view.getUint32(offset, true);
}

export function writeSelected(view: DataView, offset: number, value: number, size: number): void {
  if (size === 1) view.setUint8(offset, value);
  else if (size === 2) view.setUint16(offset, value, true);
  else view.setUint32(offset, value, true);
}

/** The selector that fits `value` in the fewest bytes. */
export const preferredSelector = (value: number): number => (value < 0x100 ? 0 : value < 0x10000 ? 1 : 2);

function fixed(size: 1 | 2 | 4 | 8, signed: boolean, littleEndian: boolean): FixedInt {
  const name = `${signed ? "i" : "u"}${size * 8}${littleEndian || size === 1 ? "" : "be"}`;
  const accessor = `${size === 8 ? "Big" : ""}${signed ? "Int" : "Uint"}${size * 8}`;
  return { form: "fixed", name, size, signed, littleEndian, accessor };
}

export const fixedInts = {
  u8: fixed(1, false, true),
  u16: fixed(2, false, true),
  u32: fixed(4, false, true),
  u64: fixed(8, false, true),
  i8: fixed(1, true, true),
  i16: fixed(2, true, true),
  i32: fixed(4, true, true),
  u16be: fixed(2, false, false),
  u32be: fixed(4, false, false),
} as const;

/** The smallest and the largest value an integer can hold. */
export function intRange(int: Int): readonly [number | bigint, number | bigint] {
  switch (int.form) {
    case "bits":
      return [0, 2 ** int.width - 1];
    case "variable":
      return [0, int.variable.max];
    case "selected":
      return [0, 0xffff_ffff];
    case "fixed": {
      if (int.size === 8) return [0n, 0xffff_ffff_ffff_ffffn];
      const span = 2 ** (int.size * 8);
      return int.signed ? [-span / 2, span / 2 - 1] : [0, span - 1];
    }
  }
}

/** What an integer is called in field trees. */
export function intName(int: Int): string {
  if (int.form === "bits") return `${int.width} bits`;
  return int.form === "selected" ? "u8/u16/u32" : int.name;
}
