import { createHmac } from "node:crypto";
import type { CipherSuite, HashName } from "./cipher-suites.js";
import { tls12 } from "./versions.js";

/** P_hash of RFC 5246, section 5. */
function pHash(hash: HashName | "md5", secret: Uint8Array, seed: Uint8Array, length: number): Buffer {
  const blocks: Buffer[] = [];
  let a: Uint8Array = seed;
  for (let have = 0; have < length;) {
    a = createHmac(hash, secret).update(a).digest();
    const block = createHmac(hash, secret).update(a).update(seed).digest();
    blocks.push(block);
    have += block.length;
  }
  return Buffer.concat(blocks, length);
}

/** The PRF of TLS 1.0 and 1.1 (RFC 2246, section 5): half of the secret for each hash. */
function oldPrf(secret: Uint8Array, seed: Uint8Array, length: number): Buffer {
  const half = Math.ceil(secret.length / 2);
  const result = pHash("md5", secret.subarray(0, half), seed, length);
  const other = pHash("sha1", secret.subarray(secret.length - half), seed, length);
  for (const [index, byte] of other.entries()) result[index] = (result[index] ?? 0) ^ byte;
  return result;
}

/** What protects the records of one direction. Lengths are 0 where the cipher does not use it. */
export interface SessionKeys {
  readonly macKey: Uint8Array;
  readonly key: Uint8Array;
  /** The fixed part of the nonce; the first chaining block in TLS 1.0. */
  readonly iv: Uint8Array;
}

const macLengths: Readonly<Record<HashName, number>> = { sha1: 20, sha256: 32, sha384: 48 };

export const macLength = (hash: HashName): number => macLengths[hash];

/** Bytes of a session's `iv`: of TLS 1.2 on, CBC has it in the record. */
function ivLength({ cipher }: CipherSuite): number {
  switch (cipher.kind) {
    case "gcm":
    case "ccm":
      return 4;
    case "chacha":
      return 12;
    case "cbc":
      return 16;
  }
}

export interface SessionSecrets {
  readonly version: number;
  readonly suite: CipherSuite;
  readonly master: Uint8Array;
  readonly clientRandom: Uint8Array;
  readonly serverRandom: Uint8Array;
}

/** The keys of both directions from the master secret (RFC 5246, section 6.3). */
export function sessionKeys(of: SessionSecrets): { c2s: SessionKeys; s2c: SessionKeys } {
  const { version, suite, master } = of;
  const mac = suite.cipher.kind === "cbc" ? macLength(suite.cipher.macHash) : 0;
  const iv = ivLength(suite);
  const length = 2 * (mac + suite.keyLength + iv);
  const label = Buffer.from("key expansion", "latin1");
  const seed = Buffer.concat([label, of.serverRandom, of.clientRandom]);
  const block = version >= tls12 ? pHash(suite.hash, master, seed, length) : oldPrf(master, seed, length);
  let at = 0;
  const take = (count: number): Uint8Array => block.subarray(at, (at += count));
  const [clientMac, serverMac] = [take(mac), take(mac)];
  const [clientKey, serverKey] = [take(suite.keyLength), take(suite.keyLength)];
  const [clientIv, serverIv] = [take(iv), take(iv)];
  return {
    c2s: { macKey: clientMac, key: clientKey, iv: clientIv },
    s2c: { macKey: serverMac, key: serverKey, iv: serverIv },
  };
}
