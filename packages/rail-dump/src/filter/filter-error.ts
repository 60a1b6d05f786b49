import { escapeText } from "@railvail/command-line";

/** Characters of a filter that are shown on either side of a mistake. */
const around = 60;

/** A stretch of a filter's text, in UTF-16 units. */
export interface Stretch {
  readonly at: number;
  readonly end: number;
}

/** A filter that cannot be understood, or that asks for what there is not. */
export class FilterError extends Error {
  override readonly name = "FilterError";
  /** The text of the filter. */
  readonly text: string;
  /** Where the mistake starts, in UTF-16 units: from 0 to the length of the text. */
  readonly at: number;
  /** Where it ends. */
  readonly end: number;

  constructor(text: string, { at, end }: Stretch, message: string) {
    super(message);
    this.text = text;
    this.at = at;
    this.end = end;
  }

  /** The part of the text where the mistake is, and a line with a mark under it. */
  get marked(): readonly [line: string, mark: string] {
    const { text, at, end } = this;
    const from = Math.max(text.lastIndexOf("\n", at - 1) + 1, at - around);
    const lineEnd = text.indexOf("\n", at);
    const to = Math.min(lineEnd < 0 ? text.length : lineEnd, Math.max(end, at) + around);
    const before = escapeText(text.slice(from, at));
    const size = escapeText(text.slice(at, Math.min(end, to))).length;
    const mark = `${" ".repeat(before.length)}^${"~".repeat(Math.max(size - 1, 0))}`;
    return [before + escapeText(text.slice(at, to)), mark];
  }
}
