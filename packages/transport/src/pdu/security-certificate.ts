import {
  bits,
  bytes,
  carrier,
  count,
  counted,
  enumeration,
  length,
  list,
  literal,
  pdu,
  prefixed,
  rest,
  sized,
  struct,
  tag,
  u16,
  u32,
  union,
  within,
  type Infer,
} from "@railvail/wire";

/** The fields of RSA_PUBLIC_KEY; `modulus` is little-endian and ends in eight zero bytes. */
const rsaPublicKeyFields = {
  magic: literal(u32, 0x31415352),
  keyLength: length(u32),
  bitLength: u32,
  dataLength: u32,
  publicExponent: u32,
  modulus: bytes(sized("keyLength")),
};

/**
 * An RSA public key. `bitLength` is the size of the modulus in bits, `dataLength` the most bytes
 * that can be encrypted with it (`bitLength` / 8 - 1). Part of proprietary certificates.
 */
export const RsaPublicKey = pdu("RSA_PUBLIC_KEY", "[MS-RDPBCGR] 2.2.1.4.3.1.1.1", rsaPublicKeyFields, {
  sentBy: "server",
});
export type RsaPublicKey = Infer<typeof RsaPublicKey>;

/** Kinds of blobs in proprietary certificates. */
export const CertificateBlobType = { BB_RSA_KEY_BLOB: 6, BB_RSA_SIGNATURE_BLOB: 8 } as const;

/**
 * The server's certificate: its public key under a signature by a key that everybody knows, or
 * a chain of X.509 certificates (DER), the server's own last. It stands in the server's security
 * data and in its licence request. `temporary` is 0 or 1.
 */
export const ServerCertificate = pdu(
  "SERVER_CERTIFICATE",
  "[MS-RDPBCGR] 2.2.1.4.3.1",
  {
    version: carrier(u32),
    chainVersion: tag(bits("version", 0, 31)),
    temporary: bits("version", 31, 1),
    certificate: union("chainVersion", {
      proprietary: [
        1,
        {
          signatureAlgorithm: enumeration(u32, { SIGNATURE_ALG_RSA: 1 }),
          keyAlgorithm: enumeration(u32, { KEY_EXCHANGE_ALG_RSA: 1 }),
          publicKeyBlobType: enumeration(u16, CertificateBlobType),
          publicKeyBlobLength: length(u16),
          publicKey: within(sized("publicKeyBlobLength"), rsaPublicKeyFields),
          signatureBlobType: enumeration(u16, CertificateBlobType),
          signatureBlobLength: length(u16),
          signature: bytes(sized("signatureBlobLength")),
        },
      ],
      x509: [
        2,
        {
          certificateCount: count(u32),
          certificates: list(struct({ certificate: bytes(prefixed(u32)) }), counted("certificateCount")),
          padding: bytes(rest),
        },
      ],
    }),
  },
  { sentBy: "server" },
);
export type ServerCertificate = Infer<typeof ServerCertificate>;
