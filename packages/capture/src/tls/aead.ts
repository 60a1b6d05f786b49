import { createDecipheriv, type CipherCCMTypes } from "node:crypto";
import type { CipherSuite } from "./cipher-suites.js";

/** A key of an AEAD cipher. */
export class AeadKey {
  readonly #algorithm: CipherCCMTypes;
  readonly #key: Uint8Array;
  readonly #tag: { readonly authTagLength: number };

  constructor({ algorithm, cipher }: CipherSuite, key: Uint8Array) {
    // The overload for CCM has all options; the other ciphers ignore those they do not need.
    this.#algorithm = algorithm as CipherCCMTypes;
    this.#key = key;
    this.#tag = { authTagLength: cipher.kind === "cbc" ? 16 : cipher.tagLength };
  }

  get tagLength(): number {
    return this.#tag.authTagLength;
  }

  /** The plaintext of `sealed` (ciphertext, then tag); undefined if it is not authentic. */
  open(sealed: Uint8Array, nonce: Uint8Array, aad: Uint8Array): Uint8Array | undefined {
    const plaintextLength = sealed.length - this.tagLength;
    if (plaintextLength < 0) return undefined;
    try {
      const decipher = createDecipheriv(this.#algorithm, this.#key, nonce, this.#tag);
      decipher.setAuthTag(sealed.subarray(plaintextLength));
      decipher.setAAD(aad, { plaintextLength });
      const plain = decipher.update(sealed.subarray(0, plaintextLength));
      decipher.final();
      return plain;
    } catch {
      // Node throws for a wrong tag and for whatever its OpenSSL does not allow.
      return undefined;
    }
  }
}
