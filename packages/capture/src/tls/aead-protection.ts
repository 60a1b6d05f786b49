import { AeadKey } from "./aead.js";
import type { CipherSuite } from "./cipher-suites.js";
import { trafficKeys, updatedSecret } from "./hkdf-label.js";
import type { SessionKeys } from "./key-block.js";
import type { Opened, Protection } from "./protection.js";
import { headerLength, writeSequence } from "./record.js";

/** The nonce of TLS 1.3 and of ChaCha20: the sequence number, padded, XOR the IV. */
function xorNonce(nonce: Buffer, iv: Uint8Array, sequence: number): void {
  nonce.fill(0, 0, 4);
  writeSequence(nonce, 4, sequence);
  for (let index = 0; index < 12; index++) nonce[index] = (nonce[index] ?? 0) ^ (iv[index] ?? 0);
}

/** Records of TLS 1.3 (RFC 8446, section 5.2). */
export class Tls13Protection implements Protection {
  readonly #suite: CipherSuite;
  readonly #secret: Uint8Array;
  readonly #key: AeadKey;
  readonly #iv: Uint8Array;
  readonly #nonce = Buffer.alloc(12);

  constructor(suite: CipherSuite, secret: Uint8Array) {
    const { key, iv } = trafficKeys(suite, secret);
    this.#suite = suite;
    this.#secret = secret;
    this.#key = new AeadKey(suite, key);
    this.#iv = iv;
  }

  open(record: Uint8Array, sequence: number): Opened | undefined {
    xorNonce(this.#nonce, this.#iv, sequence);
    const sealed = record.subarray(headerLength);
    const inner = this.#key.open(sealed, this.#nonce, record.subarray(0, headerLength));
    if (inner === undefined) return undefined;
    // Content, its type, then zeros as padding.
    let end = inner.length - 1;
    while (end >= 0 && inner[end] === 0) end--;
    if (end < 0) return undefined;
    return { type: inner[end] ?? 0, content: inner.subarray(0, end) };
  }

  next(): Tls13Protection {
    return new Tls13Protection(this.#suite, updatedSecret(this.#suite, this.#secret));
  }
}

/** In suites with GCM and CCM, the part of the nonce that is in the record. */
const explicitLength = 8;

/** Records of TLS 1.2 with an AEAD cipher (RFC 5246, section 6.2.3.3; RFC 7905, section 2). */
export class Tls12AeadProtection implements Protection {
  readonly #key: AeadKey;
  readonly #iv: Uint8Array;
  readonly #explicit: number;
  readonly #nonce = Buffer.alloc(12);
  readonly #aad = Buffer.alloc(13);

  constructor(suite: CipherSuite, { key, iv }: SessionKeys) {
    this.#key = new AeadKey(suite, key);
    this.#iv = iv;
    this.#explicit = suite.cipher.kind === "chacha" ? 0 : explicitLength;
  }

  open(record: Uint8Array, sequence: number): Opened | undefined {
    const start = headerLength + this.#explicit;
    const length = record.length - start - this.#key.tagLength;
    if (length < 0) return undefined;
    if (this.#explicit === 0) xorNonce(this.#nonce, this.#iv, sequence);
    else {
      this.#nonce.set(this.#iv);
      this.#nonce.set(record.subarray(headerLength, start), 4);
    }
    writeSequence(this.#aad, 0, sequence);
    this.#aad.set(record.subarray(0, 3), 8);
    this.#aad.writeUInt16BE(length, 11);
    const content = this.#key.open(record.subarray(start), this.#nonce, this.#aad);
    return content && { type: record[0] ?? 0, content };
  }
}
