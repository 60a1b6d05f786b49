import { expect, test } from "vitest";
import { cipherSuite, cipherSuiteName } from "./cipher-suites.js";

test("numbers and names are those of the IANA registry", () => {
  // The first and the last of each run of numbers, as RFC 5246, 5288, 5289, 5487, 5489, 6655, 7251,
  // 7905, 8442 and 8446 have them.
  const registry: [number, string][] = [
    [0x002f, "TLS_RSA_WITH_AES_128_CBC_SHA"],
    [0x0034, "TLS_DH_anon_WITH_AES_128_CBC_SHA"],
    [0x003a, "TLS_DH_anon_WITH_AES_256_CBC_SHA"],
    [0x003d, "TLS_RSA_WITH_AES_256_CBC_SHA256"],
    [0x0040, "TLS_DHE_DSS_WITH_AES_128_CBC_SHA256"],
    [0x0067, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256"],
    [0x006b, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256"],
    [0x006d, "TLS_DH_anon_WITH_AES_256_CBC_SHA256"],
    [0x0095, "TLS_RSA_PSK_WITH_AES_256_CBC_SHA"],
    [0x009c, "TLS_RSA_WITH_AES_128_GCM_SHA256"],
    [0x00a3, "TLS_DHE_DSS_WITH_AES_256_GCM_SHA384"],
    [0x00ad, "TLS_RSA_PSK_WITH_AES_256_GCM_SHA384"],
    [0x00b7, "TLS_RSA_PSK_WITH_AES_256_CBC_SHA384"],
    [0x1301, "TLS_AES_128_GCM_SHA256"],
    [0x1305, "TLS_AES_128_CCM_8_SHA256"],
    [0xc005, "TLS_ECDH_ECDSA_WITH_AES_256_CBC_SHA"],
    [0xc00a, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"],
    [0xc014, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA"],
    [0xc022, "TLS_SRP_SHA_DSS_WITH_AES_256_CBC_SHA"],
    [0xc023, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"],
    [0xc028, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"],
    [0xc02c, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"],
    [0xc032, "TLS_ECDH_RSA_WITH_AES_256_GCM_SHA384"],
    [0xc038, "TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA384"],
    [0xc09f, "TLS_DHE_RSA_WITH_AES_256_CCM"],
    [0xc0a3, "TLS_DHE_RSA_WITH_AES_256_CCM_8"],
    [0xc0a7, "TLS_DHE_PSK_WITH_AES_256_CCM"],
    [0xc0ab, "TLS_PSK_DHE_WITH_AES_256_CCM_8"],
    [0xc0af, "TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8"],
    [0xcca8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"],
    [0xccae, "TLS_RSA_PSK_WITH_CHACHA20_POLY1305_SHA256"],
    [0xd003, "TLS_ECDHE_PSK_WITH_AES_128_CCM_8_SHA256"],
    [0xd005, "TLS_ECDHE_PSK_WITH_AES_128_CCM_SHA256"],
  ];
  expect(registry.map(([number]) => [number, cipherSuiteName(number)])).toEqual(registry);
});

test("no name has two numbers", () => {
  const names = Array.from({ length: 0x10000 }, (_, number) => cipherSuiteName(number)).filter((name) => name);
  expect(new Set(names).size).toBe(names.length);
});

test("what a suite does is read from its name", () => {
  expect(cipherSuite(0x1305)).toMatchObject({ cipher: { kind: "ccm", tagLength: 8 }, algorithm: "aes-128-ccm" });
  expect(cipherSuite(0xc0ac)).toMatchObject({ cipher: { kind: "ccm", tagLength: 16 }, hash: "sha256", keyLength: 16 });
  expect(cipherSuite(0xcca8)).toMatchObject({ cipher: { kind: "chacha" }, keyLength: 32 });
  expect(cipherSuite(0xc030)).toMatchObject({ algorithm: "aes-256-gcm", hash: "sha384", keyLength: 32 });
  expect(cipherSuite(0x0035)).toMatchObject({ cipher: { kind: "cbc", macHash: "sha1" }, hash: "sha256" });
  expect(cipherSuite(0xc028)).toMatchObject({ cipher: { kind: "cbc", macHash: "sha384" }, hash: "sha384" });
});

test.each([0x0005, 0x000a, 0x0000, 0xffff])("suite %i is not decrypted", (number) => {
  expect(cipherSuite(number)).toBe(undefined);
});
