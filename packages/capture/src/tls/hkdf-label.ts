import { createHmac } from "node:crypto";
import type { CipherSuite, HashName } from "./cipher-suites.js";

/** HKDF-Expand of RFC 5869, section 2.3. */
function expand(hash: HashName, secret: Uint8Array, info: Uint8Array, length: number): Buffer {
  const blocks: Buffer[] = [];
  let block: Uint8Array = new Uint8Array(0);
  for (let have = 0, index = 1; have < length; index++) {
    const next = createHmac(hash, secret).update(block).update(info).update(Uint8Array.of(index)).digest();
    blocks.push(next);
    have += next.length;
    block = next;
  }
  return Buffer.concat(blocks, length);
}

/** HKDF-Expand-Label of RFC 8446, section 7.1, with an empty context. */
function expandLabel(hash: HashName, secret: Uint8Array, label: string, length: number): Buffer {
  const name = Buffer.from(`tls13 ${label}`, "latin1");
  const info = Buffer.concat([Uint8Array.of(length >> 8, length & 0xff, name.length), name, Uint8Array.of(0)]);
  return expand(hash, secret, info, length);
}

/** What protects the records of one direction until its next key update. */
export interface TrafficKeys {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
}

/** RFC 8446, section 7.3. */
export const trafficKeys = (suite: CipherSuite, secret: Uint8Array): TrafficKeys => ({
  key: expandLabel(suite.hash, secret, "key", suite.keyLength),
  iv: expandLabel(suite.hash, secret, "iv", 12),
});

/** The traffic secret after a key update (RFC 8446, section 7.2). */
export const updatedSecret = (suite: CipherSuite, secret: Uint8Array): Uint8Array =>
  expandLabel(suite.hash, secret, "traffic upd", secret.length);
