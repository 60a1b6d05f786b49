import { createRequire } from "node:module";
import { SectionError } from "@railvail/session";

/** Calls of the system that Node does not offer. They throw `SectionError`. */
export interface Libc {
  /** Shared memory without a name; the answer is a descriptor. */
  createMemory(label: string): number;
  /** Provides for all bytes, so that a later write cannot fail for want of space. */
  allocate(descriptor: number, size: number): void;
  /** Nobody can change the size of the memory any more. */
  sealSize(descriptor: number): void;
  /** Whether nobody can make it smaller. False for files. */
  isSealed(descriptor: number): boolean;
  /** Maps a file, shared, to be read and written. */
  map(descriptor: number, size: number): bigint;
  /** Puts private zeros where a mapping was. */
  blank(address: bigint, size: number): void;
  unmap(address: bigint, size: number): void;
  /** The memory itself. */
  view(address: bigint, size: number): ArrayBuffer;
}

/** What is used of koffi. */
interface Koffi {
  load(path: null): { func(declaration: string): (...values: unknown[]) => unknown };
  view(address: bigint, size: number): ArrayBuffer;
  errno(): number;
  os: { errno: Readonly<Record<string, number>> };
}

// Linux's numbers, the same on all processors that koffi is built for.
const protection = 1 | 2;
const mapShared = 0x01;
const mapBlank = 0x02 | 0x10 | 0x20 | 0x4000; // private, fixed, anonymous, no reserve
const memoryFlags = 1 | 2; // close on exec, allow sealing
const addSeals = 1033;
const getSeals = 1034;
const sealSeals = 1;
const sealShrink = 2;
const sealGrow = 4;

let loaded: Libc | undefined | null = null;

/** The calls, or undefined where koffi is missing or the system is not Linux. */
export function libc(): Libc | undefined {
  if (loaded === null) {
    try {
      loaded = process.platform === "linux" ? load() : undefined;
    } catch {
      loaded = undefined;
    }
  }
  return loaded;
}

function load(): Libc {
  const koffi = createRequire(import.meta.url)("koffi") as Koffi;
  const library = koffi.load(null);
  const mmap = library.func("void *mmap(void *address, size_t length, int protection, int flags, int fd, long offset)");
  const munmap = library.func("int munmap(void *address, size_t length)");
  const memfdCreate = library.func("int memfd_create(str name, unsigned int flags)");
  const fcntl = library.func("int fcntl(int fd, int command, ...)");
  const posixFallocate = library.func("int posix_fallocate(int fd, long offset, long length)");
  const names = new Map(Object.entries(koffi.os.errno).map(([name, number]) => [number, name]));

  const fail = (call: string, errno: number): never => {
    const name = names.get(errno) ?? `error ${errno}`;
    const noSpace = ["ENOSPC", "ENOMEM", "EDQUOT", "EMFILE", "ENFILE", "EFBIG"].includes(name);
    throw new SectionError(noSpace ? "no-space" : "system", `${call}: ${name}`);
  };
  const checked = (call: string, result: unknown): number => {
    if (typeof result !== "number" || result < 0) return fail(call, koffi.errno());
    return result;
  };
  const mapped = (address: bigint | null, size: number, flags: number, descriptor: number): bigint => {
    const result = mmap(address, size, protection, flags, descriptor, 0);
    // MAP_FAILED is the last address.
    return typeof result === "bigint" && result % 4096n === 0n ? result : fail("mmap", koffi.errno());
  };
  return {
    createMemory: (label) => checked("memfd_create", memfdCreate(label, memoryFlags)),
    allocate(descriptor, size) {
      const errno = posixFallocate(descriptor, 0, size);
      if (errno !== 0) fail("posix_fallocate", Number(errno));
    },
    sealSize(descriptor) {
      checked("fcntl", fcntl(descriptor, addSeals, "int", sealShrink | sealGrow | sealSeals));
    },
    isSealed(descriptor) {
      const seals = fcntl(descriptor, getSeals, "int", 0);
      return typeof seals === "number" && seals >= 0 && (seals & sealShrink) !== 0;
    },
    map: (descriptor, size) => mapped(null, size, mapShared, descriptor),
    blank: (address, size) => void mapped(address, size, mapBlank, -1),
    unmap: (address, size) => void munmap(address, size),
    view: (address, size) => koffi.view(address, size),
  };
}
