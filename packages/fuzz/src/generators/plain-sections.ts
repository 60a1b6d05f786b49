import { SectionError, type Section, type SectionStore } from "@railvail/session";

/** A section takes at most this many bytes; a fuzzer's pools are as large as a peer likes. */
const sizeLimit = 2 ** 24;

/**
 * Sections in the memory of the process, which both ends of a session in it can open. `anyName`: what is not there is
 * made when it is opened, for a peer that names what it does not have.
 */
export class PlainSections implements SectionStore {
  private readonly memory = new Map<string, Uint8Array>();
  private readonly anyName: boolean;
  private made = 0;

  constructor(anyName = false) {
    this.anyName = anyName;
  }

  create(size: number): Section {
    if (size < 1 || size > sizeLimit) throw new SectionError("bad-size", `a section has 1 to ${sizeLimit} bytes`);
    const name = `{00000000-0000-4000-8000-${(++this.made).toString(16).padStart(12, "0")}}`;
    const memory = new Uint8Array(size);
    this.memory.set(name, memory);
    return this.section(name, memory, true);
  }

  open(name: string, size: number): Section {
    const memory = this.memory.get(name) ?? (this.anyName && size <= sizeLimit ? new Uint8Array(size) : undefined);
    if (memory === undefined) throw new SectionError("not-found", `there is no section ${name}`);
    if (memory.length < size) {
      throw new SectionError("too-small", `the section has ${memory.length} bytes, not ${size}`);
    }
    return this.section(name, memory, false);
  }

  private section(name: string, memory: Uint8Array, own: boolean): Section {
    let isOpen = true;
    const part = (offset: number, size: number): Uint8Array => {
      if (!isOpen) throw new SectionError("closed", "the section is closed");
      if (offset < 0 || offset + size > memory.length) {
        throw new SectionError("out-of-range", `${size} bytes at ${offset}`);
      }
      return memory.subarray(offset, offset + size);
    };
    return {
      name,
      size: memory.length,
      bytes: memory,
      write: (offset, bytes) => part(offset, bytes.length).set(bytes),
      read: (offset, into) => into.set(part(offset, into.length)),
      close: () => {
        isOpen = false;
        if (own) this.memory.delete(name);
      },
    };
  }
}
