import { bytes, enumeration, flags, length, optional, pdu, sized, struct, u32, type Infer } from "@railvail/wire";
import { EncryptionMethod } from "./client-security-data.js";
import { userDataHeader, UserDataType } from "./gcc-user-data-block.js";

/** How much of the traffic is encrypted under Standard RDP Security. */
export const EncryptionLevel = {
  ENCRYPTION_LEVEL_NONE: 0,
  ENCRYPTION_LEVEL_LOW: 1,
  ENCRYPTION_LEVEL_CLIENT_COMPATIBLE: 2,
  ENCRYPTION_LEVEL_HIGH: 3,
  ENCRYPTION_LEVEL_FIPS: 4,
} as const;

/** What follows the header of TS_UD_SC_SEC1; it also stands inside MCS Connect-Response. */
export const serverSecurityFields = {
  encryptionMethod: flags(u32, EncryptionMethod),
  encryptionLevel: enumeration(u32, EncryptionLevel),
  keys: optional(
    struct({
      serverRandomLength: length(u32),
      serverCertificateLength: length(u32),
      serverRandom: bytes(sized("serverRandomLength")),
      serverCertificate: bytes(sized("serverCertificateLength")),
    }),
  ),
};

/**
 * The cipher that the server chose; under Standard RDP Security also its random number (32 bytes)
 * and its certificate ([MS-RDPBCGR] 2.2.1.4.3.1, see `ServerCertificate`). Server to client.
 */
export const ServerSecurityData = pdu(
  "TS_UD_SC_SEC1",
  "[MS-RDPBCGR] 2.2.1.4.3",
  { ...userDataHeader(UserDataType.SC_SECURITY), ...serverSecurityFields },
  { sentBy: "server" },
);
export type ServerSecurityData = Infer<typeof ServerSecurityData>;
