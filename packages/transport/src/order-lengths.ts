import type { Pdu, Source } from "@railvail/wire";
import {
  AltsecOrderType,
  CompDeskOrder,
  CreateNineGridBitmapOrder,
  CreateOffscreenBitmapOrder,
  FrameMarkerOrder,
  StreamBitmapFirstOrder,
  StreamBitmapFlags,
  StreamBitmapNextOrder,
  SwitchSurfaceOrder,
} from "./pdu/altsec-orders.js";
import {
  GdiPlusCacheEndOrder,
  GdiPlusCacheFirstOrder,
  GdiPlusCacheNextOrder,
  GdiPlusEndOrder,
  GdiPlusFirstOrder,
  GdiPlusNextOrder,
} from "./pdu/gdi-plus-orders.js";
import { secondaryOrderLengthBias } from "./pdu/secondary-order.js";

/** The length that an order states, or undefined if the bytes that state it are not there. */
type LengthOf = (source: Source, offset: number, end: number) => number | undefined;

const fixedLength =
  (size: number): LengthOf =>
  () =>
    size;

/** A u16 length at `at`, of what follows the first `head` bytes. */
const counted =
  (at: number, head: number): LengthOf =>
  (source, offset, end) =>
    offset + at + 2 > end ? undefined : head + source.view.getUint16(offset + at, true);

const createOffscreenLength: LengthOf = (source, offset, end) => {
  if (offset + 3 > end) return undefined;
  if ((source.view.getUint16(offset + 1, true) & 0x8000) === 0) return 7;
  return offset + 9 > end ? undefined : 9 + 2 * source.view.getUint16(offset + 7, true);
};

const streamFirstLength: LengthOf = (source, offset, end) => {
  if (offset + 2 > end) return undefined;
  const wide = (source.view.getUint8(offset + 1) & StreamBitmapFlags.STREAM_BITMAP_REV2) !== 0;
  return (wide ? counted(13, 15) : counted(11, 13))(source, offset, end);
};

/** Windowing orders count their whole length themselves. */
export const windowOrderLength: LengthOf = counted(1, 0);

/** Secondary orders state 13 bytes less than they have. */
export const secondaryOrderLength: LengthOf = (source, offset, end) =>
  offset + 3 > end ? undefined : source.view.getInt16(offset + 1, true) + secondaryOrderLengthBias;

/** Alternate secondary orders by type, other than windowing orders. */
export const altsecOrders: Readonly<Record<number, { readonly pdu: Pdu; readonly lengthOf: LengthOf }>> = {
  [AltsecOrderType.switchSurface]: { pdu: SwitchSurfaceOrder, lengthOf: fixedLength(3) },
  [AltsecOrderType.createOffscreenBitmap]: {
    pdu: CreateOffscreenBitmapOrder,
    lengthOf: createOffscreenLength,
  },
  [AltsecOrderType.streamBitmapFirst]: { pdu: StreamBitmapFirstOrder, lengthOf: streamFirstLength },
  [AltsecOrderType.streamBitmapNext]: { pdu: StreamBitmapNextOrder, lengthOf: counted(4, 6) },
  [AltsecOrderType.createNineGridBitmap]: {
    pdu: CreateNineGridBitmapOrder,
    lengthOf: fixedLength(24),
  },
  [AltsecOrderType.gdiPlusFirst]: { pdu: GdiPlusFirstOrder, lengthOf: counted(2, 12) },
  [AltsecOrderType.gdiPlusNext]: { pdu: GdiPlusNextOrder, lengthOf: counted(2, 4) },
  [AltsecOrderType.gdiPlusEnd]: { pdu: GdiPlusEndOrder, lengthOf: counted(2, 12) },
  [AltsecOrderType.gdiPlusCacheFirst]: { pdu: GdiPlusCacheFirstOrder, lengthOf: counted(6, 12) },
  [AltsecOrderType.gdiPlusCacheNext]: { pdu: GdiPlusCacheNextOrder, lengthOf: counted(6, 8) },
  [AltsecOrderType.gdiPlusCacheEnd]: { pdu: GdiPlusCacheEndOrder, lengthOf: counted(6, 12) },
  [AltsecOrderType.compDeskFirst]: { pdu: CompDeskOrder, lengthOf: counted(2, 4) },
  [AltsecOrderType.frameMarker]: { pdu: FrameMarkerOrder, lengthOf: fixedLength(5) },
};
