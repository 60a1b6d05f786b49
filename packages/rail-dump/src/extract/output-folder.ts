import { closeSync, constants, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { systemReason } from "../system-reason.js";
import { OutputError } from "../terminal.js";

/** How much a run may write. */
export interface OutputLimits {
  readonly maxFiles: number;
  readonly maxBytes: number;
}

/** Files of one name that are looked past before it is given up. */
const sameNameLimit = 10_000;

/** Not through a link that somebody put in the place of a file of ours. */
const again = constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0);

/**
 * The folder that a run writes to; made if it is missing. Files that exist are left alone: a name
 * that is taken gets a number. Names are those of the caller and have to be safe. The two limits
 * hold for all files together, holes inside them counted. Throws {@link OutputError}.
 */
export class OutputFolder {
  readonly path: string;
  /** The limit that kept something from being written. */
  reached: keyof OutputLimits | undefined;
  private readonly limits: OutputLimits;
  private files = 0;
  private bytes = 0;

  constructor(path: string, limits: OutputLimits) {
    this.path = path;
    this.limits = limits;
    guarded(path, () => mkdirSync(path, { recursive: true }));
  }

  /** A file with these contents. Undefined if there is no room left for it: then there is none. */
  write(name: string, contents: Uint8Array): OutputFile | undefined {
    if (!this.fits(contents.length)) return undefined;
    const file = this.create(name);
    return file?.writeAt(0, contents) === true ? file : undefined;
  }

  /** An empty file, to be written to. Undefined if there may be no more files. */
  create(name: string): OutputFile | undefined {
    if (this.files >= this.limits.maxFiles) {
      this.reached ??= "maxFiles";
      return undefined;
    }
    this.files++;
    return this.unlimited(name, (growth) => this.take(growth));
  }

  /** A file that no limit holds for; its writer sees to it that it does not grow too much. */
  unlimited(name: string, take: (growth: number) => boolean = () => true): OutputFile {
    for (let number = 1; number < sameNameLimit; number++) {
      const numbered = number === 1 ? name : withNumber(name, number);
      const path = join(this.path, numbered);
      if (makes(path)) return new OutputFile(numbered, path, take);
    }
    throw new OutputError(`cannot write ${join(this.path, name)}: too many files have this name`);
  }

  private fits(bytes: number): boolean {
    if (this.bytes + bytes <= this.limits.maxBytes) return true;
    this.reached ??= "maxBytes";
    return false;
  }

  private take(growth: number): boolean {
    if (!this.fits(growth)) return false;
    this.bytes += growth;
    return true;
  }
}

/** A file that was made by this run. It is not kept open between writes: there can be many. */
export class OutputFile {
  /** Its name in the folder. */
  readonly name: string;
  /** In bytes. */
  size = 0;
  private readonly path: string;
  private readonly take: (growth: number) => boolean;

  constructor(name: string, path: string, take: (growth: number) => boolean) {
    this.name = name;
    this.path = path;
    this.take = take;
  }

  /** Writes at a position. False if there is no room left for as much: then nothing is written. */
  writeAt(position: number, bytes: Uint8Array): boolean {
    // A file does not grow by nothing, wherever that stands.
    if (bytes.length === 0) return true;
    const end = position + bytes.length;
    if (end > this.size && !this.take(end - this.size)) return false;
    guarded(this.path, () => {
      const handle = openSync(this.path, again);
      try {
        for (let done = 0; done < bytes.length;) {
          done += writeSync(handle, bytes, done, bytes.length - done, position + done);
        }
      } finally {
        closeSync(handle);
      }
    });
    this.size = Math.max(this.size, end);
    return true;
  }
}

/** `name-2.txt` of `name.txt`. */
function withNumber(name: string, number: number): string {
  const dot = name.lastIndexOf(".");
  return dot < 0 ? `${name}-${number}` : `${name.slice(0, dot)}-${number}${name.slice(dot)}`;
}

/** Makes an empty file; false if something of this name exists. */
function makes(path: string): boolean {
  try {
    closeSync(openSync(path, "wx"));
    return true;
  } catch (error) {
    if (isSystemError(error) && error.code === "EEXIST") return false;
    throw refused(path, error);
  }
}

function guarded(path: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    throw refused(path, error);
  }
}

const isSystemError = (error: unknown): error is Error & { readonly code: string } =>
  error instanceof Error && "code" in error && typeof error.code === "string";

/** What a refusal of the system becomes; other errors stay what they are. */
const refused = (path: string, error: unknown): unknown =>
  isSystemError(error) ? new OutputError(`cannot write ${path}: ${systemReason(error)}`) : error;
