/** Block types and options: draft-ietf-opsawg-pcapng, sections 4 and 3.5. */
const sectionHeader = 0x0a0d0d0a;
const interfaceDescription = 1;
const enhancedPacket = 6;
const decryptionSecrets = 10;
const byteOrderMagic = 0x1a2b3c4d;
const optionEnd = 0;
const optionComment = 1;
const optionApplication = 4;
const optionTimeResolution = 9;
/** 10 to the minus 9 seconds. */
const nanoseconds = 9;
/** What the length of an option can say. */
const longestOption = 0xffff;

const utf8 = new TextEncoder();

export interface PcapngWriterOptions {
  /** The program that writes the file; in its section header. */
  readonly application?: string;
  /** On the whole file. */
  readonly comments?: readonly string[];
}

/** A packet to be written. */
export interface WrittenPacket {
  /** The registered number of what the packet begins with: 1 is Ethernet. */
  readonly linkType: number;
  /** Nanoseconds since 1970-01-01T00:00Z, not before it. */
  readonly time: bigint;
  readonly bytes: Uint8Array;
  /** Bytes on the wire, where that is more. */
  readonly length?: number;
  readonly comments?: readonly string[];
}

/** An option, padded to 32 bits. Text that is too long is cut between two characters. */
function option(code: number, value: Uint8Array | string): Uint8Array {
  const bytes = typeof value === "string" ? textBytes(value) : value;
  const whole = new Uint8Array(4 + ((bytes.length + 3) & ~3));
  const view = new DataView(whole.buffer);
  view.setUint16(0, code, true);
  view.setUint16(2, bytes.length, true);
  whole.set(bytes, 4);
  return whole;
}

function textBytes(text: string): Uint8Array {
  const bytes = utf8.encode(text);
  if (bytes.length <= longestOption) return bytes;
  let end = longestOption;
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end);
}

const endOfOptions = option(optionEnd, new Uint8Array(0));
const comment = (text: string): Uint8Array => option(optionComment, text);

/** A block: `fixed` are the 32-bit numbers at its begin; then come the parts, each padded to 32 bits. */
function block(type: number, fixed: readonly number[], parts: readonly Uint8Array[]): Uint8Array {
  let length = 12 + 4 * fixed.length;
  for (const part of parts) length += (part.length + 3) & ~3;
  const whole = new Uint8Array(length);
  const view = new DataView(whole.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, length, true);
  let at = 8;
  for (const word of fixed) {
    view.setUint32(at, word, true);
    at += 4;
  }
  for (const part of parts) {
    whole.set(part, at);
    at += (part.length + 3) & ~3;
  }
  view.setUint32(at, length, true);
  return whole;
}

/**
 * Writes a pcapng file of one section: each method gives the bytes that come next. Nothing is
 * opened or written; times are kept to the nanosecond. An interface is described when its link type
 * comes up first.
 */
export class PcapngWriter {
  private readonly options: PcapngWriterOptions;
  private readonly interfaces = new Map<number, number>();

  constructor(options: PcapngWriterOptions = {}) {
    this.options = options;
  }

  /** The beginning of the file. */
  start(): Uint8Array {
    const { application, comments = [] } = this.options;
    const options = comments.map(comment);
    if (application !== undefined) options.push(option(optionApplication, application));
    if (options.length > 0) options.push(endOfOptions);
    // Version 1.0, and a section of unknown length.
    return block(sectionHeader, [byteOrderMagic, 1, 0xffffffff, 0xffffffff], options);
  }

  /** A packet, and what describes its interface where that is new: one block or two. */
  packet({ linkType, time, bytes, length = bytes.length, comments = [] }: WrittenPacket): Uint8Array[] {
    const blocks: Uint8Array[] = [];
    let from = this.interfaces.get(linkType);
    if (from === undefined) {
      from = this.interfaces.size;
      this.interfaces.set(linkType, from);
      const options = [option(optionTimeResolution, Uint8Array.of(nanoseconds)), endOfOptions];
      blocks.push(block(interfaceDescription, [linkType, 0], options));
    }
    const high = Number((time >> 32n) & 0xffffffffn);
    const low = Number(time & 0xffffffffn);
    const parts = [bytes, ...comments.map(comment)];
    if (comments.length > 0) parts.push(endOfOptions);
    blocks.push(block(enhancedPacket, [from, high, low, bytes.length, Math.max(length, bytes.length)], parts));
    return blocks;
  }

  /** A decryption secrets block; `tlsKeyLog` is the type of a key log. It has to come before what it opens. */
  secrets(secretsType: number, bytes: Uint8Array): Uint8Array {
    return block(decryptionSecrets, [secretsType, bytes.length], [bytes]);
  }
}
