import type { MessageMemory } from "@railvail/transport";

const mebibyte = 1024 * 1024;
/** What the messages of a connection may take together if nothing else is said, in bytes. */
export const defaultMemoryLimit = 256 * mebibyte;

/** The most that is kept to be used again, in bytes: a frame of a large screen. */
const spareLimit = 16 * mebibyte;
/** A message takes memory that was used before if it is not many times too large for it. */
const roomy = 4;
/** Runs of memory that are kept: one to put segments together in, one to expand them into. */
const spares = 2;

/**
 * The memory that messages of one connection take, in bytes: unfinished ones of all channels and
 * both directions, and, while they are read, whole ones that were put together or expanded. All of
 * these together never take more than the limit. Where it is reached, the unfinished message that
 * takes most is given up.
 */
export class ConnectionMemory {
  private readonly limit: number;
  /** Taken by unfinished messages. */
  private held = 0;
  /** Taken by what is being read. */
  private lent = 0;
  private readonly shares = new Set<MemoryShare>();
  /** Memory of messages that were read: making new memory for each frame costs more than reading it. */
  private spares: Uint8Array[] = [];
  /** Lent memory that can be used again once it is settled. */
  private returning: Uint8Array[] = [];

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Bytes that are taken now. */
  get used(): number {
    return this.held + this.lent + this.spares.reduce((sum, { length }) => sum + length, 0);
  }

  /** Why something is given up, and what would help. */
  get detail(): string {
    const { limit } = this;
    const size = limit < mebibyte ? `${limit} bytes` : `${Math.floor(limit / mebibyte)} MiB`;
    return `the messages of this connection would take more than ${size} together; a higher memory limit would keep it`;
  }

  /** A part of it, for one place where a message is put together; `giveUp` must give all of it back. */
  share(giveUp: () => void): MemoryShare {
    return new MemoryShare(this, giveUp);
  }

  /** Whether `size` bytes may be taken for what is being read, until {@link settle}. */
  lend(size: number): boolean {
    if (!this.makeRoom(size)) return false;
    this.lent += size;
    return true;
  }

  /** Lends the memory of a message that was put together, all of it, and uses it again afterwards. */
  lendWhole({ buffer }: Uint8Array): void {
    this.lend(buffer.byteLength);
    this.returning.push(new Uint8Array(buffer));
  }

  /** Memory of at least `size` bytes for what is expanded, which was lent already. */
  scratch(size: number): Uint8Array {
    const memory = this.reuse(size, size) ?? new Uint8Array(size);
    this.returning.push(memory);
    return memory;
  }

  /** For {@link MemoryShare}: see `MessageMemory.reuse`. */
  reuse(least: number, expected: number): Uint8Array | undefined {
    const at = this.spares.findIndex(({ length }) => length >= least && length <= roomy * expected);
    return at < 0 ? undefined : this.spares.splice(at, 1)[0];
  }

  /** Less was needed than was lent. */
  unlend(size: number): void {
    this.lent -= size;
  }

  /** A frame has been read, and all that was put together and expanded for it. */
  settle(): void {
    this.lent = 0;
    if (this.returning.length === 0) return;
    const all = [...this.spares, ...this.returning].filter(({ length }) => length <= spareLimit);
    this.returning = [];
    this.spares = all.toSorted((a, b) => b.length - a.length).slice(0, spares);
    if (this.used > this.limit) this.spares = [];
  }

  /** For {@link MemoryShare}: whether `size` bytes may be added to what `share` holds. */
  take(share: MemoryShare, size: number): boolean {
    if (!this.makeRoom(size, share)) return false;
    this.held += size;
    this.shares.add(share);
    return true;
  }

  /** For {@link MemoryShare}: `size` bytes of what `share` holds are free. */
  give(share: MemoryShare, size: number): void {
    this.held -= size;
    if (share.held === 0) this.shares.delete(share);
  }

  /** Gives up the largest unfinished messages until there is room; those larger than `asking` only. */
  private makeRoom(size: number, asking?: MemoryShare): boolean {
    if (this.used + size > this.limit) this.spares = [];
    while (this.used + size > this.limit) {
      let largest = asking;
      for (const share of this.shares) if (share.held > (largest?.held ?? 0)) largest = share;
      if (largest === undefined || largest === asking) return false;
      largest.giveUp();
      if (largest.held > 0) return false;
    }
    return true;
  }
}

/** What one unfinished message holds. */
export class MemoryShare implements MessageMemory {
  held = 0;
  /** Gives up the message, and with it all that is held. */
  readonly giveUp: () => void;
  private readonly memory: ConnectionMemory;

  constructor(memory: ConnectionMemory, giveUp: () => void) {
    this.memory = memory;
    this.giveUp = giveUp;
  }

  reuse(least: number, expected: number): Uint8Array | undefined {
    return this.memory.reuse(least, expected);
  }

  take(size: number): boolean {
    if (!this.memory.take(this, size)) return false;
    this.held += size;
    return true;
  }

  give(size: number): void {
    this.held -= size;
    this.memory.give(this, size);
  }
}
