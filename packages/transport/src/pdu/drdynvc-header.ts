import { bits, carrier, literal, selectedBy, selector, u8 } from "@railvail/wire";

/** Commands of the drdynvc channel, in the upper four bits of the first byte. */
export const DynamicCommand = {
  create: 1,
  dataFirst: 2,
  data: 3,
  close: 4,
  capabilities: 5,
  dataFirstCompressed: 6,
  dataCompressed: 7,
  softSyncRequest: 8,
  softSyncResponse: 9,
} as const;

/** A header whose lower bits are not used. */
export const plainHeader = (command: number) => ({
  header: carrier(u8),
  cmd: literal(bits("header", 4, 4), command),
});

/** A header with a channel id of 1, 2 or 4 bytes; bits 2 and 3 are a field of that name. */
export const channelHeader = <const F>(command: number, middle: F) => ({
  header: carrier(u8),
  cbId: selector(bits("header", 0, 2)),
  ...middle,
  cmd: literal(bits("header", 4, 4), command),
  channelId: selectedBy("cbId"),
});

/** Bits 2 and 3 where they mean nothing: kept, 0 from us. */
export const spare = { sp: bits("header", 2, 2) };
