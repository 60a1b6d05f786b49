import { byteLength, flags, literal, u16, u32, u8 } from "@railvail/wire";

/**
 * The first byte of every windowing order: an alternate secondary drawing order (low bits 2) of
 * type 0x0B, [MS-RDPERP] 2.2.1.3.1.1.
 */
export const windowingControlByte = 0x2e;

/** Bits of FieldsPresentFlags that say what an order is about. Its own is not in its value. */
export const WindowingType = {
  window: 0x0100_0000,
  notify: 0x0200_0000,
  desktop: 0x0400_0000,
} as const;

/**
 * Bits of FieldsPresentFlags that say what happens. Callers give `new`, with an order for a window
 * or a notification icon; the others follow from the declaration or from its fields.
 */
export const WindowingState = {
  new: 0x1000_0000,
  deleted: 0x2000_0000,
  icon: 0x4000_0000,
  cachedIcon: 0x8000_0000,
} as const;

type Bits = Readonly<Record<string, number>>;

/**
 * What stands before the body of every windowing order: the size counts the whole order, the
 * control byte included. The bits of `identity` tell the order from others: they must be set, and
 * the encoder sets them. Spread it at the start of a declaration.
 */
export const windowingHeader = (identity: Bits, names: Bits = {}) => ({
  header: literal(u8, windowingControlByte),
  orderSize: byteLength(u16),
  fieldsPresentFlags: flags(
    u32,
    { ...identity, ...names },
    { always: Object.values(identity).reduce((mask, bit) => mask + bit, 0) },
  ),
});
