export const HandshakeType = {
  clientHello: 1,
  serverHello: 2,
  finished: 20,
  keyUpdate: 24,
} as const;

/** Type and length (RFC 8446, section 4). */
const headerLength = 4;
/** Certificate chains are the longest true messages. */
const longestMessage = 2 ** 20;

/** Takes a message of the types that matter; the body is memory of its own. */
export type MessageSink = (type: number, body: Uint8Array) => void;

const wanted: ReadonlySet<number> = new Set(Object.values(HandshakeType));

/** Puts the handshake messages of one direction together, which records may split anywhere. */
export class HandshakeStream {
  readonly #sink: MessageSink;
  readonly #header = new Uint8Array(headerLength);
  #headerHave = 0;
  /** Parts of the body so far, of a message that matters. */
  #parts: Uint8Array[] = [];
  #missing = 0;
  /** Records are missing: where the next message begins is not known. */
  #lost = false;

  constructor(sink: MessageSink) {
    this.#sink = sink;
  }

  /** The content of the next handshake record; false if it cannot be a handshake. */
  push(content: Uint8Array): boolean {
    if (this.#lost && !fillsExactly(content)) return true;
    this.#lost = false;
    let at = 0;
    while (at < content.length) {
      if (this.#headerHave < headerLength) {
        this.#header[this.#headerHave++] = content[at++] ?? 0;
        if (this.#headerHave < headerLength) continue;
        this.#missing = lengthAt(this.#header, 0);
        if (this.#missing > longestMessage) return false;
      }
      const part = content.subarray(at, at + this.#missing);
      at += part.length;
      this.#missing -= part.length;
      if (wanted.has(this.#header[0] ?? 0)) this.#parts.push(part.slice());
      if (this.#missing === 0) this.#complete();
    }
    return true;
  }

  /** Records of this direction are missing here. */
  lose(): void {
    this.#lost = true;
    this.#headerHave = 0;
    this.#parts = [];
  }

  #complete(): void {
    const parts = this.#parts;
    this.#headerHave = 0;
    this.#parts = [];
    const type = this.#header[0] ?? 0;
    if (wanted.has(type)) this.#sink(type, Buffer.concat(parts));
  }
}

const lengthAt = (bytes: Uint8Array, at: number): number =>
  ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);

/** Whether messages begin where the content begins and end where it ends. */
function fillsExactly(content: Uint8Array): boolean {
  let at = 0;
  while (at + headerLength <= content.length) at += headerLength + lengthAt(content, at);
  return at === content.length;
}
