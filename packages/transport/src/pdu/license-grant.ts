import { bytes, fixed, pdu, type Infer } from "@railvail/wire";
import { licenseBlob, licenseHeader, LicenseMessageType } from "./license-preamble.js";

const grant = (type: number) => ({
  ...licenseHeader(type),
  encryptedLicenseInfo: licenseBlob,
  macData: bytes(fixed(16)),
});

/**
 * Gives the client a licence. Server to client. The blob holds, encrypted, a `NewLicenseInfo`;
 * `macData` is over its plain form.
 */
export const NewLicense = pdu("SERVER_NEW_LICENSE", "[MS-RDPELE] 2.2.2.7", grant(LicenseMessageType.NEW_LICENSE), {
  sentBy: "server",
});
export type NewLicense = Infer<typeof NewLicense>;

/** Replaces an older licence of the client; as {@link NewLicense}. Server to client. */
export const UpgradeLicense = pdu(
  "SERVER_UPGRADE_LICENSE",
  "[MS-RDPELE] 2.2.2.6",
  grant(LicenseMessageType.UPGRADE_LICENSE),
  { sentBy: "server" },
);
export type UpgradeLicense = Infer<typeof UpgradeLicense>;
