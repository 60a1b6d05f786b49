import type { CaptureLimits } from "./capture-limits.js";
import type { EventLog } from "./event-log.js";
import { secretsHeader, sectionHeader, type ByteOrder } from "./file-headers.js";
import type { PacketSink } from "./packet-sink.js";
import { readInterface, TimeScale, type PcapngInterface } from "./pcapng-interface.js";
import { readComments } from "./pcapng-options.js";
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

const known: ReadonlySet<number> = new Set(Object.values(blockType).filter((type) => type !== blockType.sectionHeader));
const byteOrderMagic = 0x1a2b3c4d;
const smallestBlock = 12;
const goesOn = "reading goes on where the next one seems to begin";
/** After damage, a block of up to so many bytes is looked for. */
const longestFound = 0x100000;

const isByteOrderMagic = (view: DataView, at: number): boolean =>
  view.getUint32(at, true) === byteOrderMagic || view.getUint32(at, false) === byteOrderMagic;

/** Whether a section header begins here. Its type reads the same in both byte orders. */
const isSection = (view: DataView, at: number): boolean =>
  view.getUint32(at) === blockType.sectionHeader && isByteOrderMagic(view, at + 8);

/** The blocks of a pcapng file: draft-ietf-opsawg-pcapng, sections 3 and 4. */
export class PcapngBlocks implements RecordParser {
  skip = 0;
  stopped = false;
  ending = false;
  private readonly packets: PacketSink;
  private readonly log: EventLog;
  private readonly limits: CaptureLimits;
  private order: ByteOrder = "little";
  private littleEndian = true;
  private interfaces: PcapngInterface[] = [];
  private saidUnknownInterface = false;
  private saidTooManyInterfaces = false;
  private inSection = false;
  /** Damage was met, and it is not known where the next block begins. */
  private searching = false;

  constructor(packets: PacketSink, log: EventLog, limits: CaptureLimits) {
    this.packets = packets;
    this.log = log;
    this.limits = limits;
  }

  record(source: Source, start: number, end: number, fileOffset: number): number {
    if (end - start < smallestBlock) return smallestBlock;
    const { log } = this;
    const { view } = source;
    if (this.searching) {
      const passed = this.search(view, start, end, fileOffset);
      if (this.searching || passed !== 0) return passed;
    }
    log.fileOffset = fileOffset;
    // The section header's type reads the same in both byte orders.
    if (view.getUint32(start) === blockType.sectionHeader && !this.readByteOrder(source, start)) {
      return this.lose("section header without a byte-order magic");
    }
    const type = view.getUint32(start, this.littleEndian);
    const length = view.getUint32(start + 4, this.littleEndian);
    if (length < smallestBlock || length % 4 !== 0) {
      return this.lose(`block with an impossible length of ${length} bytes`);
    }
    if (length > this.limits.recordBytes) {
      log.fileProblem("record-too-large", `block of ${length} bytes: ${goesOn}`, false);
      this.searching = true;
      return 4;
    }
    const isRead = known.has(type) || type === blockType.sectionHeader;
    // What nobody reads is passed over, once it is seen to be a block.
    if (!isRead && length > longestFound) {
      this.skip = length - smallestBlock;
      return smallestBlock;
    }
    if (end - start < length) {
      const lies = this.ending && this.blocksIn(view, start + 4, end, fileOffset + 4);
      return lies ? this.lose("block that is longer than the file") : length;
    }
    if (view.getUint32(start + length - 4, this.littleEndian) !== length) {
      const next = start + length;
      // Which of them is right shows by what comes next.
      const isNextThere = end - next >= smallestBlock;
      if (!isNextThere && !this.ending) return length + smallestBlock;
      if (isNextThere ? !this.seemsBlock(view, next) : this.blocksIn(view, start + 4, end, fileOffset + 4)) {
        return this.lose("the two lengths of a block differ");
      }
      log.fileProblem("damaged-block", "the two lengths of a block differ", false);
    }
    if (isRead) this.block(type, source, start + 8, start + length - 4);
    return length;
  }

  private readByteOrder(source: Source, start: number): boolean {
    if (!isByteOrderMagic(source.view, start + 8)) return false;
    const little = source.view.getUint32(start + 8, true) === byteOrderMagic;
    this.littleEndian = little;
    this.order = little ? "little" : "big";
    return true;
  }

  /** Nothing tells where the next block begins. */
  private lose(message: string): number {
    if (this.inSection) {
      this.log.fileProblem("damaged-block", `${message}: ${goesOn}`, false);
      this.searching = true;
      return 4;
    }
    this.log.fileProblem("damaged-block", message, true);
    this.stopped = true;
    return smallestBlock;
  }

  /** Whether a block seems to begin between two places, so that what holds them is none. */
  private blocksIn(view: DataView, start: number, end: number, fileOffset: number): boolean {
    this.searching = true;
    this.search(view, start, end, fileOffset);
    const found = !this.searching;
    this.searching = false;
    return found;
  }

  /**
   * Ends the search where a block seems to begin; returns how many bytes are none, or how many are
   * needed to tell.
   */
  private search(view: DataView, start: number, end: number, fileOffset: number): number {
    // Blocks begin at multiples of 4.
    const first = start + (-fileOffset & 3);
    let at = first;
    for (; end - at >= smallestBlock; at += 4) {
      if (!this.seemsBlock(view, at)) continue;
      const next = at + view.getUint32(at + 4, this.orderAt(view, at));
      if (next > end && !this.ending) return at > start ? at - start : next - start;
      if (next > end || view.getUint32(next - 4, this.orderAt(view, at)) !== next - at) continue;
      this.searching = false;
      return at - start;
    }
    return Math.max(Math.min(at, end) - start, 1);
  }

  /** Whether the 12 bytes at a place can be the begin of a block that is read here. */
  private seemsBlock(view: DataView, at: number): boolean {
    const order = this.orderAt(view, at);
    const length = view.getUint32(at + 4, order);
    if (length <= smallestBlock || length > longestFound || length % 4 !== 0) return false;
    return isSection(view, at) || known.has(view.getUint32(at, order));
  }

  /** The byte order of a block: a section header has its own. */
  private orderAt(view: DataView, at: number): boolean {
    return isSection(view, at) ? view.getUint32(at + 8, true) === byteOrderMagic : this.littleEndian;
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
    this.inSection = true;
    this.interfaces = [];
    this.saidUnknownInterface = false;
    this.saidTooManyInterfaces = false;
    const head = sectionHeader[this.order](source.bytes, start, end);
    if (head === undefined) return this.damaged("section header");
    if (head.versionMajor !== 1) {
      const version = `${head.versionMajor}.${head.versionMinor}`;
      this.log.fileProblem("unknown-format", `pcapng version ${version} is not known`, true);
      this.stopped = true;
      return;
    }
    this.log.fileComments("section", this.comments("section header", source, start + 16, end));
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
      this.log.fileComments("interface", this.comments("interface description", source, start + 8, end));
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
    const from = this.interfaces[index];
    const high = view.getUint32(start + 4, littleEndian);
    const low = view.getUint32(start + 8, littleEndian);
    const captured = view.getUint32(start + 12, littleEndian);
    const onWire = view.getUint32(start + 16, littleEndian);
    const data = start + 20;
    const fits = captured <= end - data;
    const comments = fits ? this.comments("packet", source, data + ((captured + 3) & ~3), end) : [];
    log.nextPacket(from?.timeScale.nanoseconds(high, low) ?? log.time, comments);
    if (from === undefined) return this.unknownInterface(index);
    if (!fits) return this.damaged("packet");
    this.packets.packet(source, data, data + captured, onWire, from);
  }

  private simplePacket(source: Source, start: number, end: number): void {
    if (end - start < 4) return this.damaged("simple packet");
    this.log.nextPacket(0n);
    const [from] = this.interfaces;
    if (from === undefined) return this.unknownInterface(0);
    const onWire = source.view.getUint32(start, this.littleEndian);
    const snap = from.snapLength === 0 ? onWire : Math.min(onWire, from.snapLength);
    if (snap > end - start - 4) return this.damaged("simple packet");
    this.packets.packet(source, start + 4, start + 4 + snap, onWire, from);
  }

  private comments(of: string, source: Source, start: number, end: number): readonly string[] {
    const { comments, damaged } = readComments(source, start, end, this.littleEndian);
    if (damaged) this.log.fileProblem("damaged-block", `options of a ${of} block do not fit`, false);
    return comments;
  }

  private unknownInterface(index: number): void {
    if (this.saidUnknownInterface) return;
    this.saidUnknownInterface = true;
    this.log.packetProblem("unknown-interface", `interface ${index} was not described`);
  }
}
