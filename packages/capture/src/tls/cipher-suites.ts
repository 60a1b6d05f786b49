/** Hash of the key schedule and, in suites with CBC, of the MAC. */
export type HashName = "sha1" | "sha256" | "sha384";

/** How the records of a suite are protected. */
export type SuiteCipher =
  | { readonly kind: "gcm" | "ccm" | "chacha"; readonly tagLength: 8 | 16 }
  | { readonly kind: "cbc"; readonly macHash: HashName };

export interface CipherSuite {
  readonly number: number;
  /** As IANA has it: `TLS_AES_128_GCM_SHA256`. */
  readonly name: string;
  readonly cipher: SuiteCipher;
  /** What `createDecipheriv` calls it. */
  readonly algorithm: string;
  /** Bytes of a record key. */
  readonly keyLength: number;
  /** Hash of HKDF in TLS 1.3, of the PRF in TLS 1.2. */
  readonly hash: "sha256" | "sha384";
}

/** Numbers and names of the IANA registry of cipher suites, without `TLS_`. */
const names: ReadonlyMap<number, string> = new Map([
  ...numbered(0x1301, "AES_128_GCM_SHA256 AES_256_GCM_SHA384 CHACHA20_POLY1305_SHA256"),
  ...numbered(0x1304, "AES_128_CCM_SHA256 AES_128_CCM_8_SHA256"),
  ...exchanges(0x002f, "RSA DH_DSS DH_RSA DHE_DSS DHE_RSA DH_anon", "AES_128_CBC_SHA"),
  ...exchanges(0x0035, "RSA DH_DSS DH_RSA DHE_DSS DHE_RSA DH_anon", "AES_256_CBC_SHA"),
  ...exchanges(0x003c, "RSA", "AES_128_CBC_SHA256 AES_256_CBC_SHA256"),
  ...exchanges(0x003e, "DH_DSS DH_RSA DHE_DSS", "AES_128_CBC_SHA256"),
  ...exchanges(0x0067, "DHE_RSA", "AES_128_CBC_SHA256"),
  ...exchanges(0x0068, "DH_DSS DH_RSA DHE_DSS DHE_RSA", "AES_256_CBC_SHA256"),
  ...exchanges(0x006c, "DH_anon", "AES_128_CBC_SHA256 AES_256_CBC_SHA256"),
  ...exchanges(0x008c, "PSK", "AES_128_CBC_SHA AES_256_CBC_SHA"),
  ...exchanges(0x0090, "DHE_PSK", "AES_128_CBC_SHA AES_256_CBC_SHA"),
  ...exchanges(0x0094, "RSA_PSK", "AES_128_CBC_SHA AES_256_CBC_SHA"),
  ...exchanges(
    0x009c,
    "RSA DHE_RSA DH_RSA DHE_DSS DH_DSS DH_anon PSK DHE_PSK RSA_PSK",
    "AES_128_GCM_SHA256 AES_256_GCM_SHA384",
  ),
  ...exchanges(0x00ae, "PSK", "AES_128_CBC_SHA256 AES_256_CBC_SHA384"),
  ...exchanges(0x00b2, "DHE_PSK", "AES_128_CBC_SHA256 AES_256_CBC_SHA384"),
  ...exchanges(0x00b6, "RSA_PSK", "AES_128_CBC_SHA256 AES_256_CBC_SHA384"),
  ...exchanges(0xc004, "ECDH_ECDSA", "AES_128_CBC_SHA AES_256_CBC_SHA"),
  ...exchanges(0xc009, "ECDHE_ECDSA", "AES_128_CBC_SHA AES_256_CBC_SHA"),
  ...exchanges(0xc00e, "ECDH_RSA", "AES_128_CBC_SHA AES_256_CBC_SHA"),
  ...exchanges(0xc013, "ECDHE_RSA", "AES_128_CBC_SHA AES_256_CBC_SHA"),
  ...exchanges(0xc018, "ECDH_anon", "AES_128_CBC_SHA AES_256_CBC_SHA"),
  ...exchanges(0xc01d, "SRP_SHA SRP_SHA_RSA SRP_SHA_DSS", "AES_128_CBC_SHA"),
  ...exchanges(0xc020, "SRP_SHA SRP_SHA_RSA SRP_SHA_DSS", "AES_256_CBC_SHA"),
  ...exchanges(0xc023, "ECDHE_ECDSA ECDH_ECDSA ECDHE_RSA ECDH_RSA", "AES_128_CBC_SHA256 AES_256_CBC_SHA384"),
  ...exchanges(0xc02b, "ECDHE_ECDSA ECDH_ECDSA ECDHE_RSA ECDH_RSA", "AES_128_GCM_SHA256 AES_256_GCM_SHA384"),
  ...exchanges(0xc035, "ECDHE_PSK", "AES_128_CBC_SHA AES_256_CBC_SHA AES_128_CBC_SHA256 AES_256_CBC_SHA384"),
  ...exchanges(0xc09c, "RSA DHE_RSA", "AES_128_CCM AES_256_CCM"),
  ...exchanges(0xc0a0, "RSA DHE_RSA", "AES_128_CCM_8 AES_256_CCM_8"),
  ...exchanges(0xc0a4, "PSK DHE_PSK", "AES_128_CCM AES_256_CCM"),
  ...exchanges(0xc0a8, "PSK PSK_DHE", "AES_128_CCM_8 AES_256_CCM_8"),
  ...exchanges(0xc0ac, "ECDHE_ECDSA", "AES_128_CCM AES_256_CCM AES_128_CCM_8 AES_256_CCM_8"),
  ...exchanges(0xcca8, "ECDHE_RSA ECDHE_ECDSA DHE_RSA PSK ECDHE_PSK DHE_PSK RSA_PSK", "CHACHA20_POLY1305_SHA256"),
  ...exchanges(0xd001, "ECDHE_PSK", "AES_128_GCM_SHA256 AES_256_GCM_SHA384 AES_128_CCM_8_SHA256"),
  ...exchanges(0xd005, "ECDHE_PSK", "AES_128_CCM_SHA256"),
  // Not decrypted, but named: old servers of RDP choose them.
  ...exchanges(0x0001, "RSA", "NULL_MD5 NULL_SHA"),
  ...exchanges(0x0004, "RSA", "RC4_128_MD5 RC4_128_SHA"),
  ...exchanges(0x000a, "RSA", "3DES_EDE_CBC_SHA"),
  ...exchanges(0x0016, "DHE_RSA", "3DES_EDE_CBC_SHA"),
  ...exchanges(0xc011, "ECDHE_RSA", "RC4_128_SHA 3DES_EDE_CBC_SHA"),
]);

/** Names for consecutive numbers. */
function numbered(first: number, list: string): [number, string][] {
  return list.split(" ").map((name, index) => [first + index, name]);
}

/** As {@link numbered}, for each key exchange in turn with each of the ciphers. */
function exchanges(first: number, keyExchanges: string, ciphers: string): [number, string][] {
  const both = keyExchanges
    .split(" ")
    .flatMap((exchange) => ciphers.split(" ").map((cipher) => `${exchange}_WITH_${cipher}`));
  return numbered(first, both.join(" "));
}

/** The IANA name; undefined if the number is not known here. */
export function cipherSuiteName(number: number): string | undefined {
  const name = names.get(number);
  return name === undefined ? undefined : `TLS_${name}`;
}

export const isTls13Suite = (number: number): boolean => number >> 8 === 0x13;

const pattern = /(?:^|_WITH_)(AES_(128|256)_(GCM|CCM_8|CCM|CBC)|CHACHA20_POLY1305)(?:_(SHA\d*))?$/;

/** What a suite does, read from its name; undefined if its records cannot be decrypted here. */
export function cipherSuite(number: number): CipherSuite | undefined {
  const name = cipherSuiteName(number);
  const found = pattern.exec(name?.slice(4) ?? "");
  if (name === undefined || found === null) return undefined;
  const [, , bits, mode = "CHACHA", hashName = "SHA256"] = found;
  const hash = hashName === "SHA384" ? "sha384" : "sha256";
  const keyLength = bits === "128" ? 16 : 32;
  const common = { number, name, keyLength, hash } as const;
  switch (mode) {
    case "CHACHA":
      return { ...common, algorithm: "chacha20-poly1305", cipher: { kind: "chacha", tagLength: 16 } };
    case "CBC": {
      const macHash = hashName === "SHA" ? "sha1" : hash;
      return { ...common, algorithm: `aes-${bits}-cbc`, cipher: { kind: "cbc", macHash } };
    }
    case "GCM":
      return { ...common, algorithm: `aes-${bits}-gcm`, cipher: { kind: "gcm", tagLength: 16 } };
    default: {
      const tagLength = mode === "CCM_8" ? 8 : 16;
      return { ...common, algorithm: `aes-${bits}-ccm`, cipher: { kind: "ccm", tagLength } };
    }
  }
}
