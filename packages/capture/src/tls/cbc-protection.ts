import { createDecipheriv, createHmac } from "node:crypto";
import type { CipherSuite, HashName } from "./cipher-suites.js";
import { macLength, type SessionKeys } from "./key-block.js";
import type { Opened, Protection } from "./protection.js";
import { headerLength, writeSequence } from "./record.js";
import { tls10 } from "./versions.js";

const blockLength = 16;

export interface CbcMode {
  readonly version: number;
  /** The MAC covers the ciphertext (RFC 7366) instead of the content. */
  readonly encryptThenMac: boolean;
}

/**
 * Records with AES in CBC mode and an HMAC (RFC 5246, section 6.2.3.2). Up to TLS 1.0 the IV is
 * the last block of the record before.
 */
export class CbcProtection implements Protection {
  readonly #algorithm: string;
  readonly #keys: SessionKeys;
  readonly #macHash: HashName;
  readonly #mode: CbcMode;
  readonly #macHeader = Buffer.alloc(13);
  /** The IV of the next record; empty where the record has its own. */
  #chained: Uint8Array;
  /** Whether the IV is right. A MAC over the ciphertext does not show that it is not. */
  #chainSure = true;
  #macFits = false;

  constructor({ algorithm }: CipherSuite, macHash: HashName, keys: SessionKeys, mode: CbcMode) {
    this.#algorithm = algorithm;
    this.#macHash = macHash;
    this.#keys = keys;
    this.#mode = mode;
    this.#chained = mode.version === tls10 ? keys.iv : new Uint8Array(0);
  }

  open(record: Uint8Array, sequence: number): Opened | undefined {
    const content = this.#mode.encryptThenMac ? this.#openOuter(record, sequence) : this.#openInner(record, sequence);
    return content && { type: record[0] ?? 0, content };
  }

  passed(record: Uint8Array): void {
    if (this.#chained.length === 0) return;
    this.#chainSure = this.#macFits || !this.#mode.encryptThenMac;
    this.#macFits = false;
    const end = record.length - (this.#mode.encryptThenMac ? macLength(this.#macHash) : 0);
    if (end - headerLength < blockLength) return;
    this.#chained = record.slice(end - blockLength, end);
  }

  lost(): void {
    this.#chainSure = this.#chained.length === 0;
  }

  #openOuter(record: Uint8Array, sequence: number): Uint8Array | undefined {
    const end = record.length - macLength(this.#macHash);
    if (end <= headerLength) return undefined;
    const fragment = record.subarray(headerLength, end);
    if (!this.#isMac(record.subarray(end), record, sequence, fragment)) return undefined;
    this.#macFits = true;
    if (!this.#chainSure) return undefined;
    return withoutPadding(this.#decrypt(fragment));
  }

  #openInner(record: Uint8Array, sequence: number): Uint8Array | undefined {
    const inner = withoutPadding(this.#decrypt(record.subarray(headerLength)));
    const end = (inner?.length ?? 0) - macLength(this.#macHash);
    if (inner === undefined || end < 0) return undefined;
    const content = inner.subarray(0, end);
    return this.#isMac(inner.subarray(end), record, sequence, content) ? content : undefined;
  }

  #isMac(mac: Uint8Array, record: Uint8Array, sequence: number, over: Uint8Array): boolean {
    const header = this.#macHeader;
    writeSequence(header, 0, sequence);
    header.set(record.subarray(0, 3), 8);
    header.writeUInt16BE(over.length, 11);
    const { macKey } = this.#keys;
    const right = createHmac(this.#macHash, macKey).update(header).update(over).digest();
    return Buffer.compare(right, mac) === 0;
  }

  /** All blocks, padding included. */
  #decrypt(fragment: Uint8Array): Uint8Array | undefined {
    const inRecord = this.#chained.length === 0;
    const iv = inRecord ? fragment.subarray(0, blockLength) : this.#chained;
    const blocks = inRecord ? fragment.subarray(blockLength) : fragment;
    if (blocks.length === 0 || blocks.length % blockLength !== 0) return undefined;
    try {
      const decipher = createDecipheriv(this.#algorithm, this.#keys.key, iv);
      decipher.setAutoPadding(false);
      const plain = decipher.update(blocks);
      decipher.final();
      return plain;
    } catch {
      // The block was checked, so it is an OpenSSL that does not allow the cipher.
      return undefined;
    }
  }
}

/** Each byte of the padding, its length byte included, has the length as its value. */
function withoutPadding(plain: Uint8Array | undefined): Uint8Array | undefined {
  if (plain === undefined) return undefined;
  const padding = plain[plain.length - 1] ?? 0;
  const end = plain.length - 1 - padding;
  if (end < 0) return undefined;
  for (let at = end; at < plain.length; at++) if (plain[at] !== padding) return undefined;
  return plain.subarray(0, end);
}
