import { literal, u16 } from "@railvail/wire";

/** Who a message of the channel is for: [MS-RDPEFS] 2.2.1.1. On the wire the letters "rD" and "RP". */
export const DeviceComponent = { core: 0x4472, printer: 0x5052 } as const;

/** Numbers of the messages: [MS-RDPEFS] 2.2.1.1. Both sides send 0x4343, with different meanings. */
export const DevicePacketId = {
  serverAnnounce: 0x496e,
  clientIdConfirm: 0x4343,
  clientName: 0x434e,
  deviceListAnnounce: 0x4441,
  deviceReply: 0x6472,
  deviceIoRequest: 0x4952,
  deviceIoCompletion: 0x4943,
  serverCapability: 0x5350,
  clientCapability: 0x4350,
  deviceListRemove: 0x444d,
  userLoggedOn: 0x554c,
  printerCacheData: 0x5043,
  printerUsingXps: 0x5543,
} as const;

/** Size of the common header in bytes. */
export const deviceHeaderSize = 4;

/** The common header; there is no length, a channel message is one message. */
export const deviceHeader = (packetId: number, component: number = DeviceComponent.core) => ({
  component: literal(u16, component),
  packetId: literal(u16, packetId),
});
