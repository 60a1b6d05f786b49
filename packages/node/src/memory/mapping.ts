import { markAsUntransferable } from "node:worker_threads";
import type { Libc } from "./libc.js";

/** Memory of a file, mapped. */
export interface Mapping {
  readonly bytes: Uint8Array;
  /** The shared memory is given up. Views that somebody still has are of private zeros from now on. */
  release(): void;
}

interface Place {
  readonly system: Libc;
  readonly address: bigint;
  readonly size: number;
}

/** Addresses are given back when the last view of them is gone: until then a view must find memory. */
const places = new FinalizationRegistry<Place>(({ system, address, size }) => system.unmap(address, size));

/** Maps a file that has at least `size` bytes. Throws `SectionError`. */
export function mapFile(system: Libc, descriptor: number, size: number): Mapping {
  const address = system.map(descriptor, size);
  const buffer = system.view(address, size);
  keepInPlace(buffer);
  places.register(buffer, { system, address, size });
  const bytes = new Uint8Array(buffer);
  let released = false;
  return {
    bytes,
    release() {
      if (released) return;
      released = true;
      system.blank(address, size);
    },
  };
}

/** Memory that was moved to another buffer would be unmapped too early. */
function keepInPlace(buffer: ArrayBuffer): void {
  markAsUntransferable(buffer);
  // Node 22 moves marked buffers by these all the same.
  for (const name of ["transfer", "transferToFixedLength"]) Object.defineProperty(buffer, name, { value: undefined });
}
