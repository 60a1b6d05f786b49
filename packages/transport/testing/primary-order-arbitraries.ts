import fc from "fast-check";
import { PrimaryOrderType } from "../src/pdu/primary-order.js";
import type { PrimaryOrderValues } from "../src/primary-order-changes.js";
import { primaryOrderLayouts, type PrimaryField, type PrimaryOrderLayout } from "../src/primary-order-fields.js";
import type { ClipRectangle, PrimaryFieldValue, PrimaryOrderParts } from "../src/primary-order-parts.js";

/** The types by name. */
export const primaryOrderTypes = Object.entries(PrimaryOrderType);

/** The layout of a type that is known to have one. */
export function layoutOf(orderType: number): PrimaryOrderLayout {
  const layout = primaryOrderLayouts[orderType];
  if (layout === undefined) throw new Error(`no layout for type ${orderType}`);
  return layout;
}

const coordinate = fc.oneof(fc.integer({ min: -0x8000, max: 0x7fff }), fc.integer({ min: -99, max: 99 }));
const delta = fc.integer({ min: -0x80, max: 0x7f });
const byte = fc.integer({ min: 0, max: 0xff });

function valueOf({ kind }: PrimaryField, isDelta: boolean): fc.Arbitrary<PrimaryFieldValue> {
  switch (kind) {
    case "coord":
      return isDelta ? delta : coordinate;
    case "i16":
      return coordinate;
    case "u8":
      return byte;
    case "u16":
      return fc.integer({ min: 0, max: 0xffff });
    case "color":
      return fc.integer({ min: 0, max: 0xff_ffff });
    case "u32":
      return fc.integer({ min: 0, max: 0xffff_ffff });
    case "brushExtra":
      return fc.uint8Array({ minLength: 7, maxLength: 7 });
    case "short":
      return fc.uint8Array({ maxLength: 255, size: "max" });
    case "long":
      return fc.uint8Array({ maxLength: 500, size: "max" });
  }
}

/** Any order of the type, as it may stand on the wire: odd flags, and bits without a field. */
export const anyPartsOf = (orderType: number): fc.Arbitrary<PrimaryOrderParts> => {
  const { fields } = layoutOf(orderType);
  const flagBytes = Math.ceil((fields.length + 1) / 8);
  const bits = fc.record({ controlFlags: byte, fieldFlags: fc.nat({ max: 0xff_ffff }), boundsFlags: byte });
  return bits.chain((drawn) => {
    const controlFlags = (drawn.controlFlags & 0xfc) | 0x09;
    const sent = Math.max(0, flagBytes - (controlFlags >>> 6));
    const fieldFlags = drawn.fieldFlags & (2 ** (8 * sent) - 1);
    const present = fields.filter((_, bit) => (fieldFlags & (1 << bit)) !== 0);
    const edge = (bit: number): fc.Arbitrary<number | undefined> => {
      if ((drawn.boundsFlags & (0x01 << bit)) !== 0) return coordinate;
      return (drawn.boundsFlags & (0x10 << bit)) !== 0 ? delta : fc.constant(undefined);
    };
    const isDelta = (controlFlags & 0x10) !== 0;
    const values = Object.fromEntries(present.map((field) => [field.name, valueOf(field, isDelta)]));
    const bounds = fc.record({ left: edge(0), top: edge(1), right: edge(2), bottom: edge(3) });
    return fc.tuple(fc.record(values), bounds).map(([given, rectangle]) => {
      const common = { controlFlags, orderType, fieldFlags, fields: given };
      const sends = (controlFlags & 0x24) === 0x04;
      return sends ? { ...common, boundsFlags: drawn.boundsFlags, bounds: rectangle } : common;
    });
  });
};

/** What a painter may wish to have drawn. */
export interface Wish {
  readonly orderType: number;
  readonly values: PrimaryOrderValues;
  readonly clip: ClipRectangle | undefined;
}

/** Some fields of a random type, as a painter would give them. */
export const anyWish: fc.Arbitrary<Wish> = fc
  .constantFrom(
    ...primaryOrderTypes.map(([, orderType]) => orderType),
    PrimaryOrderType.opaqueRect,
    PrimaryOrderType.lineTo,
  )
  .chain((orderType) => {
    const { fields } = layoutOf(orderType);
    const values = Object.fromEntries(fields.map((field) => [field.name, valueOf(field, false)]));
    const clip = fc.record({ left: coordinate, top: coordinate, right: coordinate, bottom: coordinate });
    return fc.record({
      orderType: fc.constant(orderType),
      values: fc.record(values, { requiredKeys: [] }),
      clip: fc.option(clip, { nil: undefined }),
    });
  });
