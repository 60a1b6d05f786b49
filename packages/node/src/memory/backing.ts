import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readlinkSync,
  symlinkSync,
} from "node:fs";
import { SectionError } from "@railvail/session";
import type { Libc } from "./libc.js";

const { O_RDWR, O_CREAT, O_EXCL } = constants;
// Windows has neither; the first keeps links out, the second keeps pipes from making this wait.
const cautious = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Descriptor of memory that nobody can shrink, and the name's link to it. */
export function makeSealed(system: Libc, path: string, name: string, size: number): number {
  return kept(system.createMemory(labelOf(name)), (descriptor) => {
    fchmodSync(descriptor, 0o600);
    ftruncateSync(descriptor, size);
    system.allocate(descriptor, size);
    system.sealSize(descriptor);
    symlinkSync(`/proc/${process.pid}/fd/${descriptor}`, path);
  });
}

/** Descriptor of a plain file of zeros. */
export function makeFile(system: Libc | undefined, path: string, size: number): number {
  return kept(openSync(path, O_RDWR | O_CREAT | O_EXCL | cautious, 0o600), (descriptor) => {
    ftruncateSync(descriptor, size);
    system?.allocate(descriptor, size);
  });
}

/** Descriptor of a section that somebody else made, and whether its size is sealed. */
export function openBacking(
  system: Libc | undefined,
  path: string,
  name: string,
): { descriptor: number; sealed: boolean } {
  if (!lstatSync(path).isSymbolicLink()) return { descriptor: openSync(path, O_RDWR | cautious), sealed: false };
  const target = readlinkSync(path);
  const isMemory = (link: string): boolean => readlinkSync(link) === `/memfd:${labelOf(name)} (deleted)`;
  // What else a process has open must not be opened: it may wait, or do something.
  if (!/^\/proc\/[1-9]\d*\/fd\/\d+$/.test(target) || !isMemory(target)) throw notASection(name);
  const descriptor = openSync(target, O_RDWR | (constants.O_NONBLOCK ?? 0));
  let sealed = false;
  kept(descriptor, () => {
    if (!isMemory(`/proc/self/fd/${descriptor}`)) throw notASection(name);
    sealed = system?.isSealed(descriptor) ?? false;
  });
  return { descriptor, sealed };
}

/** Throws unless a descriptor is of a plain file, or memory, of so many bytes. */
export function checkBacking(descriptor: number, name: string, size: number): void {
  const facts = fstatSync(descriptor);
  if (!facts.isFile()) throw notASection(name);
  if (facts.size < size) throw new SectionError("too-small", `${name} has ${facts.size} bytes, not ${size}`);
}

/** A descriptor, unless what is done with it fails. */
function kept(descriptor: number, use: (descriptor: number) => void): number {
  try {
    use(descriptor);
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

const notASection = (name: string): SectionError => new SectionError("refused", `${name} is not a section`);

const labelOf = (name: string): string => `railvail-${name}`;
