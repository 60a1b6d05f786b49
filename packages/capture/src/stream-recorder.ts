import { parseAddress } from "./parse-address.js";
import type { PcapngWriter } from "./pcapng-writer.js";
import type { Direction, Endpoint } from "./stream-event.js";
import { tcpPacket, type PacketEnd } from "./tcp-packet.js";
import { tcpFlag } from "./tcp-segment.js";

export interface RecordedEnds {
  readonly client: Endpoint;
  readonly server: Endpoint;
}

const ethernet = 1;
const push = 0x08;
const none = new Uint8Array(0);
/** Bytes of an Ethernet frame behind its header, and of IP and TCP headers in it. */
const frameRoom = 1500;
const headers = { 4: 40, 16: 60 } as const;
/** Bytes that one side sends before the other is made to acknowledge them: far less than the window. */
const unacknowledged = 0x10000;
const windowScale = 7;

/** What one side has sent, and what of it the other has acknowledged. */
interface Side {
  readonly end: PacketEnd;
  /** Sequence number of the next byte. */
  next: number;
  /** Bytes since the last acknowledgement of the other side. */
  pending: number;
}

/**
 * Records a connection that never was one of TCP, or whose packets nobody saw, as packets in a
 * pcapng file: both streams in clear, in Ethernet, IP and TCP with right numbers and checksums. Each
 * method gives the blocks that come next; several recorders can share a writer.
 */
export class StreamRecorder {
  private readonly writer: PcapngWriter;
  private readonly sides: Readonly<Record<Direction, Side>>;
  private readonly segment: number;
  private state: "new" | "open" | "closed" = "new";

  /**
   * Addresses are those of IP, both of the same version.
   *
   * @throws RangeError if one is none, or a port is not one.
   */
  constructor(writer: PcapngWriter, { client, server }: RecordedEnds) {
    const [c2s, s2c] = [endOf(client, 1), endOf(server, 2)];
    if (c2s.address.length !== s2c.address.length) throw new RangeError("the addresses are of two versions of IP");
    this.writer = writer;
    this.sides = { c2s: { end: c2s, next: 0, pending: 0 }, s2c: { end: s2c, next: 0, pending: 0 } };
    this.segment = frameRoom - headers[c2s.address.length === 4 ? 4 : 16];
  }

  /** The connection is opened; `data` does it where nobody did. Times are nanoseconds since 1970. */
  open(time: bigint): Uint8Array[] {
    if (this.state !== "new") return [];
    this.state = "open";
    const options = Uint8Array.of(2, 4, this.segment >>> 8, this.segment & 0xff, 3, 3, windowScale, 0);
    const { syn, ack } = tcpFlag;
    const blocks = this.packet("c2s", syn, none, time, options);
    this.sides.c2s.next = 1;
    blocks.push(...this.packet("s2c", syn | ack, none, time, options));
    this.sides.s2c.next = 1;
    blocks.push(...this.packet("c2s", ack, none, time));
    return blocks;
  }

  /** The next bytes of a direction, of any length. Nothing is recorded of a connection that is closed. */
  data(direction: Direction, bytes: Uint8Array, time: bigint): Uint8Array[] {
    const blocks = this.open(time);
    if (this.state === "closed") return blocks;
    const side = this.sides[direction];
    for (let at = 0; at < bytes.length; at += this.segment) {
      const payload = bytes.subarray(at, at + this.segment);
      const last = at + payload.length === bytes.length;
      blocks.push(...this.packet(direction, tcpFlag.ack | (last ? push : 0), payload, time));
      side.next = (side.next + payload.length) >>> 0;
      side.pending += payload.length;
      if (side.pending >= unacknowledged) blocks.push(...this.packet(otherWay(direction), tcpFlag.ack, none, time));
    }
    return blocks;
  }

  /** Both sides end their streams, `first` before the other. */
  close(time: bigint, first: Direction = "c2s"): Uint8Array[] {
    if (this.state !== "open") return [];
    this.state = "closed";
    const second = otherWay(first);
    const blocks: Uint8Array[] = [];
    for (const direction of [first, second]) {
      blocks.push(...this.packet(direction, tcpFlag.fin | tcpFlag.ack, none, time));
      const side = this.sides[direction];
      side.next = (side.next + 1) >>> 0;
    }
    blocks.push(...this.packet(first, tcpFlag.ack, none, time));
    return blocks;
  }

  private packet(direction: Direction, flags: number, payload: Uint8Array, time: bigint, options = none): Uint8Array[] {
    const from = this.sides[direction];
    const to = this.sides[otherWay(direction)];
    const acknowledgement = (flags & tcpFlag.ack) === 0 ? 0 : to.next;
    to.pending = 0;
    const contents = { from: from.end, to: to.end, sequence: from.next, acknowledgement, flags, options, payload };
    return this.writer.packet({ linkType: ethernet, time, bytes: tcpPacket(contents) });
  }
}

const otherWay = (direction: Direction): Direction => (direction === "c2s" ? "s2c" : "c2s");

function endOf({ address, port }: Endpoint, host: number): PacketEnd {
  const bytes = parseAddress(address);
  if (bytes === undefined) throw new RangeError(`not an IP address: ${address}`);
  if (!Number.isInteger(port) || port < 0 || port > 0xffff) throw new RangeError(`not a port: ${port}`);
  return { address: bytes, port, host };
}
