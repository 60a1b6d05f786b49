import { byteLength, literal, prefixed, u16, u32, utf16 } from "@railvail/wire";

/** The numbers of the messages. Both sides send 1. */
export const MessageId = {
  caps: 1,
  updateAppList: 2,
  deleteAppList: 3,
  deleteAppListProvider: 4,
  associateWindowId: 5,
} as const;

/** RDPAPPLIST_HEADER: `length` counts its own 8 bytes. */
export const messageHeader = (cmdId: number) => ({
  cmdId: literal(u32, cmdId),
  length: byteLength(u32),
});

/**
 * The longest string that all peers take, in bytes with its NUL: 254 characters. Codecs do not
 * enforce it; who sends must.
 */
export const stringByteLimit = 510;

/** A length in bytes and UTF-16 that ends with NUL inside that length; an empty one has none. */
export const text = () => utf16(prefixed(u16), { nul: "counted" });
