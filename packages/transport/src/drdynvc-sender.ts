import { ZgfxCompressor } from "./compression/zgfx-compressor.js";
import {
  fragmentCompressed,
  fragmentPlain,
  type DrdynvcFragment,
  type DrdynvcFragmentOptions,
} from "./drdynvc-fragments.js";
import { drdynvcVocabulary, type DrdynvcSend, type DrdynvcWrite, type PriorityCharges } from "./drdynvc-machine.js";
import { drainQueue, dropQueued, emptyQueue, queueMessage } from "./drdynvc-queue.js";

export interface DrdynvcSenderOptions {
  /** A PDU with its header has so many bytes at most; 1600 unless said otherwise. */
  readonly maximumSize?: number;
  /**
   * Bytes of one priority class that may wait: a message is refused if it would be more, unless nothing
   * waits. 64 MiB unless said otherwise.
   */
  readonly queueLimit?: number;
  /** `wslg`: all that fits goes in one DYNVC_DATA, because WSLg's server loses a DYNVC_DATA_FIRST that holds it all. */
  readonly compat?: "wslg" | undefined;
}

/**
 * Carries out the `send` and `write` outputs of a drdynvc machine: it cuts messages, compresses them,
 * and holds back what may not be written yet.
 */
export class DrdynvcSender {
  /** What decides between the classes; undefined: all are equal. */
  priorityCharges: PriorityCharges | undefined;
  private readonly put: (pdu: DrdynvcFragment) => void;
  private readonly queueLimit: number;
  private readonly cut: DrdynvcFragmentOptions;
  private readonly compressors = new Map<number, ZgfxCompressor>();
  private queue = emptyQueue;
  private credit = Number.POSITIVE_INFINITY;
  private putting = false;

  /** `put` gets each PDU, as parts of one message of the static channel. */
  constructor(put: (pdu: DrdynvcFragment) => void, options: DrdynvcSenderOptions = {}) {
    const { maximumSize = 1600, queueLimit = 64 * 1024 * 1024, compat } = options;
    this.put = put;
    this.queueLimit = queueLimit;
    this.cut = { maximumSize, ...(compat === "wslg" ? { wholeSize: maximumSize } : {}) };
  }

  /** Bytes that wait. */
  get waiting(): number {
    return this.queue.bytes;
  }

  /** A message of the protocol goes at once, or after the data that it has to wait for. Throws `EncodeError`. */
  send({ message, priority }: DrdynvcSend): void {
    const pdu = [drdynvcVocabulary.encode(message)];
    if (priority === undefined) {
      this.put(pdu);
      return;
    }
    if (message.message === "close") this.compressors.delete(message.value.channelId);
    // Its length of a few bytes needs no limit: there are no more of it than there are channels.
    this.queue = queueMessage(this.queue, priority, { channelId: 0, pdus: [pdu] });
    this.drain();
  }

  /** Sends a message. False if too much waits already: then nothing of it is sent. */
  write({ channelId, priority, compressed, message }: DrdynvcWrite): boolean {
    if (this.isFull(priority, message)) return false;
    const pdus = compressed
      ? fragmentCompressed(channelId, message, this.compressor(channelId), this.cut)
      : fragmentPlain(channelId, message, this.cut);
    // Most of the time nothing has to wait, and small messages cost less without the queue.
    const mayGo = this.queue.bytes === 0 && !this.putting && this.credit === Number.POSITIVE_INFINITY;
    if (mayGo) this.putAll(pdus);
    else this.queue = queueMessage(this.queue, priority, { channelId, pdus });
    this.drain();
    return true;
  }

  private isFull(priority: number, message: readonly Uint8Array[]): boolean {
    const waiting = this.queue.lanes[priority & 3]?.bytes ?? 0;
    return waiting > 0 && message.reduce((sum, { length }) => sum + length, waiting) > this.queueLimit;
  }

  /** The peer has closed the channel: what waits of it is not sent. */
  forget(channelId: number): void {
    this.compressors.delete(channelId);
    if (this.queue.bytes > 0) this.queue = dropQueued(this.queue, channelId);
  }

  /** The static channel is closed: nothing waits any more. What may be written stays. */
  reset(): void {
    this.compressors.clear();
    this.queue = emptyQueue;
    this.priorityCharges = undefined;
  }

  /** From now on so many bytes of data may be written, the last PDU perhaps beyond; without a limit before. */
  allow(bytes: number): void {
    this.credit = bytes;
    this.drain();
  }

  private drain(): void {
    while (!this.putting && this.queue.bytes > 0 && this.credit > 0) {
      const { queue, pdus, bytes } = drainQueue(this.queue, this.priorityCharges, this.credit);
      this.queue = queue;
      this.credit -= bytes;
      this.putAll(pdus);
    }
  }

  /** What is put may lead to more that is to be written: that waits for its turn. */
  private putAll(pdus: readonly DrdynvcFragment[]): void {
    this.putting = true;
    try {
      for (const pdu of pdus) this.put(pdu);
    } finally {
      this.putting = false;
    }
  }

  private compressor(channelId: number): ZgfxCompressor {
    const known = this.compressors.get(channelId);
    if (known !== undefined) return known;
    const made = new ZgfxCompressor({ variant: "lite" });
    this.compressors.set(channelId, made);
    return made;
  }
}
