import type { Int } from "../declaration/ints.js";
import type { Code, Names } from "./code.js";

/** Where a field stands: an offset from the start of the message, or a variable with the offset in the source. */
export interface Place {
  readonly at: string;
  readonly size: string | undefined;
  readonly fromStart: boolean;
}

/** What is noted where fields are only to be found and not read. */
export interface Finding {
  /** Where the top-level fields stand, as text. */
  readonly places: Map<string, Place>;
  /** Numbers that are read nevertheless, because they have no size or place of their own, as text. */
  readonly values: Map<string, string>;
  /** Names that conditions look at: these are read nevertheless. */
  readonly looked: ReadonlySet<string>;
}

/**
 * Emits straight-line reading code. `o` is the offset, `add` what has been read since `o` was last
 * moved, `safe` how many bytes from `o` are known to be there: a run of fixed fields is checked once.
 * What does not fit goes to `fail`, which walks the declaration to find out what is wrong.
 */
export class ReadCursor {
  readonly code: Code;
  add = 0;
  safe = 0;
  /** Whether `o` is still where the message starts. */
  private fromStart = true;
  /** The variable that holds the end of what may be read. */
  end = "e";
  protected readonly finding: Finding | undefined;
  /** What is done with bytes that do not fit; undefined where they were checked before. */
  private readonly failure: string | undefined;

  constructor(code: Code, failure: string | undefined, finding?: Finding) {
    this.code = code;
    this.failure = failure;
    this.finding = finding;
  }

  /** Notes where a field stands; `size` is for text and bytes, the number of elements for lists. */
  protected place(name: string, size?: string): void {
    if (this.finding === undefined || this.finding.places.has(name)) return;
    this.finding.places.set(name, {
      at: this.fromStart ? String(this.add) : this.code.define("at", this.at()),
      size,
      fromStart: this.fromStart,
    });
  }

  at(): string {
    return this.add === 0 ? "o" : `o + ${this.add}`;
  }

  /** Moves `o`, so that the next reads start at it. */
  sync(): void {
    this.fromStart = false;
    if (this.add === 0) return;
    this.code.push(`o += ${this.add};`);
    this.safe -= this.add;
    this.add = 0;
  }

  moved(): void {
    this.fromStart = false;
    this.add = 0;
    this.safe = 0;
  }

  refuseIf(condition: string): void {
    if (this.failure !== undefined) this.code.push(`if (${condition}) ${this.failure}`);
  }

  need(size: number): void {
    if (this.add + size <= this.safe) return;
    this.safe = this.add + size;
    this.refuseIf(`${this.end} - o < ${this.safe}`);
  }

  /** The raw value of an integer, and the variable of its odd width if it can have one. */
  protected integer(name: string, int: Int, names: Names, countsItself = false): { raw: string; width?: string } {
    switch (int.form) {
      case "fixed": {
        this.need(int.size);
        this.place(name);
        const raw = this.code.define(
          name,
          `v.get${int.accessor}(${this.at()}${int.size === 1 ? "" : `, ${int.littleEndian}`})`,
        );
        this.add += int.size;
        return { raw };
      }
      case "bits":
        return { raw: this.code.define(name, `(${names.get(int.carrier)} >>> ${int.shift}) & ${2 ** int.width - 1}`) };
      case "variable": {
        this.sync();
        this.place(name);
        const extent = this.code.define("extent", `${int.name}.extent(v, o, ${this.end})`);
        this.refuseIf(`${extent} < 0`);
        const raw = this.code.define(name, `${int.name}.read(v, o, ${extent})`);
        const usual = countsItself
          ? `ownExtent(${int.name}, ${raw} - ${extent}, true)`
          : `${int.name}.preferred(${raw})`;
        const width = this.code.define(`${name}Width`, `${extent} === ${usual} ? undefined : ${extent}`);
        this.code.push(`o += ${extent};`);
        this.moved();
        return { raw, width };
      }
      case "selected": {
        this.sync();
        this.place(name);
        const size = this.code.define("size", `selectedSizes[${names.get(int.selector)}]`);
        this.refuseIf(`${size} === undefined || ${this.end} - o < ${size}`);
        const raw = this.code.define(name, `readSelected(v, o, ${size})`);
        const width = this.code.define(
          `${name}Width`,
          `${size} === selectedSizes[preferredSelector(${raw})] ? undefined : ${size}`,
        );
        this.code.push(`o += ${size};`);
        this.moved();
        return { raw, width };
      }
    }
  }
}
