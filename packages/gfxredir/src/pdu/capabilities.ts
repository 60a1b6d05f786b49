import {
  block,
  byteLength,
  list,
  literal,
  pdu,
  rest,
  tag,
  u16,
  u32,
  union,
  type Infer,
  type ValueOf,
} from "@railvail/wire";
import { MessageId, messageHeader } from "./header.js";

/** The only version a {@link LegacyCaps} can have. */
export const legacyVersion = 1;

/** Versions of the capability sets. Pools, buffers and presents need `version2`. */
export const CapsVersion = { version1: 0x1, version2: 0x2000 } as const;

/** The bytes "CAPS", before each capability set. */
export const capsSignature = 0x5350_4143;

/**
 * GFXREDIR_CAPS_HEADER and what follows it. The length on the wire counts its 12 bytes; a smaller
 * one is refused. Sets of other versions are kept as bytes. `supportedFeatures` is reserved.
 */
const capsSetShape = {
  signature: literal(u32, capsSignature),
  version: tag(u32),
  length: byteLength(u32),
  capsData: union("version", {
    version1: [CapsVersion.version1, {}],
    version2: [CapsVersion.version2, { supportedFeatures: u32 }],
  }),
};
export type CapsSet = ValueOf<typeof capsSetShape>;

/** What clients before capability sets sent; the server does not go on with it. */
export const LegacyCaps = pdu(
  "GFXREDIR_LEGACY_CAPS_PDU",
  "[WSLG-GFXREDIR] LEGACY_CAPS",
  { ...messageHeader(MessageId.legacyCaps), version: u16 },
  { sentBy: "client" },
);
export type LegacyCaps = Infer<typeof LegacyCaps>;

/** Offers the versions that the client speaks. The first message, client to server. */
export const CapsAdvertise = pdu(
  "GFXREDIR_CAPS_ADVERTISE_PDU",
  "[WSLG-GFXREDIR] CAPS_ADVERTISE",
  { ...messageHeader(MessageId.capsAdvertise), capsSets: list(block(capsSetShape), rest) },
  { sentBy: "client" },
);
export type CapsAdvertise = Infer<typeof CapsAdvertise>;

/** Sends back the chosen one of the offered sets. Server to client. */
export const CapsConfirm = pdu(
  "GFXREDIR_CAPS_CONFIRM_PDU",
  "[WSLG-GFXREDIR] CAPS_CONFIRM",
  { ...messageHeader(MessageId.capsConfirm), capsSet: block(capsSetShape) },
  { sentBy: "server" },
);
export type CapsConfirm = Infer<typeof CapsConfirm>;
