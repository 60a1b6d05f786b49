import { tls12 } from "./versions.js";

/** What decryption needs of a ClientHello. */
export interface ClientHello {
  readonly random: Uint8Array;
  /** The client may send 0-RTT data right after. */
  readonly earlyData: boolean;
}

/** What decryption needs of a ServerHello. */
export interface ServerHello {
  readonly random: Uint8Array;
  readonly version: number;
  readonly cipherSuite: number;
  readonly compression: number;
  readonly encryptThenMac: boolean;
  /** It is a HelloRetryRequest: another ClientHello comes. */
  readonly retry: boolean;
}

const extensions = { encryptThenMac: 22, earlyData: 42, supportedVersions: 43 } as const;

/** The random of a ServerHello that is a HelloRetryRequest (RFC 8446, section 4.1.3). */
const retryRandom = Buffer.from("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c", "hex");
const randomLength = 32;

/** Reads forward; past the end it gives zeros and says so. */
class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  /** Whether more was asked for than is there. */
  get overrun(): boolean {
    return this.left < 0;
  }

  uint(length: number): number {
    let value = 0;
    for (let index = 0; index < length; index++) {
      value = value * 256 + (this.#bytes[this.#at + index] ?? 0);
    }
    this.#at += length;
    return value;
  }

  take(length: number): Uint8Array {
    this.#at += length;
    return this.#bytes.slice(this.#at - length, this.#at);
  }
}

/** The extensions by number; undefined if they do not fit. A message may end without any. */
function readExtensions(reader: Reader): Map<number, Uint8Array> | undefined {
  const found = new Map<number, Uint8Array>();
  if (reader.left === 0) return found;
  if (reader.uint(2) !== reader.left) return undefined;
  while (reader.left > 0) {
    const type = reader.uint(2);
    const length = reader.uint(2);
    if (length > reader.left) return undefined;
    found.set(type, reader.take(length));
  }
  return reader.overrun ? undefined : found;
}

/** A ClientHello by its body (RFC 8446, section 4.1.2); undefined if it is none. */
export function readClientHello(body: Uint8Array): ClientHello | undefined {
  const reader = new Reader(body);
  reader.uint(2);
  const random = reader.take(randomLength);
  for (const prefix of [1, 2, 1]) reader.take(reader.uint(prefix));
  if (reader.overrun) return undefined;
  const found = readExtensions(reader);
  return found && { random, earlyData: found.has(extensions.earlyData) };
}

/** A ServerHello by its body (RFC 8446, section 4.1.3); undefined if it is none. */
export function readServerHello(body: Uint8Array): ServerHello | undefined {
  const reader = new Reader(body);
  const oldVersion = reader.uint(2);
  const random = reader.take(randomLength);
  reader.take(reader.uint(1));
  const cipherSuite = reader.uint(2);
  const compression = reader.uint(1);
  if (reader.overrun) return undefined;
  const found = readExtensions(reader);
  if (found === undefined) return undefined;
  const selected = found.get(extensions.supportedVersions);
  const newVersion = selected?.length === 2 ? new Reader(selected).uint(2) : oldVersion;
  return {
    random,
    version: oldVersion === tls12 ? newVersion : oldVersion,
    cipherSuite,
    compression,
    encryptThenMac: found.has(extensions.encryptThenMac),
    retry: Buffer.compare(random, retryRandom) === 0,
  };
}
