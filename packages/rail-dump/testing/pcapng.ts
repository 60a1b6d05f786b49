import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** Sizes of the headers of a pcap file and of its packets. */
const fileHeader = 24;
const packetHeader = 16;

const word = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value, 4 * index);
  return bytes;
};

/** A block of pcapng: type, length, body, length. */
function block(type: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const padding = Buffer.alloc(-body.length & 3);
  const length = word(12 + body.length + padding.length);
  return Buffer.concat([word(type), length, body, padding, length]);
}

/** Ethernet; no limit to the length of packets. */
const interfaceBlock = block(1, word(1, 0));
const sectionBlock = block(0x0a0d0d0a, word(0x1a2b3c4d, 1, 0xffffffff, 0xffffffff));

/** A decryption secrets block with a key log. */
export const secretsBlock = (keyLog: Uint8Array): Buffer => block(10, word(0x544c534b, keyLog.length), keyLog);

/** Packet blocks of a gzipped pcap file, in little endian, with microseconds. */
function packetBlocks(path: string): Buffer[] {
  const file = gunzipSync(readFileSync(path));
  const blocks: Buffer[] = [];
  for (let at = fileHeader; at < file.length;) {
    const micros = BigInt(file.readUInt32LE(at)) * 1_000_000n + BigInt(file.readUInt32LE(at + 4));
    const [captured, length] = [file.readUInt32LE(at + 8), file.readUInt32LE(at + 12)];
    const header = word(0, Number(micros >> 32n), Number(micros & 0xffffffffn), captured, length);
    const start = at + packetHeader;
    at = start + captured;
    blocks.push(block(6, header, file.subarray(start, at)));
  }
  return blocks;
}

/** The packets of a gzipped pcap file as pcapng, with other blocks after so many of them. */
export function pcapngOf(path: string, more: readonly Uint8Array[], after: number): Buffer {
  const packets = packetBlocks(path);
  const at = Math.min(after, packets.length);
  return Buffer.concat([sectionBlock, interfaceBlock, ...packets.slice(0, at), ...more, ...packets.slice(at)]);
}
