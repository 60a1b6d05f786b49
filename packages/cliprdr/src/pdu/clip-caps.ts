import {
  block,
  byteLength,
  count,
  counted,
  enumeration,
  flags,
  list,
  pdu,
  reserved,
  tag,
  u16,
  u32,
  union,
  type Infer,
} from "@railvail/wire";
import { clipHeader, ClipboardMessageType } from "./header.js";

/** Versions of the general capability set: [MS-RDPECLIP] 2.2.2.1.1.1. They are informational. */
export const ClipboardCapsVersion = { version1: 1, version2: 2 } as const;

/** What a peer can do: [MS-RDPECLIP] 2.2.2.1.1.1. A feature is used if both sides announce it. */
export const ClipboardGeneralFlags = {
  useLongFormatNames: 0x0000_0002,
  streamFileclipEnabled: 0x0000_0004,
  fileclipNoFilePaths: 0x0000_0008,
  canLockClipdata: 0x0000_0010,
  hugeFileSupportEnabled: 0x0000_0020,
} as const;

/** What the sender can do. The server sends it first, the client after the Monitor Ready PDU. */
export const ClipCaps = pdu("CLIPRDR_CAPS", "[MS-RDPECLIP] 2.2.2.1", {
  ...clipHeader(ClipboardMessageType.clipCaps),
  cCapabilitiesSets: count(u16),
  pad1: reserved(u16),
  capabilitySets: list(
    block({
      capabilitySetType: tag(u16),
      lengthCapability: byteLength(u16),
      capabilityData: union("capabilitySetType", {
        general: [
          1,
          {
            version: enumeration(u32, ClipboardCapsVersion),
            generalFlags: flags(u32, ClipboardGeneralFlags),
          },
        ],
      }),
    }),
    counted("cCapabilitiesSets"),
  ),
});
export type ClipCaps = Infer<typeof ClipCaps>;
