/** Memory that two ends in one process share, as a store of sections would give it to two processes. */
import { SectionError, type Section, type SectionStore } from "../src/index.js";

const page = 4096;

/** `mapped`: both ends see the memory itself; otherwise they can only read and write it in copies. */
export class MemorySections implements SectionStore {
  readonly memory = new Map<string, Uint8Array>();
  /** Sections that are open on either end. */
  openSections = 0;
  /** The next `open` fails with this. */
  failure: SectionError | undefined;
  /** No more are made. */
  isFull = false;
  private readonly mapped: boolean;
  private made = 0;

  constructor(mapped = true) {
    this.mapped = mapped;
  }

  create(size: number): Section {
    if (this.isFull) throw new SectionError("no-space", "there is no room for a section");
    if (size < 1) throw new SectionError("bad-size", "a section has at least one byte");
    const name = `{00000000-0000-4000-8000-${(++this.made).toString(16).padStart(12, "0")}}`;
    const memory = new Uint8Array(Math.ceil(size / page) * page);
    this.memory.set(name, memory);
    return this.section(name, memory, true);
  }

  open(name: string, size: number): Section {
    const { failure } = this;
    this.failure = undefined;
    if (failure !== undefined) throw failure;
    const memory = this.memory.get(name);
    if (memory === undefined) throw new SectionError("not-found", `there is no section ${name}`);
    if (memory.length < size)
      throw new SectionError("too-small", `the section has ${memory.length} bytes, not ${size}`);
    return this.section(name, memory, false);
  }

  private section(name: string, memory: Uint8Array, own: boolean): Section {
    this.openSections++;
    let isOpen = true;
    const part = (offset: number, size: number): Uint8Array => {
      if (!isOpen) throw new SectionError("closed", "the section is closed");
      if (offset < 0 || offset + size > memory.length)
        throw new SectionError("out-of-range", `${size} bytes at ${offset}`);
      return memory.subarray(offset, offset + size);
    };
    return {
      name,
      size: memory.length,
      bytes: this.mapped ? memory : undefined,
      write: (offset, bytes) => part(offset, bytes.length).set(bytes),
      read: (offset, into) => into.set(part(offset, into.length)),
      close: () => {
        if (!isOpen) return;
        isOpen = false;
        this.openSections--;
        if (own) this.memory.delete(name);
      },
    };
  }
}
