import {
  bytes,
  enumeration,
  fixed,
  latin1,
  length,
  pdu,
  prefixed,
  sized,
  u16,
  u32,
  utf16,
  type Infer,
} from "@railvail/wire";

/** The kind of client, by whose code it is and what machine it runs on. */
export const LicenseClientType = {
  WIN32_PLATFORMCHALLENGE_TYPE: 0x0100,
  WIN16_PLATFORMCHALLENGE_TYPE: 0x0200,
  WINCE_PLATFORMCHALLENGE_TYPE: 0x0300,
  OTHER_PLATFORMCHALLENGE_TYPE: 0xff00,
} as const;

/** How much a client says of its licence. */
export const LicenseDetailLevel = {
  LICENSE_DETAIL_SIMPLE: 1,
  LICENSE_DETAIL_MODERATE: 2,
  LICENSE_DETAIL_DETAIL: 3,
} as const;

/** What is encrypted in the first blob of `PlatformChallengeResponse`. Client to server. */
export const PlatformChallengeResponseData = pdu(
  "PLATFORM_CHALLENGE_RESPONSE_DATA",
  "[MS-RDPELE] 2.2.2.5.1",
  {
    version: u16,
    clientType: enumeration(u16, LicenseClientType),
    licenseDetailLevel: enumeration(u16, LicenseDetailLevel),
    challenge: bytes(prefixed(u16)),
  },
  { sentBy: "client" },
);
export type PlatformChallengeResponseData = Infer<typeof PlatformChallengeResponseData>;

/** Identifies the client's machine: its platform and 16 bytes. Client to server, encrypted. */
export const ClientHardwareId = pdu(
  "CLIENT_HARDWARE_ID",
  "[MS-RDPELE] 2.2.2.3.1",
  { platformId: u32, data: bytes(fixed(16)) },
  { sentBy: "client" },
);
export type ClientHardwareId = Infer<typeof ClientHardwareId>;

/**
 * What is encrypted in `NewLicense` and `UpgradeLicense`: who issued the licence, to which product
 * it belongs, and the licence itself. Server to client.
 */
export const NewLicenseInfo = pdu(
  "NEW_LICENSE_INFO",
  "[MS-RDPELE] 2.2.2.6.1",
  {
    version: u32,
    cbScope: length(u32),
    scope: latin1(sized("cbScope"), { nul: "always" }),
    cbCompanyName: length(u32),
    companyName: utf16(sized("cbCompanyName"), { nul: "always" }),
    cbProductId: length(u32),
    productId: utf16(sized("cbProductId"), { nul: "always" }),
    licenseInfo: bytes(prefixed(u32)),
  },
  { sentBy: "server" },
);
export type NewLicenseInfo = Infer<typeof NewLicenseInfo>;
