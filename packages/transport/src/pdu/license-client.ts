import { bytes, enumeration, fixed, pdu, u32, type Infer } from "@railvail/wire";
import {
  KeyExchangeAlgorithm,
  licenseBlob,
  licenseHeader,
  LicenseMessageType,
  licenseTextBlob,
} from "./license-preamble.js";

const keyExchange = {
  preferredKeyExchangeAlg: enumeration(u32, KeyExchangeAlgorithm),
  platformId: u32,
  clientRandom: bytes(fixed(32)),
  encryptedPreMasterSecret: licenseBlob,
};

/**
 * Asks for a licence, by a client that has none for the product. Client to server. The upper byte
 * of `platformId` is the operating system, the next one who made the client.
 */
export const NewLicenseRequest = pdu(
  "CLIENT_NEW_LICENSE_REQUEST",
  "[MS-RDPELE] 2.2.2.2",
  {
    ...licenseHeader(LicenseMessageType.NEW_LICENSE_REQUEST),
    ...keyExchange,
    clientUserName: licenseTextBlob,
    clientMachineName: licenseTextBlob,
  },
  { sentBy: "client" },
);
export type NewLicenseRequest = Infer<typeof NewLicenseRequest>;

/**
 * Shows the licence that the client has. Client to server. `encryptedHardwareId` holds a
 * `ClientHardwareId`; `macData` is over its plain form.
 */
export const LicenseInformation = pdu(
  "CLIENT_LICENSE_INFO",
  "[MS-RDPELE] 2.2.2.3",
  {
    ...licenseHeader(LicenseMessageType.LICENSE_INFO),
    ...keyExchange,
    licenseInfo: licenseBlob,
    encryptedHardwareId: licenseBlob,
    macData: bytes(fixed(16)),
  },
  { sentBy: "client" },
);
export type LicenseInformation = Infer<typeof LicenseInformation>;
