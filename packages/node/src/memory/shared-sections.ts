import { closeSync, readlinkSync } from "node:fs";
import { SectionError, type Section, type SectionStore } from "@railvail/session";
import { checkBacking, makeFile, makeSealed, openBacking } from "./backing.js";
import { keepAtExit, removeAtExit } from "./exit-removal.js";
import { libc, type Libc } from "./libc.js";
import { mapFile } from "./mapping.js";
import { SectionDirectory } from "./section-directory.js";
import { isSectionName, newSectionName } from "./section-name.js";
import { SharedSection } from "./shared-section.js";
import { sectionError } from "./system-fault.js";

/**
 * What new sections are made of. `sealed`: mapped memory that nobody can shrink, named by a link.
 * `mapped`: a plain file, mapped; whoever shrinks it ends this process. `file`: a plain file, read
 * and written by calls.
 */
export type Backing = "sealed" | "mapped" | "file";

export interface SectionOptions {
  /** Where the names are; both ends need the same. `railvail` in XDG_RUNTIME_DIR or a folder of the user's in /dev/shm. */
  readonly directory?: string;
  /**
   * `none` (unless said otherwise): a plain file is not mapped, since who can write to it can end
   * this process by shrinking it. `peer`: plain files are mapped, and new sections are plain files.
   */
  readonly trust?: "none" | "peer";
  /** False: nothing is mapped; as if koffi were missing. */
  readonly map?: boolean;
  /** False: new sections are plain files also where they could be sealed; for peers in other containers or systems. */
  readonly seal?: boolean;
  /** The largest section in bytes; 1 GiB unless said otherwise. */
  readonly maximumSize?: number;
}

const pageSize = 4096;

/** Sections in a directory that two processes share. */
export class SharedSections implements SectionStore {
  readonly directory: string;
  /** What new sections are made of. */
  readonly backing: Backing;
  private readonly folder: SectionDirectory;
  private readonly system: Libc | undefined;
  private readonly trusting: boolean;
  private readonly maximumSize: number;
  private readonly sections = new Set<Section>();

  /** Makes the directory, and takes away what ended processes have left in it. Throws `SectionError`. */
  constructor(options: SectionOptions = {}) {
    const { trust = "none", map = true, seal = true, maximumSize = 2 ** 30 } = options;
    this.folder = new SectionDirectory(options.directory);
    this.directory = this.folder.path;
    this.system = map ? libc() : undefined;
    this.trusting = trust === "peer" && this.system !== undefined;
    this.maximumSize = maximumSize;
    const sealing = seal && trust === "none" && this.system !== undefined && canSeal(this.system);
    this.backing = sealing ? "sealed" : this.trusting ? "mapped" : "file";
    this.folder.sweep();
  }

  create(size: number): Section {
    const rounded = Math.ceil(size / pageSize) * pageSize;
    this.checkSize(rounded);
    const name = newSectionName();
    let descriptor: number | undefined;
    try {
      this.folder.claim(name);
      const path = this.folder.at(name);
      const { system } = this;
      descriptor =
        this.backing === "sealed" && system !== undefined
          ? makeSealed(system, path, name, rounded)
          : makeFile(system, path, rounded);
      return this.section(name, rounded, descriptor, this.backing !== "file", true);
    } catch (error) {
      if (descriptor !== undefined) closeSync(descriptor);
      this.folder.remove(name);
      throw sectionError(error, `no section of ${rounded} bytes could be made`);
    }
  }

  open(name: string, size: number): Section {
    if (!isSectionName(name)) throw new SectionError("bad-name", "a section is named by a GUID in braces");
    this.checkSize(size);
    let descriptor: number | undefined;
    try {
      const found = openBacking(this.system, this.folder.at(name), name);
      ({ descriptor } = found);
      checkBacking(descriptor, name, size);
      return this.section(name, size, descriptor, found.sealed || this.trusting, false);
    } catch (error) {
      if (descriptor !== undefined) closeSync(descriptor);
      throw sectionError(error, `${name} could not be opened`);
    }
  }

  /** Closes all sections that are open. */
  close(): void {
    for (const section of this.sections) section.close();
  }

  private section(name: string, size: number, descriptor: number, mapped: boolean, own: boolean): Section {
    const mapping = mapped && this.system !== undefined ? mapFile(this.system, descriptor, size) : undefined;
    const removal = (): void => this.folder.remove(name);
    if (own) removeAtExit(removal);
    const section = new SharedSection(name, size, descriptor, mapping, () => {
      this.sections.delete(section);
      if (!own) this.folder.removeOrphan(name);
      else {
        keepAtExit(removal);
        removal();
      }
    });
    this.sections.add(section);
    return section;
  }

  private checkSize(size: number): void {
    if (Number.isSafeInteger(size) && size > 0 && size <= this.maximumSize) return;
    throw new SectionError("bad-size", `a section of ${size} bytes: it must have 1 to ${this.maximumSize}`);
  }
}

/** Whether others of this user could open this process's memory by its number, and seals are there. */
function canSeal(system: Libc): boolean {
  let descriptor: number | undefined;
  try {
    if (readlinkSync("/proc/self") !== String(process.pid)) return false;
    descriptor = system.createMemory("railvail");
    system.sealSize(descriptor);
    return system.isSealed(descriptor);
  } catch {
    return false;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
