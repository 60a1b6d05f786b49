import type { CaptureLimits } from "./capture-limits.js";
import type { EventLog } from "./event-log.js";
import { secretsHeader, sectionHeader, type ByteOrder } from "./file-headers.js";
import type { PacketReader } from "./packet-reader.js";
import { readInterface, TimeScale, type PcapngInterface } from "./pcapng-interface.js";
import type { RecordParser, Source } from "./record-window.js";

/** Block types: draft-ietf-opsawg-pcapng, section 11.1. */
const blockType = {
  sectionHeader: 0x0a0d0d0a,
  interfaceDescription: 1,
  obsoletePacket: 2,
  simplePacket: 3,
  enhancedPacket: 6,
  decryptionSecrets: 10,
} as const;

const known: ReadonlySet<number> = new Set(Object.values(blockType));
const byteOrderMagic = 0x1a2b3c4d;
const smallestBlock = 12;

/** The blocks of a pcapng file: draft-ietf-opsawg-pcapng, sections 3 and 4. */
export class PcapngBlocks implements RecordParser {
  skip = 0;
  stopped = false;
  private readonly packets: PacketReader;
  private readonly log: EventLog;
  private readonly limits: CaptureLimits;
  private order: ByteOrder = "little";
  private littleEndian = true;
  private interfaces: PcapngInterface[] = [];
  private saidUnknownInterface = false;
  private saidTooManyInterfaces = false;

  constructor(packets: PacketReader, log: EventLog, limits: CaptureLimits) {
    this.packets = packets;
    this.log = log;
    this.limits = limits;
  }

  record(source: Source, start: number, end: number, fileOffset: number): number {
    if (end - start < smallestBlock) return smallestBlock;
    const log = this.log;
    log.fileOffset = fileOffset;
    const view = source.view;
    // The section header's type reads the same in both byte orders.
    if (view.getUint32(start) === blockType.sectionHeader && !this.readByteOrder(source, start)) {
      return this.stop("section header without a byte-order magic");
    }
    const type = view.getUint32(start, this.littleEndian);
    const length = view.getUint32(start + 4, this.littleEndian);
    if (length < smallestBlock || length % 4 !== 0) {
      return this.stop(`block with an impossible length of ${length} bytes`);
    }
    const tooLarge = length > this.limits.recordBytes;
    if (tooLarge || !known.has(type)) {
      if (tooLarge && known.has(type)) {
        log.fileProblem("record-too-large", `block of ${length} bytes is skipped`, false);
      }
      this.skip = length - smallestBlock;
      return smallestBlock;
    }
    if (end - start < length) return length;
    if (view.getUint32(start + length - 4, this.littleEndian) !== length) {
      log.fileProblem("damaged-block", "the two lengths of a block differ", false);
    }
    this.block(type, source, start + 8, start + length - 4);
    return length;
  }

  private readByteOrder(source: Source, start: number): boolean {
    const little = source.view.getUint32(start + 8, true) === byteOrderMagic;
    if (!little && source.view.getUint32(start + 8, false) !== byteOrderMagic) return false;
    this.littleEndian = little;
    this.order = little ? "little" : "big";
    return true;
  }

  private stop(message: string): number {
    this.log.fileProblem("damaged-block", message, true);
    this.stopped = true;
    return smallestBlock;
  }

  private damaged(what: string): void {
    this.log.fileProblem("damaged-block", `${what} block too short for what it holds`, false);
  }

  private block(type: number, source: Source, start: number, end: number): void {
    switch (type) {
      case blockType.enhancedPacket:
        return this.enhancedPacket(source, start, end);
      case blockType.simplePacket:
        return this.simplePacket(source, start, end);
      case blockType.obsoletePacket:
        return this.obsoletePacket(source, start, end);
      case blockType.interfaceDescription:
        return this.describeInterface(source, start, end);
      case blockType.decryptionSecrets:
        return this.secrets(source, start, end);
      default:
        return this.section(source, start, end);
    }
  }

  private section(source: Source, start: number, end: number): void {
    this.interfaces = [];
    this.saidUnknownInterface = false;
    this.saidTooManyInterfaces = false;
    const head = sectionHeader[this.order](source.bytes, start, end);
    if (head === undefined) return this.damaged("section header");
    if (head.versionMajor !== 1) {
      const version = `${head.versionMajor}.${head.versionMinor}`;
      this.log.fileProblem("unknown-format", `pcapng version ${version} is not known`, true);
      this.stopped = true;
    }
  }

  private describeInterface(source: Source, start: number, end: number): void {
    if (this.interfaces.length >= this.limits.interfaces) {
      if (!this.saidTooManyInterfaces) {
        const message = `more than ${this.limits.interfaces} interfaces in a section`;
        this.log.fileProblem("too-many-interfaces", message, false);
      }
      this.saidTooManyInterfaces = true;
      return;
    }
    const description = readInterface(source, start, end, this.order);
    if (description !== undefined) {
      this.interfaces.push(description);
      return;
    }
    this.damaged("interface description");
    // Interfaces go by number, so the place of the damaged one must stay taken.
    const timeScale = new TimeScale(6, 0n);
    this.interfaces.push({ linkType: -1, reported: true, snapLength: 0, timeScale });
  }

  private secrets(source: Source, start: number, end: number): void {
    const head = secretsHeader[this.order](source.bytes, start, end);
    if (head === undefined || head.secretsLength > end - start - 8) {
      return this.damaged("decryption secrets");
    }
    const bytes = source.bytes.subarray(start + 8, start + 8 + head.secretsLength);
    this.log.events.push({ type: "secrets", secretsType: head.secretsType, bytes });
  }

  private enhancedPacket(source: Source, start: number, end: number): void {
    if (end - start < 20) return this.damaged("enhanced packet");
    const index = source.view.getUint32(start, this.littleEndian);
    this.timedPacket(source, start, end, index);
  }

  /** Appendix A: like the enhanced one but for a 16-bit interface and a drop counter. */
  private obsoletePacket(source: Source, start: number, end: number): void {
    if (end - start < 20) return this.damaged("packet");
    const index = source.view.getUint16(start, this.littleEndian);
    this.timedPacket(source, start, end, index);
  }

  private timedPacket(source: Source, start: number, end: number, index: number): void {
    const { view } = source;
    const { littleEndian, log } = this;
    log.packet += 1;
    const from = this.interface(index);
    if (from === undefined) return;
    const high = view.getUint32(start + 4, littleEndian);
    const low = view.getUint32(start + 8, littleEndian);
    log.time = from.timeScale.nanoseconds(high, low);
    const captured = view.getUint32(start + 12, littleEndian);
    const onWire = view.getUint32(start + 16, littleEndian);
    const data = start + 20;
    if (captured > end - data) return this.damaged("packet");
    this.packets.packet(source, data, data + captured, onWire, from);
  }

  private simplePacket(source: Source, start: number, end: number): void {
    if (end - start < 4) return this.damaged("simple packet");
    this.log.packet += 1;
    this.log.time = 0n;
    const from = this.interface(0);
    if (from === undefined) return;
    const onWire = source.view.getUint32(start, this.littleEndian);
    const snap = from.snapLength === 0 ? onWire : Math.min(onWire, from.snapLength);
    if (snap > end - start - 4) return this.damaged("simple packet");
    this.packets.packet(source, start + 4, start + 4 + snap, onWire, from);
  }

  private interface(index: number): PcapngInterface | undefined {
    const found = this.interfaces[index];
    if (found === undefined && !this.saidUnknownInterface) {
      this.saidUnknownInterface = true;
      this.log.packetProblem("unknown-interface", `interface ${index} was not described`);
    }
    return found;
  }
}
