/** What an order of interleaved run-length encoding does, [MS-RDPBCGR] 2.2.9.1.1.3.1.2.4. */
export const Order = {
  /** Pixels as in the row before. */
  background: 0,
  /** Pixels as in the row before, XOR the foreground. */
  foreground: 1,
  /** A bit for each pixel: as in the row before, or that XOR the foreground. */
  mask: 2,
  /** One color again and again. */
  colorRun: 3,
  /** Pixels as they are. */
  colorImage: 4,
  /** The same as `foreground` and `mask`, after a new foreground. */
  setForeground: 5,
  setMask: 6,
  /** Two colors in turn. */
  dithered: 7,
  /** Eight pixels of a fixed mask. */
  mask1: 8,
  mask2: 9,
  white: 10,
  black: 11,
  unknown: 255,
} as const;

/** The masks of the orders `mask1` and `mask2`. */
export const fixedMask1 = 0x03;
export const fixedMask2 = 0x05;

/** The header bytes of orders: those with a run in the low bits, and those with the run in two bytes behind. */
export const OrderCode = {
  regularBackground: 0x00,
  regularForeground: 0x20,
  regularMask: 0x40,
  regularColorRun: 0x60,
  regularColorImage: 0x80,
  liteSetForeground: 0xc0,
  liteSetMask: 0xd0,
  liteDithered: 0xe0,
  megaBackground: 0xf0,
  megaForeground: 0xf1,
  megaMask: 0xf2,
  megaColorRun: 0xf3,
  megaColorImage: 0xf4,
  megaSetForeground: 0xf6,
  megaSetMask: 0xf7,
  megaDithered: 0xf8,
  mask1: 0xf9,
  mask2: 0xfa,
  white: 0xfd,
  black: 0xfe,
} as const;

/** By header byte: which order it is. */
export const orderOf = new Uint8Array(256).fill(Order.unknown);
/** By header byte: the run that it holds; 0 if it follows. */
export const runOf = new Uint8Array(256);
/** By header byte: what is added to the byte that holds the run; 0 if it is two bytes. */
export const runAdded = new Uint8Array(256);

/** `count` headers that hold runs of 1 to `count - 1` times `unit`; with 0 a byte follows. */
function declare(code: number, count: number, order: number, unit = 1): void {
  for (let low = 0; low < count; low++) {
    orderOf[code + low] = order;
    runOf[code + low] = low * unit;
    runAdded[code + low] = unit === 1 ? count : 1;
  }
}

declare(OrderCode.regularBackground, 32, Order.background);
declare(OrderCode.regularForeground, 32, Order.foreground);
declare(OrderCode.regularMask, 32, Order.mask, 8);
declare(OrderCode.regularColorRun, 32, Order.colorRun);
declare(OrderCode.regularColorImage, 32, Order.colorImage);
declare(OrderCode.liteSetForeground, 16, Order.setForeground);
declare(OrderCode.liteSetMask, 16, Order.setMask, 8);
declare(OrderCode.liteDithered, 16, Order.dithered);
for (let order = 0; order < 5; order++) orderOf[OrderCode.megaBackground + order] = order;
orderOf[OrderCode.megaSetForeground] = Order.setForeground;
orderOf[OrderCode.megaSetMask] = Order.setMask;
orderOf[OrderCode.megaDithered] = Order.dithered;
for (const [code, order, run] of [
  [OrderCode.mask1, Order.mask1, 8],
  [OrderCode.mask2, Order.mask2, 8],
  [OrderCode.white, Order.white, 1],
  [OrderCode.black, Order.black, 1],
] as const) {
  orderOf[code] = order;
  runOf[code] = run;
}
