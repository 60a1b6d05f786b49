import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { PcapngWriter, StreamRecorder } from "@railvail/capture";
import { version } from "./version.js";

/** A file that cannot be written. */
export class OutputError extends Error {
  override readonly name = "OutputError";
}

function orThrow<T>(what: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new OutputError(`cannot write ${what}: ${reasons[code] ?? (code === "" ? message : code)}`);
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "this is not allowed",
  EEXIST: "it is a file, not a folder",
  EISDIR: "it is a folder, not a file",
  ENOENT: "there is no such folder",
  ENOSPC: "no room is left",
  ENOTDIR: "what should be a folder is a file",
  EROFS: "nothing can be written there",
};

/** Finds out early, before anything is written, that a file cannot be. Throws {@link OutputError}. */
export function checkFile(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory()) {
    throw new OutputError(`cannot write ${path}: ${reasons["EISDIR"]}`);
  }
  orThrow(path, () => accessSync(existsSync(path) ? path : dirname(path), constants.W_OK));
}

/** A folder for pictures. Throws {@link OutputError}. */
export class PictureFolder {
  private readonly path: string;

  constructor(path: string) {
    this.path = path;
    orThrow(path, () => {
      mkdirSync(path, { recursive: true });
      accessSync(path, constants.W_OK);
    });
  }

  /** Returns the path of the file. */
  write(name: string, png: Uint8Array): string {
    const path = join(this.path, name);
    orThrow(path, () => writeFileSync(path, png));
    return path;
  }
}

/** Where a recording says that the session took place: it names no machine. */
const ends = { client: { address: "127.0.0.1", port: 40_000 }, server: { address: "127.0.0.1", port: 3389 } };

/** A recording of a session in the clear, as packets of TCP in a pcapng file. Throws {@link OutputError}. */
export class Recording {
  private readonly path: string;
  private readonly descriptor: number;
  private readonly recorder: StreamRecorder;
  private isOpen = true;

  constructor(path: string) {
    this.path = path;
    this.descriptor = orThrow(path, () => openSync(path, "w", 0o600));
    const writer = new PcapngWriter({ application: `rail-view ${version}` });
    this.recorder = new StreamRecorder(writer, ends);
    this.append([writer.start(), ...this.recorder.open(now())]);
  }

  sent(segments: readonly Uint8Array[]): void {
    // One write of the program is one run of packets.
    const bytes = segments.length === 1 && segments[0] !== undefined ? segments[0] : Buffer.concat(segments);
    if (this.isOpen) this.append(this.recorder.data("c2s", bytes, now()));
  }

  received(bytes: Uint8Array): void {
    if (this.isOpen) this.append(this.recorder.data("s2c", bytes, now()));
  }

  close(): void {
    if (!this.isOpen) return;
    this.append(this.recorder.close(now()));
    this.isOpen = false;
    orThrow(this.path, () => closeSync(this.descriptor));
  }

  private append(blocks: readonly Uint8Array[]): void {
    if (blocks.length === 0) return;
    const bytes = Buffer.concat(blocks);
    orThrow(this.path, () => {
      for (let at = 0; at < bytes.length;) at += writeSync(this.descriptor, bytes, at);
    });
  }
}

/** Nanoseconds since 1970. */
const now = (): bigint => BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n;
