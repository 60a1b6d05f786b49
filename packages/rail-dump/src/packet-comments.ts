import type { CommentEvent } from "@railvail/capture";

/** Packets whose comments wait for a message of theirs. */
const mostPackets = 256;

/** Comments on packets, until a message of the packet is listed. */
export class PacketComments {
  private readonly waiting = new Map<number, string[]>();

  add({ packet, text }: CommentEvent): void {
    if (packet === undefined) return;
    const known = this.waiting.get(packet);
    if (known !== undefined) {
      known.push(text);
      return;
    }
    this.waiting.set(packet, [text]);
    const oldest = this.waiting.keys().next();
    if (this.waiting.size > mostPackets && oldest.done !== true) this.waiting.delete(oldest.value);
  }

  /** The comments on a packet, once. */
  take(packet: number): readonly string[] {
    if (this.waiting.size === 0) return [];
    const found = this.waiting.get(packet) ?? [];
    this.waiting.delete(packet);
    return found;
  }

  /** Another file begins, in which frame numbers count from 1 again. */
  clear(): void {
    this.waiting.clear();
  }
}
