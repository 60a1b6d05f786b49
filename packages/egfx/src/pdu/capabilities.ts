import {
  count,
  counted,
  flags,
  length,
  list,
  pad,
  pdu,
  sized,
  struct,
  tag,
  u16,
  u32,
  union,
  type Infer,
  type ValueOf,
} from "@railvail/wire";
import { CommandId, commandHeader } from "./header.js";

/** Versions of the capability sets, [MS-RDPEGFX] 2.2.1.6. */
export const CapsVersion = {
  version8: 0x0008_0004,
  version81: 0x0008_0105,
  version10: 0x000a_0002,
  version101: 0x000a_0100,
  version102: 0x000a_0200,
  version103: 0x000a_0301,
  version104: 0x000a_0400,
  version105: 0x000a_0502,
  version106: 0x000a_0600,
  version107: 0x000a_0701,
} as const;

/** Bits of all capability sets; which of them a version knows is in [MS-RDPEGFX] 2.2.3. */
export const CapsFlags = {
  thinClient: 0x01,
  smallCache: 0x02,
  avc420Enabled: 0x10,
  avcDisabled: 0x20,
  avcThinClient: 0x40,
  scaledMapDisable: 0x80,
} as const;

const withFlags = { flags: flags(u32, CapsFlags) };

/**
 * RDPGFX_CAPSET, [MS-RDPEGFX] 2.2.1.6 and 2.2.3.1 to 2.2.3.10. Version 10.1 has 16 reserved bytes
 * and no flags. Sets of other versions are kept as bytes.
 */
const capsSetShape = {
  version: tag(u32),
  capsDataLength: length(u32),
  capsData: union(
    "version",
    {
      version8: [CapsVersion.version8, withFlags],
      version81: [CapsVersion.version81, withFlags],
      version10: [CapsVersion.version10, withFlags],
      version101: [CapsVersion.version101, { reserved: pad(16) }],
      version102: [CapsVersion.version102, withFlags],
      version103: [CapsVersion.version103, withFlags],
      version104: [CapsVersion.version104, withFlags],
      version105: [CapsVersion.version105, withFlags],
      version106: [CapsVersion.version106, withFlags],
      version107: [CapsVersion.version107, withFlags],
    },
    sized("capsDataLength"),
  ),
};
export type CapsSet = ValueOf<typeof capsSetShape>;

/** Offers the versions that the client speaks. The first message, client to server. */
export const CapsAdvertise = pdu(
  "RDPGFX_CAPS_ADVERTISE_PDU",
  "[MS-RDPEGFX] 2.2.2.18",
  {
    ...commandHeader(CommandId.capsAdvertise),
    capsSetCount: count(u16),
    capsSets: list(struct(capsSetShape), counted("capsSetCount")),
  },
  { sentBy: "client" },
);
export type CapsAdvertise = Infer<typeof CapsAdvertise>;

/** Chooses one of the offered sets. Server to client. */
export const CapsConfirm = pdu(
  "RDPGFX_CAPS_CONFIRM_PDU",
  "[MS-RDPEGFX] 2.2.2.19",
  { ...commandHeader(CommandId.capsConfirm), capsSet: struct(capsSetShape) },
  { sentBy: "server" },
);
export type CapsConfirm = Infer<typeof CapsConfirm>;
