import { flags, pdu, u32, type Infer } from "@railvail/wire";
import { userDataHeader, UserDataType } from "./gcc-user-data-block.js";

/** Ciphers of Standard RDP Security; 0 is none. */
export const EncryptionMethod = {
  "40BIT_ENCRYPTION_FLAG": 0x01,
  "128BIT_ENCRYPTION_FLAG": 0x02,
  "56BIT_ENCRYPTION_FLAG": 0x08,
  FIPS_ENCRYPTION_FLAG: 0x10,
} as const;

/** What follows the header of TS_UD_CS_SEC; it also stands inside MCS Connect-Initial. */
export const clientSecurityFields = {
  encryptionMethods: flags(u32, EncryptionMethod),
  extEncryptionMethods: flags(u32, EncryptionMethod),
};

/**
 * The ciphers that the client can use under Standard RDP Security. Client to server.
 * `extEncryptionMethods` is what French-locale clients use instead; 0 for others.
 */
export const ClientSecurityData = pdu(
  "TS_UD_CS_SEC",
  "[MS-RDPBCGR] 2.2.1.3.3",
  { ...userDataHeader(UserDataType.CS_SECURITY), ...clientSecurityFields },
  { sentBy: "client" },
);
export type ClientSecurityData = Infer<typeof ClientSecurityData>;
