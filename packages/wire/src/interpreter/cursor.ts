import { DecodeError, type DecodeIssue } from "../errors.js";
import { preferredSelector, readSelected, selectedSizes, type Int } from "../declaration/ints.js";
import type { Scope } from "./scope.js";
import type { Source } from "../source.js";
import type { Trace } from "./trace.js";

/** Reads integers from a message and never past its end. What does not fit is a `DecodeError`. */
export class Cursor {
  readonly source: Source;
  offset: number;
  end: number;
  /** Bytes that the last integer took, if an encoder would take another number of them. */
  oddWidth: number | undefined;
  private readonly pdu: string;
  private readonly base: number;
  private readonly trace: Trace;

  constructor(pdu: string, source: Source, offset: number, end: number, trace: Trace) {
    this.pdu = pdu;
    this.source = source;
    this.base = offset;
    this.offset = offset;
    this.end = end;
    this.trace = trace;
  }

  get left(): number {
    return this.end - this.offset;
  }

  fail(issue: DecodeIssue, at = this.offset): never {
    throw new DecodeError(this.pdu, this.trace.where(), at - this.base, issue);
  }

  need(size: number): void {
    if (size > this.left) this.fail({ code: "not-enough-bytes", needed: size, available: this.left });
  }

  /** A view of the next `size` bytes, or of all that are left. */
  take(size = this.left): Uint8Array {
    this.need(size);
    const start = this.offset;
    this.offset += size;
    return this.source.bytes.subarray(start, this.offset);
  }

  /** Reads inside the next `size` bytes. */
  region<T>(size: number, read: () => T): T {
    this.need(size);
    const outer = this.end;
    this.end = this.offset + size;
    const value = read();
    this.end = outer;
    return value;
  }

  integer(int: Int, scope: Scope): number | bigint {
    this.oddWidth = undefined;
    const { view } = this.source;
    switch (int.form) {
      case "fixed": {
        this.need(int.size);
        const at = this.offset;
        this.offset += int.size;
        const get = view[`get${int.accessor}` as "getUint16"] as (at: number, littleEndian: boolean) => number | bigint;
        return get.call(view, at, int.littleEndian);
      }
      case "bits":
        return Math.floor(scope.number(int.carrier) / 2 ** int.shift) % 2 ** int.width;
      case "variable": {
        const extent = int.variable.extent(view, this.offset, this.end);
        if (extent === -1) this.fail({ code: "not-enough-bytes", needed: this.left + 1, available: this.left });
        if (extent === -2)
          this.fail({ code: "out-of-range", value: view.getUint8(this.offset), allowed: `a known ${int.name} form` });
        const value = int.variable.read(view, this.offset, extent);
        if (extent !== int.variable.preferred(value)) this.oddWidth = extent;
        this.offset += extent;
        return value;
      }
      case "selected": {
        const selector = scope.number(int.selector);
        const size = selectedSizes[selector];
        if (size === undefined)
          this.fail({ code: "out-of-range", value: selector, allowed: "a selector of 0, 1 or 2" });
        this.need(size);
        const value = readSelected(view, this.offset, size);
        if (size !== selectedSizes[preferredSelector(value)]) this.oddWidth = size;
        this.offset += size;
        return value;
      }
    }
  }
}
