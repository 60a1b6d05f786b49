import { TcpFlags } from "./packets.mjs";

/** @typedef {"c2s" | "s2c"} Direction */

/** What two machines with an MTU of 1500 bytes and time stamps put into a segment. */
const largestSegment = 1448;
/** A receiver acknowledges so many bytes at once; fewer when this many microseconds have gone by. */
const acknowledgedAtOnce = 2 * largestSegment;
const delayedAcknowledgement = 40_000;
/** Microseconds that a byte takes at 1 Gbit/s, with what goes before and between Ethernet packets. */
const perByte = 0.008;
const perPacket = 90 * perByte;

const nothing = new Uint8Array(0);

/** One direction of a connection as its sender sees it. */
class Sender {
  segment = Buffer.alloc(largestSegment);
  /** Bytes in `segment`, which wait for more or for the end of what is written. */
  pending = 0;
  /** Bytes received and not acknowledged, since when. */
  owed = 0;
  owedSince = 0;
  /** The peer's clock, as it came last. */
  echo = 0;

  /** @param {import("./packets.mjs").Side} side @param {number} sequence */
  constructor(side, sequence) {
    this.side = side;
    this.sequence = sequence;
  }
}

/** A TCP connection that writes its packets to a file as two real stacks would. */
export class Conversation {
  /** Microseconds since 1970. */
  time = 1_700_000_000_000_000;
  #file;
  #senders = {
    c2s: new Sender({ mac: [2, 0, 0, 0, 0, 1], ip: [192, 0, 2, 10], port: 50_420 }, 0x1a2b_3c4d),
    s2c: new Sender({ mac: [2, 0, 0, 0, 0, 2], ip: [192, 0, 2, 20], port: 3389 }, 0x5e6f_7081),
  };

  /** @param {import("./packets.mjs").PacketFile} file */
  constructor(file) {
    this.#file = file;
    const { c2s, s2c } = this.#senders;
    this.#packet("c2s", TcpFlags.SYN, nothing);
    c2s.sequence++;
    this.#packet("s2c", TcpFlags.SYN | TcpFlags.ACK, nothing);
    s2c.sequence++;
    this.#packet("c2s", TcpFlags.ACK, nothing);
  }

  /**
   * Bytes that a program writes; what does not fill a segment waits.
   *
   * @param {Direction} direction @param {readonly Uint8Array[]} parts
   */
  write(direction, parts) {
    const sender = this.#senders[direction];
    for (const part of parts) {
      for (let at = 0; at < part.length;) {
        const end = Math.min(part.length, at + largestSegment - sender.pending);
        sender.segment.set(part.subarray(at, end), sender.pending);
        sender.pending += end - at;
        at = end;
        if (sender.pending === largestSegment) this.#segment(direction, TcpFlags.ACK);
      }
    }
  }

  /** The program writes no more for now. @param {Direction} direction */
  push(direction) {
    if (this.#senders[direction].pending > 0) this.#segment(direction, TcpFlags.ACK | TcpFlags.PSH);
  }

  /** @param {number} microseconds */
  pass(microseconds) {
    const then = this.time + microseconds;
    for (const direction of /** @type {const} */ (["c2s", "s2c"])) {
      const { owed, owedSince } = this.#senders[direction];
      if (owed === 0 || owedSince + delayedAcknowledgement > then) continue;
      this.time = Math.max(this.time, owedSince + delayedAcknowledgement);
      this.#packet(direction, TcpFlags.ACK, nothing);
    }
    this.time = Math.max(this.time, then);
  }

  end() {
    const { c2s, s2c } = this.#senders;
    this.#packet("c2s", TcpFlags.FIN | TcpFlags.ACK, nothing);
    c2s.sequence++;
    this.#packet("s2c", TcpFlags.FIN | TcpFlags.ACK, nothing);
    s2c.sequence++;
    this.#packet("c2s", TcpFlags.ACK, nothing);
  }

  /** @param {Direction} direction @param {number} flags */
  #segment(direction, flags) {
    const sender = this.#senders[direction];
    const receiving = direction === "c2s" ? "s2c" : "c2s";
    const receiver = this.#senders[receiving];
    const length = sender.pending;
    this.#packet(direction, flags, sender.segment.subarray(0, length));
    sender.pending = 0;
    sender.sequence = (sender.sequence + length) >>> 0;
    if (receiver.owed === 0) receiver.owedSince = this.time;
    receiver.owed += length;
    if (receiver.owed >= acknowledgedAtOnce) this.#packet(receiving, TcpFlags.ACK, nothing);
  }

  /** @param {Direction} direction @param {number} flags @param {Uint8Array} payload */
  #packet(direction, flags, payload) {
    const [sender, receiver] =
      direction === "c2s" ? [this.#senders.c2s, this.#senders.s2c] : [this.#senders.s2c, this.#senders.c2s];
    const clock = Math.floor(this.time / 1000) >>> 0;
    this.#file.write(
      {
        from: sender.side,
        to: receiver.side,
        sequence: sender.sequence,
        acknowledged: (flags & TcpFlags.ACK) === 0 ? 0 : receiver.sequence,
        flags,
        clock,
        echo: sender.echo,
        payload,
      },
      this.time,
    );
    receiver.echo = clock;
    sender.owed = 0;
    this.time += perPacket + payload.length * perByte;
  }
}
