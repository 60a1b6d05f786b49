import { closeSync, openSync, writeSync } from "node:fs";

/** Headers: Ethernet, IPv4 without options. */
const [ethernet, ipv4] = [14, 20];
const recordHeader = 16;
const blockSize = 4 * 1024 * 1024;

/** Bits of a TCP header. */
export const TcpFlags = { FIN: 0x01, SYN: 0x02, PSH: 0x08, ACK: 0x10 };

/** MSS 1460, selective acknowledgements, window scale 7; the time stamps stand between them. */
const synOptions = { before: [2, 4, 0x05, 0xb4, 4, 2], after: [1, 3, 3, 7] };
const otherOptions = { before: [1, 1], after: [] };

/**
 * @typedef {object} Side
 * @property {readonly number[]} mac
 * @property {readonly number[]} ip
 * @property {number} port
 */

/**
 * @typedef {object} Segment
 * @property {Side} from
 * @property {Side} to
 * @property {number} sequence
 * @property {number} acknowledged
 * @property {number} flags
 * @property {number} clock in milliseconds, for the time stamp option
 * @property {number} echo
 * @property {Uint8Array} payload
 */

/** The ones' complement sum of 16-bit words. @param {Buffer} bytes @param {number} from @param {number} to */
function sumOf(bytes, from, to) {
  let sum = 0;
  const even = to - ((to - from) & 1);
  for (let at = from; at < even; at += 2) sum += (bytes[at] << 8) | bytes[at + 1];
  return even < to ? sum + (bytes[even] << 8) : sum;
}

/** @param {number} sum */
function checksum(sum) {
  let folded = sum;
  while (folded > 0xffff) folded = (folded & 0xffff) + Math.floor(folded / 0x1_0000);
  return ~folded & 0xffff;
}

/** A classic pcap file of Ethernet packets, times in microseconds. */
export class PacketFile {
  packets = 0;
  /** Of the file. */
  bytes = 0;
  #file;
  #block = Buffer.alloc(blockSize);
  #used = 0;
  #identification = 1;

  /** @param {string} path */
  constructor(path) {
    this.#file = openSync(path, "w");
    const block = this.#block;
    block.writeUInt32LE(0xa1b2_c3d4, 0);
    block.writeUInt16LE(2, 4);
    block.writeUInt16LE(4, 6);
    block.writeUInt32LE(262_144, 16);
    block.writeUInt32LE(1, 20);
    this.#used = 24;
  }

  /** @param {Segment} segment @param {number} time microseconds since 1970 */
  write({ from, to, sequence, acknowledged, flags, clock, echo, payload }, time) {
    const { before, after } = (flags & TcpFlags.SYN) === 0 ? otherOptions : synOptions;
    const tcp = 20 + before.length + 10 + after.length;
    const length = ethernet + ipv4 + tcp + payload.length;
    if (this.#used + recordHeader + length > blockSize) this.#send();
    const block = this.#block;
    let at = this.#used;
    block.writeUInt32LE(Math.floor(time / 1e6), at);
    block.writeUInt32LE(Math.floor(time % 1e6), at + 4);
    block.writeUInt32LE(length, at + 8);
    block.writeUInt32LE(length, at + 12);
    at += recordHeader;

    block.set(to.mac, at);
    block.set(from.mac, at + 6);
    block.writeUInt16BE(0x0800, at + 12);
    at += ethernet;

    block.writeUInt32BE(0x4500_0000 | (length - ethernet), at);
    block.writeUInt16BE(this.#identification++ & 0xffff, at + 4);
    block.writeUInt16BE(0x4000, at + 6); // Not to be fragmented.
    block.writeUInt32BE(0x4006_0000, at + 8);
    block.set(from.ip, at + 12);
    block.set(to.ip, at + 16);
    block.writeUInt16BE(checksum(sumOf(block, at, at + ipv4)), at + 10);
    const addresses = sumOf(block, at + 12, at + 20);
    at += ipv4;

    block.writeUInt16BE(from.port, at);
    block.writeUInt16BE(to.port, at + 2);
    block.writeUInt32BE(sequence, at + 4);
    block.writeUInt32BE(acknowledged, at + 8);
    block.writeUInt16BE(((tcp / 4) << 12) | flags, at + 12);
    block.writeUInt16BE(0xfaf0, at + 14);
    block.writeUInt32BE(0, at + 16);
    block.set(before, at + 20);
    const stamps = at + 20 + before.length;
    block.writeUInt16BE(0x080a, stamps);
    block.writeUInt32BE(clock, stamps + 2);
    block.writeUInt32BE(echo, stamps + 6);
    block.set(after, stamps + 10);
    block.set(payload, at + tcp);
    const end = at + tcp + payload.length;
    block.writeUInt16BE(checksum(addresses + 6 + (end - at) + sumOf(block, at, end)), at + 16);

    this.#used = end;
    this.packets++;
  }

  /** How long the file is so far. */
  get size() {
    return this.bytes + this.#used;
  }

  close() {
    this.#send();
    closeSync(this.#file);
  }

  #send() {
    writeSync(this.#file, this.#block, 0, this.#used);
    this.bytes += this.#used;
    this.#used = 0;
  }
}
