/** Bytes before the fragment: type, version, length (RFC 8446, section 5.1). */
export const headerLength = 5;
/** 2^14 bytes of content and what ciphers of TLS 1.2 may add (RFC 5246, section 6.2.3). */
export const longestFragment = 2 ** 14 + 2048;

export const ContentType = {
  changeCipherSpec: 20,
  alert: 21,
  handshake: 22,
  applicationData: 23,
} as const;

/** Length of the fragment by the header at `at`. */
export const fragmentLength = (bytes: Uint8Array, at: number): number =>
  ((bytes[at + 3] ?? 0) << 8) | (bytes[at + 4] ?? 0);

/** Whether a record can begin at `at`, where {@link headerLength} bytes are. */
export function canBeRecord(bytes: Uint8Array, at: number): boolean {
  const type = bytes[at] ?? 0;
  if (type < ContentType.changeCipherSpec || type > 24) return false;
  if (bytes[at + 1] !== 3 || (bytes[at + 2] ?? 0) > 4) return false;
  const length = fragmentLength(bytes, at);
  return length > 0 && length <= longestFragment;
}

/** The 64-bit sequence number of a record, as nonces and authenticated data have it. */
export function writeSequence(into: Buffer, at: number, sequence: number): void {
  into.writeUInt32BE(Math.floor(sequence / 2 ** 32), at);
  into.writeUInt32BE(sequence % 2 ** 32, at + 4);
}
