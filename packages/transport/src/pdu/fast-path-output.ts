import {
  bits,
  byteLength,
  bytes,
  carrier,
  enumeration,
  fixed,
  flag,
  flags,
  list,
  literal,
  pdu,
  perLength,
  prefixed,
  reserved,
  rest,
  struct,
  u16,
  u8,
  when,
  type Infer,
} from "@railvail/wire";
import { CompressedType } from "./share-header.js";

/** `updateCode` of a fast-path update, [MS-RDPBCGR] 2.2.9.1.2.1. */
export const FastPathUpdateCode = {
  orders: 0x0,
  bitmap: 0x1,
  palette: 0x2,
  synchronize: 0x3,
  surfaceCommands: 0x4,
  pointerHidden: 0x5,
  pointerDefault: 0x6,
  pointerPosition: 0x8,
  colorPointer: 0x9,
  cachedPointer: 0xa,
  newPointer: 0xb,
  largePointer: 0xc,
} as const;

export const Fragmentation = { single: 0, last: 1, first: 2, next: 3 } as const;

const compressionUsed = 2;

const updateShape = {
  updateHeader: carrier(u8),
  updateCode: enumeration(bits("updateHeader", 0, 4), FastPathUpdateCode),
  fragmentation: enumeration(bits("updateHeader", 4, 2), Fragmentation),
  /** 0; the bit that says that there are `compressionFlags` follows from them. */
  compression: flags(bits("updateHeader", 6, 2), {
    FASTPATH_OUTPUT_COMPRESSION_USED: compressionUsed,
  }),
  compressionFlags: when(flag("compression", compressionUsed), flags(u8, CompressedType)),
  updateData: bytes(prefixed(u16)),
};

/** One fast-path update or a fragment of one, its body as bytes. */
export const FastPathUpdate = pdu("TS_FP_UPDATE", "[MS-RDPBCGR] 2.2.9.1.2.1", updateShape, {
  sentBy: "server",
});
export type FastPathUpdate = Infer<typeof FastPathUpdate>;

const outputHeader = (encrypted: 0 | 1) => ({
  fpOutputHeader: carrier(u8),
  action: literal(bits("fpOutputHeader", 0, 2), 0),
  reserved: reserved(bits("fpOutputHeader", 2, 4)),
  /** 1 if the signature was made with a salted checksum. */
  secureChecksum: bits("fpOutputHeader", 6, 1),
  encrypted: literal(bits("fpOutputHeader", 7, 1), encrypted),
  length: byteLength(perLength),
});

/** Fast-path output: graphics and pointer updates with the least overhead. Server to client. */
export const FastPathOutput = pdu(
  "TS_FP_UPDATE_PDU",
  "[MS-RDPBCGR] 2.2.9.1.2",
  { ...outputHeader(0), fpOutputUpdates: list(struct(updateShape), rest) },
  { sentBy: "server" },
);
export type FastPathOutput = Infer<typeof FastPathOutput>;

/** Fast-path output under standard security: the updates can be read once decrypted. */
export const EncryptedFastPathOutput = pdu(
  "TS_FP_UPDATE_PDU",
  "[MS-RDPBCGR] 2.2.9.1.2",
  { ...outputHeader(1), dataSignature: bytes(fixed(8)), encryptedUpdates: bytes(rest) },
  { sentBy: "server" },
);
export type EncryptedFastPathOutput = Infer<typeof EncryptedFastPathOutput>;

/** TS_FP_FIPS_INFO, [MS-RDPBCGR] 2.2.8.1.2.1. `padlen` is in bytes. */
export const fipsInformation = struct({ length: reserved(u16, 0x10), version: u8, padlen: u8 });

/**
 * Fast-path output under FIPS security. Nothing in the packet tells it from
 * {@link EncryptedFastPathOutput}: the encryption method that was negotiated does.
 */
export const FipsFastPathOutput = pdu(
  "TS_FP_UPDATE_PDU",
  "[MS-RDPBCGR] 2.2.9.1.2",
  {
    ...outputHeader(1),
    fipsInformation,
    dataSignature: bytes(fixed(8)),
    encryptedUpdates: bytes(rest),
  },
  { sentBy: "server" },
);
export type FipsFastPathOutput = Infer<typeof FipsFastPathOutput>;
