import type { Deviation, FieldSpan } from "../inspection.js";
import type { Label } from "./label.js";

export type Leaf = number | bigint | string | Uint8Array;

/** Takes what is found in a message; all offsets count from its start. */
export interface Trace {
  /** A leaf of the bytes from `start` to `end`. */
  leaf(label: Label, start: number, end: number, value: Leaf, text: string | undefined): void;
  /** A field that starts at `start`; its parts follow. */
  open(label: Label, start: number): void;
  /** All parts of the field that was opened last were given. */
  close(end: number): void;
  deviation(deviation: Deviation): void;
}

type Group = { -readonly [K in keyof FieldSpan]: FieldSpan[K] } & { readonly children: FieldSpan[] };

const sizeOf = (children: readonly FieldSpan[]): number => children.reduce((sum, { length }) => sum + length, 0);

/** Keeps what is found, as objects. */
export class SpanTrace implements Trace {
  /** The spans of the message; those read so far, after an error. */
  readonly root: FieldSpan[] = [];
  readonly deviations: Deviation[] = [];
  private readonly groups: Group[] = [];
  private spans = this.root;

  leaf(label: Label, start: number, end: number, value: Leaf, text: string | undefined): void {
    const { name, type } = label;
    if (text === undefined) this.spans.push({ name, type, offset: start, length: end - start, value });
    else this.spans.push({ name, type, offset: start, length: end - start, value, text });
  }

  open({ name, type }: Label, start: number): void {
    const group: Group = { name, type, offset: start, length: 0, children: [] };
    this.spans.push(group);
    this.groups.push(group);
    this.spans = group.children;
  }

  close(): void {
    const group = this.groups.pop();
    if (group !== undefined) group.length = sizeOf(group.children);
    this.spans = this.groups.at(-1)?.children ?? this.root;
  }

  /** Nothing more comes: what is open ends with what it has. */
  finish(): void {
    while (this.groups.length > 0) this.close();
  }

  deviation(deviation: Deviation): void {
    this.deviations.push(deviation);
  }
}
