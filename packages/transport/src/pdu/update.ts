import { bytes, pdu, reserved, rest, tag, u16, union, type Infer } from "@railvail/wire";
import { bitmapUpdateBody, paletteUpdateBody, UpdateType } from "./bitmap-update.js";
import { PduType2, shareDataHeader } from "./share-header.js";

/**
 * Slow-path graphics update. Server to client. `orderData` is split by `OrderStream`, which needs
 * `numberOrders`.
 */
export const Update = pdu(
  "TS_GRAPHICS_UPDATE",
  "[MS-RDPBCGR] 2.2.9.1.1.3.1",
  {
    ...shareDataHeader(PduType2.update),
    updateType: tag(u16),
    update: union("updateType", {
      /** TS_UPDATE_ORDERS_PDU_DATA, [MS-RDPEGDI] 2.2.2.1. */
      orders: [
        UpdateType.orders,
        {
          pad2OctetsA: reserved(u16),
          numberOrders: u16,
          pad2OctetsB: reserved(u16),
          orderData: bytes(rest),
        },
      ],
      bitmap: [UpdateType.bitmap, bitmapUpdateBody],
      palette: [UpdateType.palette, paletteUpdateBody],
      synchronize: [UpdateType.synchronize, { pad2Octets: reserved(u16) }],
    }),
  },
  { sentBy: "server" },
);
export type Update = Infer<typeof Update>;

/** Orders in a fast-path update: how many, and their bytes for `OrderStream`. Server to client. */
export const OrdersUpdate = pdu(
  "TS_FP_UPDATE_ORDERS",
  "[MS-RDPEGDI] 2.2.2.2",
  { numberOrders: u16, orderData: bytes(rest) },
  { sentBy: "server" },
);
export type OrdersUpdate = Infer<typeof OrdersUpdate>;
