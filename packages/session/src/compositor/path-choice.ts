import type { PixelPathName } from "../pixels/pixel-path-name.js";

/** How it stands with a way for pixels: it may come up, it is there, it will not be. */
export type Prospect = "waited-for" | "there" | "gone";

/** Finds the best way that there is, and waits for better ones for a while only. */
export class PathChoice {
  private readonly prospects: Map<PixelPathName, Prospect>;
  private patience: number | undefined;

  /** `wanted`: the best first. `until`: when waiting ends, in milliseconds. */
  constructor(wanted: readonly PixelPathName[], until: number) {
    const names: readonly PixelPathName[] = wanted.includes("composed") ? wanted : [...wanted, "composed"];
    this.prospects = new Map(names.map((name) => [name, name === "composed" ? "there" : "waited-for"]));
    this.patience = until;
  }

  /** When to look again though nothing was said; undefined: waiting is over. */
  get wakeAt(): number | undefined {
    return this.best === undefined ? this.patience : undefined;
  }

  /** The way to take; undefined while a better one than those that are there may still come. */
  get best(): PixelPathName | undefined {
    for (const [name, prospect] of this.prospects) {
      if (prospect === "there") return name;
      if (prospect === "waited-for") return undefined;
    }
    return undefined;
  }

  /** Whether it may be taken, now or later. */
  hopes(name: PixelPathName): boolean {
    return this.prospects.has(name) && this.prospects.get(name) !== "gone";
  }

  note(name: PixelPathName, prospect: Prospect): void {
    if (this.prospects.has(name) && this.prospects.get(name) !== "gone") this.prospects.set(name, prospect);
  }

  /** What did not come until now will not be waited for. */
  tick(now: number): void {
    if (this.patience === undefined || now < this.patience) return;
    this.patience = undefined;
    for (const [name, prospect] of this.prospects) if (prospect === "waited-for") this.prospects.set(name, "gone");
  }
}
