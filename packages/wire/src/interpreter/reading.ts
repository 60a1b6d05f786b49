import { DecodeError, type DecodeIssue } from "../errors.js";
import type { DeviationRule } from "../inspection.js";
import type { Source } from "../source.js";
import type { Described } from "./described.js";
import type { Label } from "./label.js";
import type { Leaf, Trace } from "./trace.js";

/** One message while it is read: never past its end, and what does not fit is a `DecodeError`. */
export class Reading {
  readonly source: Source;
  readonly view: DataView;
  offset: number;
  end: number;
  /** The value of the structure that is being read. */
  value: Record<string, unknown> = {};
  /** Bytes that the last integer took, if an encoder would take another number of them. */
  oddWidth: number | undefined;
  /** How many structures and lists are around the field that is read. */
  depth = 0;
  /** Names of the fields around the one that is read, and its own at `depth`. */
  readonly path: string[] = [];
  /** Numbers that lengths, counts and conditions look at, and where fields start; see `Slots`. */
  readonly numbers: (number | undefined)[];
  readonly positions: number[];
  private readonly pdu: Described;
  private readonly base: number;
  /** Who wants to know what is found. */
  private readonly trace: Trace | undefined;

  constructor(pdu: Described, slots: number, source: Source, offset: number, end: number, trace: Trace | undefined) {
    this.pdu = pdu;
    this.source = source;
    this.view = source.view;
    this.base = offset;
    this.offset = offset;
    this.end = end;
    this.trace = trace;
    this.numbers = new Array<number | undefined>(slots);
    this.positions = new Array<number>(slots);
  }

  /** Reads the message by its plan. */
  message<T>(read: Read<T>): T {
    return read(this);
  }

  get traced(): boolean {
    return this.trace !== undefined;
  }

  get left(): number {
    return this.end - this.offset;
  }

  fail(issue: DecodeIssue, at = this.offset): never {
    throw new DecodeError(this.pdu.name, this.where(), at - this.base, issue);
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

  leaf(label: Label, start: number, end: number, value: Leaf, text?: string): void {
    this.trace?.leaf(label, start - this.base, end - this.base, value, text);
  }

  /** A field that starts here; its parts come until `close`. */
  open(label: Label): void {
    this.trace?.open(label, this.offset - this.base);
  }

  close(): void {
    this.trace?.close(this.offset - this.base);
  }

  deviation(rule: DeviationRule, offset: number, message: string): void {
    if (this.trace === undefined) return;
    this.trace.deviation({ rule, spec: this.pdu.spec, field: this.where(), offset: offset - this.base, message });
  }

  /** The path of the field being read, such as `rects[2].left`. */
  private where(): string {
    return this.path
      .slice(0, this.depth + 1)
      .join(".")
      .replaceAll(".[", "[");
  }
}

/** Reads one field of a message, or what stands in its place. */
export type Read<T = unknown> = (reading: Reading) => T;
