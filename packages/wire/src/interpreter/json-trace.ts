import type { Deviation } from "../inspection.js";
import { quoteJson } from "../json-text.js";
import { hex } from "../text.js";
import type { Label } from "./label.js";
import type { Leaf, Trace } from "./trace.js";

/** Writes what is found as JSON, at once: nothing is kept but the text. */
export class JsonTrace implements Trace {
  private readonly bytesLimit: number;
  private readonly deviations: Deviation[] = [];
  /** Where the fields start that are not closed yet. */
  private readonly starts: number[] = [];
  private text = "";
  /** What stands before the next field. */
  private comma = "";
  /** Where the last leaf ends. */
  private end = 0;

  /** `bytesLimit`: of a longer run of bytes only the place is written. */
  constructor(bytesLimit: number) {
    this.bytesLimit = bytesLimit;
  }

  leaf(label: Label, start: number, end: number, value: Leaf, text: string | undefined): void {
    let json = `${this.comma}${label.head}${start},"length":${end - start}`;
    if (typeof value === "number") json += `,"value":${value}`;
    else if (typeof value === "string") json += `,"value":${quoteJson(value)}`;
    else if (typeof value === "bigint") json += `,"value":"${value}"`;
    else if (value.length <= this.bytesLimit) json += `,"value":"${hex(value)}"`;
    // Names of values are words of declarations, and need no escapes.
    this.text += text === undefined ? `${json}}` : `${json},"text":"${text}"}`;
    this.comma = ",";
    if (end > this.end) this.end = end;
  }

  open(label: Label, start: number): void {
    this.text += `${this.comma}${label.head}${start},"fields":[`;
    this.comma = "";
    this.starts.push(start);
  }

  close(end: number): void {
    this.text += `],"length":${end - (this.starts.pop() ?? end)}}`;
    this.comma = ",";
  }

  deviation(deviation: Deviation): void {
    this.deviations.push(deviation);
  }

  /** Nothing more comes: the members of a JSON object. What is open ends with what it has. */
  finish(): string {
    while (this.starts.length > 0) this.close(this.end);
    return `"fields":[${this.text}],"deviations":${JSON.stringify(this.deviations)}`;
  }
}
