import type { Moment } from "@railvail/dissect";
import { escapeJson } from "@railvail/wire";
import { isoTime } from "../iso-time.js";
import type { ExtractKind } from "./extract-options.js";
import type { OutputFile, OutputFolder } from "./output-folder.js";

/** Where something came from. */
export interface Origin extends Moment {
  readonly connection: number;
}

/** What is said of a file besides where it came from; values that JSON can hold, `undefined` for none. */
export type Details = Readonly<Record<string, unknown>>;

/** What was not extracted for the same reason. */
export interface Left {
  readonly kind: ExtractKind | "capture";
  readonly reason: string;
  readonly first: Pick<Origin, "connection" | "packet">;
  /** Nothing was lost by it: there was nothing, or the peers decided so. */
  readonly harmless: boolean;
  count: number;
}

/** Kinds of reasons are few; more come from a mistake here. */
const reasonLimit = 500;
/** Characters of a text from the wire that the index keeps. */
const textLimit = 2000;
const block = 64 * 1024;
/** Further uses of files that the index lists. */
const alsoLimit = 10_000;

/**
 * What a run has written and what it has not: a line of JSON in `index.ndjson` for each file, then one
 * for each reason for which something was left.
 */
export class ExtractReport {
  readonly index: OutputFile;
  readonly written = new Map<ExtractKind, { files: number; bytes: number }>();
  private readonly reasons = new Map<string, Left>();
  private text = "";
  private alsoLeft = alsoLimit;

  constructor(folder: OutputFolder) {
    this.index = folder.unlimited("index.ndjson");
  }

  /** A file that is complete. `origin` is the message that it began with. */
  file(kind: ExtractKind, file: OutputFile, { connection, packet, time }: Origin, details: Details): void {
    const sums = this.written.get(kind) ?? { files: 0, bytes: 0 };
    sums.files++;
    sums.bytes += file.size;
    this.written.set(kind, sums);
    const when = { connection, packet, time: isoTime(time) };
    this.line({ kind, file: file.name, bytes: file.size, ...when, ...details });
  }

  /** Something that a file which was listed before is also used for. */
  also(kind: ExtractKind, name: string, { connection, packet, time }: Origin, details: Details): void {
    if (this.alsoLeft-- <= 0) return;
    this.line({ kind, file: name, again: true, connection, packet, time: isoTime(time), ...details });
  }

  /** Something that was not extracted. The reason is a sentence of our own, without text from the wire. */
  left(kind: Left["kind"], reason: string, { connection, packet }: Left["first"], harmless = false): void {
    const key = `${kind} ${reason}`;
    const known = this.reasons.get(key);
    if (known !== undefined) known.count++;
    else if (this.reasons.size < reasonLimit) {
      this.reasons.set(key, { kind, reason, harmless, first: { connection, packet }, count: 1 });
    }
  }

  /** Something is missing that should be there. */
  get findings(): boolean {
    return this.reasonsLeft().some(({ harmless }) => !harmless);
  }

  reasonsLeft(): Left[] {
    return [...this.reasons.values()];
  }

  /** No more comes: the index is completed. */
  finish(): void {
    for (const { kind, reason, count, first } of this.reasons.values()) {
      this.line({ kind, left: reason, count, first });
    }
    this.flush();
  }

  private line(value: object): void {
    const cut = (_: string, one: unknown): unknown =>
      typeof one === "string" && one.length > textLimit
        ? `${one.slice(0, textLimit)}…`
        : typeof one === "bigint"
          ? String(one)
          : one;
    this.text += `${escapeJson(JSON.stringify(value, cut))}\n`;
    if (this.text.length > block) this.flush();
  }

  private flush(): void {
    this.index.writeAt(this.index.size, Buffer.from(this.text));
    this.text = "";
  }
}
