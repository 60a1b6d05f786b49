import { closeSync, readSync, writeSync } from "node:fs";
import { SectionError, type Section } from "@railvail/session";
import type { Mapping } from "./mapping.js";
import { sectionError } from "./system-fault.js";

/** A section that is mapped, or else read and written by calls. */
export class SharedSection implements Section {
  readonly name: string;
  readonly size: number;
  private readonly descriptor: number;
  private readonly mapping: Mapping | undefined;
  private readonly closed: () => void;
  private isOpen = true;

  /** `closed` is called once. */
  constructor(name: string, size: number, descriptor: number, mapping: Mapping | undefined, closed: () => void) {
    this.name = name;
    this.size = size;
    this.descriptor = descriptor;
    this.mapping = mapping;
    this.closed = closed;
  }

  get bytes(): Uint8Array | undefined {
    return this.isOpen ? this.mapping?.bytes : undefined;
  }

  write(offset: number, bytes: Uint8Array): void {
    this.check(offset, bytes.length);
    if (this.mapping === undefined) this.writeFile(offset, bytes);
    else this.mapping.bytes.set(bytes, offset);
  }

  read(offset: number, into: Uint8Array): void {
    this.check(offset, into.length);
    if (this.mapping === undefined) this.readFile(offset, into);
    else into.set(this.mapping.bytes.subarray(offset, offset + into.length));
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    try {
      this.mapping?.release();
    } catch {
      // The memory stays until its last view is gone.
    }
    closeSync(this.descriptor);
    this.closed();
  }

  private check(offset: number, length: number): void {
    if (!this.isOpen) throw new SectionError("closed", `${this.name} is closed`);
    if (Number.isSafeInteger(offset) && offset >= 0 && offset + length <= this.size) return;
    const what = `${length} bytes at ${offset} leave ${this.name}, which has ${this.size}`;
    throw new SectionError("out-of-range", what);
  }

  private writeFile(offset: number, bytes: Uint8Array): void {
    try {
      for (let done = 0; done < bytes.length;) {
        done += writeSync(this.descriptor, bytes, done, bytes.length - done, offset + done);
      }
    } catch (error) {
      throw sectionError(error, `${this.name} could not be written`);
    }
  }

  private readFile(offset: number, into: Uint8Array): void {
    try {
      for (let done = 0; done < into.length;) {
        const count = readSync(this.descriptor, into, done, into.length - done, offset + done);
        if (count === 0) throw new SectionError("too-small", `${this.name} ends at byte ${offset + done}`);
        done += count;
      }
    } catch (error) {
      throw sectionError(error, `${this.name} could not be read`);
    }
  }
}
