import type { Deviation, DeviationRule, FieldSpan } from "../inspection.js";

type Leaf = number | bigint | string | Uint8Array;

/**
 * Where reading is, and, if somebody asked, what was found: spans and deviations. Offsets are
 * handed in as they are in the source and kept as they are in the message.
 */
export class Trace {
  readonly deviations: Deviation[] = [];
  /** The spans of the message; those read so far, after an error. */
  readonly root: FieldSpan[] = [];
  private readonly spec: string;
  private readonly base: number;
  private readonly path: string[] = [];
  /** Spans of the structure being read; undefined when nobody asked for them. */
  private spans: FieldSpan[] | undefined;

  constructor(spec: string, base: number, active: boolean) {
    this.spec = spec;
    this.base = base;
    if (active) this.spans = this.root;
  }

  get active(): boolean {
    return this.spans !== undefined;
  }

  /** The path of the field being read, such as `rects[2].left`. */
  where(): string {
    return this.path.join(".").replaceAll(".[", "[");
  }

  /** Everything that `read` reports is in the field `name`. */
  in<T>(name: string, read: () => T): T {
    this.path.push(name);
    const value = read();
    this.path.pop();
    return value;
  }

  deviation(rule: DeviationRule, offset: number, message: string): void {
    if (this.spans === undefined) return;
    this.deviations.push({ rule, spec: this.spec, field: this.where(), offset: offset - this.base, message });
  }

  /** A leaf of the bytes from `start` to `end`. */
  span(name: string, type: string, start: number, end: number, value: Leaf, text?: string): void {
    const span = { name, type, offset: start - this.base, length: end - start, value };
    this.spans?.push(text === undefined ? span : { ...span, text });
  }

  /** A field that starts at `start` and whose parts are what `read` reports. */
  group<T>(name: string, type: string, start: number, read: () => T): T {
    const outer = this.spans;
    if (outer === undefined) return read();
    const children: FieldSpan[] = [];
    const length = (): number => children.reduce((sum, child) => sum + child.length, 0);
    outer.push({
      name,
      type,
      offset: start - this.base,
      children,
      get length() {
        return length();
      },
    });
    this.spans = children;
    const value = read();
    this.spans = outer;
    return value;
  }
}
