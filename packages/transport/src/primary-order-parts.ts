import { PrimaryOrderFlags } from "./pdu/primary-order.js";
import type { PrimaryField, PrimaryOrderLayout } from "./primary-order-fields.js";

/** A colour is `0xBBGGRR`, or has a palette index in its low byte. */
export type PrimaryFieldValue = number | Uint8Array;

/** An inclusive rectangle in pixels; what is not there, or not known, is undefined. */
export interface PrimaryBounds {
  readonly left?: number | undefined;
  readonly top?: number | undefined;
  readonly right?: number | undefined;
  readonly bottom?: number | undefined;
}

/** An inclusive rectangle in pixels, from -32768 to 32767. */
export interface ClipRectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A primary order as it stands on the wire, apart from the orders before it. */
export interface PrimaryOrderParts {
  /** The whole control byte. */
  readonly controlFlags: number;
  /** The type in force; it is sent if the control byte has `TS_TYPE_CHANGE`. */
  readonly orderType: number;
  /** Bit 0 stands for the first field of the type. Bits without a field are kept. */
  readonly fieldFlags: number;
  /** Which edges are sent, and which of these as differences; there if a rectangle is sent. */
  readonly boundsFlags?: number | undefined;
  /** The edges sent: differences where `boundsFlags` says so. */
  readonly bounds?: PrimaryBounds | undefined;
  /** The fields sent: coordinates are differences with `TS_DELTA_COORDINATES`. */
  readonly fields: Readonly<Record<string, PrimaryFieldValue>>;
}

/** The edges in the order of the wire, with their bits in `boundsFlags`. */
export const boundsEdges = [
  { edge: "left", absolute: 0x01, delta: 0x10 },
  { edge: "top", absolute: 0x02, delta: 0x20 },
  { edge: "right", absolute: 0x04, delta: 0x40 },
  { edge: "bottom", absolute: 0x08, delta: 0x80 },
] as const;

/** Integers on the wire: bytes, least and largest value. All are little-endian. */
export const integers = {
  u8: { size: 1, least: 0, most: 0xff },
  i8: { size: 1, least: -0x80, most: 0x7f },
  u16: { size: 2, least: 0, most: 0xffff },
  i16: { size: 2, least: -0x8000, most: 0x7fff },
  u24: { size: 3, least: 0, most: 0xff_ffff },
  u32: { size: 4, least: 0, most: 0xffff_ffff },
} as const;
export type IntegerType = keyof typeof integers;

/** The wire form of a field: an integer, `fixed` bytes, or bytes behind a length. */
export type FieldForm =
  | { readonly integer: IntegerType }
  | { readonly fixed: number }
  | { readonly prefix: IntegerType };

export function fieldForm({ kind }: PrimaryField, controlFlags: number): FieldForm {
  switch (kind) {
    case "coord":
      return { integer: (controlFlags & PrimaryOrderFlags.TS_DELTA_COORDINATES) === 0 ? "i16" : "i8" };
    case "color":
      return { integer: "u24" };
    case "brushExtra":
      return { fixed: 7 };
    case "short":
      return { prefix: "u8" };
    case "long":
      return { prefix: "u16" };
    default:
      return { integer: kind };
  }
}

/** Bytes of field flags that an order of this type has, sent or not. */
export const fieldFlagBytes = ({ fields }: PrimaryOrderLayout): number => Math.ceil((fields.length + 1) / 8);

/** Bytes of field flags that are sent. A count above what the type has leaves none. */
export const sentFieldFlagBytes = (layout: PrimaryOrderLayout, controlFlags: number): number =>
  Math.max(0, fieldFlagBytes(layout) - (controlFlags >>> 6));

export const sendsBounds = (controlFlags: number): boolean =>
  (controlFlags & (PrimaryOrderFlags.TS_BOUNDS | PrimaryOrderFlags.TS_ZERO_BOUNDS_DELTAS)) ===
  PrimaryOrderFlags.TS_BOUNDS;
