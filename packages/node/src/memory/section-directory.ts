import { existsSync, lstatSync, mkdirSync, readdirSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { SectionError } from "@railvail/session";
import { ownerIsGone, ownerMark } from "./owner.js";
import { isSectionName } from "./section-name.js";
import { sectionError } from "./system-fault.js";

/**
 * Where sections have their names. Beside each name stands a link, the name with a dot before it,
 * whose text says which process made the section.
 */
export class SectionDirectory {
  readonly path: string;

  /** Throws `SectionError` if there is no such directory, or if others may change it. */
  constructor(stated: string | undefined) {
    this.path = stated ?? usualPath();
    try {
      mkdirSync(this.path, { recursive: true, mode: 0o700 });
      if (stated === undefined) checkOwn(this.path);
      else if (!lstatSync(join(this.path, ".")).isDirectory()) throw new Error("not a directory");
    } catch (error) {
      throw sectionError(error, `no sections in ${this.path}`);
    }
  }

  /** The path of a name, which was checked. */
  at(name: string): string {
    return join(this.path, name);
  }

  /** Says that this process makes the section. */
  claim(name: string): void {
    symlinkSync(ownerMark(), this.at(`.${name}`));
  }

  /** Takes a name away. */
  remove(name: string): void {
    for (const one of [name, `.${name}`]) {
      try {
        rmSync(this.at(one), { force: true });
      } catch {
        // Somebody else's, or no longer there: nothing is lost.
      }
    }
  }

  /** Takes a name away if the process that made the section is gone. */
  removeOrphan(name: string): boolean {
    const gone = ownerIsGone(this.markOf(name));
    if (gone) this.remove(name);
    return gone;
  }

  /** Takes away what processes that are gone have left; the answer is how many sections those were. */
  sweep(): number {
    let entries: string[] = [];
    try {
      entries = readdirSync(this.path);
    } catch {
      return 0;
    }
    const names = entries.filter((entry) => entry.startsWith(".")).map((entry) => entry.slice(1));
    return names.filter((name) => isSectionName(name) && this.removeOrphan(name)).length;
  }

  private markOf(name: string): string {
    try {
      return readlinkSync(this.at(`.${name}`));
    } catch {
      return "";
    }
  }
}

function usualPath(): string {
  const runtime = process.env["XDG_RUNTIME_DIR"];
  if (runtime !== undefined && isAbsolute(runtime)) return join(runtime, "railvail");
  const name = process.getuid === undefined ? "railvail" : `railvail-${process.getuid()}`;
  return join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), name);
}

/** In a folder that all can write to somebody else may have been first. */
function checkOwn(path: string): void {
  const facts = lstatSync(path);
  const own = process.getuid === undefined || (facts.uid === process.getuid() && (facts.mode & 0o077) === 0);
  if (!facts.isDirectory() || !own) throw new SectionError("refused", `${path} is not this user's alone`);
}
