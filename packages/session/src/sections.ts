/** Why a section could not be had or used. */
export type SectionFault =
  /** The name is not a GUID in braces; nothing was looked up. */
  | "bad-name"
  /** There is no section of that name. */
  | "not-found"
  /** What has the name is no section, or must not be opened. */
  | "refused"
  /** Asked for no bytes, or for more than is allowed. */
  | "bad-size"
  /** The section is smaller than the peer said, or became so. */
  | "too-small"
  /** There is no memory or no place for it. */
  | "no-space"
  /** An offset or a length leaves the section. */
  | "out-of-range"
  /** The section was closed here. */
  | "closed"
  /** The system said no for another reason. */
  | "system";

/** The only error of section stores and sections. */
export class SectionError extends Error {
  override readonly name = "SectionError";
  readonly fault: SectionFault;

  constructor(fault: SectionFault, message: string) {
    super(message);
    this.fault = fault;
  }
}

/** Memory that two processes share. Pools of gfxredir are made of it. */
export interface Section {
  /** What the peer opens it by: a GUID in braces, 38 characters. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /**
   * The shared memory itself where it is mapped, else undefined; a part of it may be kept only
   * until `close`. The peer may write to it at any time: read a value once, then check it.
   */
  readonly bytes: Uint8Array | undefined;
  /** Copies bytes into the section. Throws `SectionError`. */
  write(offset: number, bytes: Uint8Array): void;
  /** Copies bytes out of the section until `into` is full. Throws `SectionError`. */
  read(offset: number, into: Uint8Array): void;
  /** Gives the section up; one that was made here loses its name. May be called again. */
  close(): void;
}

/** Makes sections and opens those of a peer. Throws `SectionError` and nothing else. */
export interface SectionStore {
  /** A new section of zeros under a random name; the size is rounded up to pages of 4096 bytes. */
  create(size: number): Section;
  /** The section that a peer made: its name and how many bytes it is said to have. */
  open(name: string, size: number): Section;
}
