import { FileContentsFlags, type FileContentsRequest } from "@railvail/cliprdr";
import type { Details, Origin } from "./extract-report.js";
import type { ExtractContext } from "./extractor.js";
import type { ListedFile } from "./file-list.js";
import { fileName } from "./file-name.js";
import { FileRanges } from "./file-ranges.js";
import type { OutputFile } from "./output-folder.js";
import { safeName } from "./safe-name.js";

/** Files of one clipboard that are being put together; one more completes the oldest. */
const openLimit = 64;
const sizeBytes = 8;

/** A list of files that a side offered; undefined if it was not captured. */
export type FileList = readonly ListedFile[] | undefined;

/** A question for contents, as far as the answer needs it. */
export interface FileQuestion {
  readonly list: FileList;
  readonly index: number;
  readonly wantsSize: boolean;
  readonly position: bigint;
}

export const fileQuestion = (request: FileContentsRequest, list: FileList): FileQuestion => ({
  list,
  index: request.lindex,
  wantsSize: (request.dwFlags & FileContentsFlags.size) !== 0,
  position: BigInt(request.nPositionHigh) * 2n ** 32n + BigInt(request.nPositionLow),
});

interface OpenFile {
  readonly list: FileList;
  readonly index: number;
  readonly origin: Origin;
  readonly ranges: FileRanges;
  file: OutputFile | undefined;
  size: number | undefined;
  last: bigint;
}

/** Puts the files together that one side of a connection offers, from the answers that it gives. */
export class ClipboardFiles {
  private readonly context: ExtractContext;
  private readonly offeredBy: string;
  private readonly open: OpenFile[] = [];

  constructor(context: ExtractContext, offeredBy: string) {
    this.context = context;
    this.offeredBy = offeredBy;
  }

  /** An answer: the size of a file, or bytes of it. */
  answer({ list, index, wantsSize, position }: FileQuestion, data: Uint8Array, origin: Origin): void {
    const file = this.fileOf(list, index, origin);
    file.last = origin.time;
    if (wantsSize) {
      if (data.length < sizeBytes) return this.left("the size of a file has less than 8 bytes", origin);
      file.size = Number(new DataView(data.buffer, data.byteOffset).getBigUint64(0, true));
      return;
    }
    const end = position + BigInt(data.length);
    if (end > BigInt(Number.MAX_SAFE_INTEGER)) return this.left("bytes of a file are too far from its start", origin);
    const start = Number(position);
    if (!file.ranges.add(start, Number(end))) return this.left("a file has too many holes", origin);
    file.file ??= this.context.folder.create(this.nameOf(file));
    if (file.file?.writeAt(start, data) !== true) this.left("a limit was reached: files are not complete", origin);
  }

  /** Nothing more is answered. */
  finish(): void {
    for (const file of this.open.splice(0)) this.complete(file);
  }

  private fileOf(list: FileList, index: number, { connection, packet, time }: Origin): OpenFile {
    const known = this.open.find((file) => file.list === list && file.index === index);
    if (known !== undefined) return known;
    const [oldest] = this.open.length >= openLimit ? this.open.splice(0, 1) : [];
    if (oldest !== undefined) this.complete(oldest);
    const origin = { connection, packet, time };
    const opened = { list, index, origin, ranges: new FileRanges(), file: undefined, size: undefined, last: time };
    this.open.push(opened);
    return opened;
  }

  private nameOf({ list, index, origin }: OpenFile): string {
    const listed = safeName(list?.[index]?.name ?? "");
    const dot = listed.lastIndexOf(".");
    const [stem, extension] = dot > 0 ? [listed.slice(0, dot), listed.slice(dot + 1)] : [listed, "bin"];
    return fileName("clipboard", origin, [this.offeredBy, `file${index}`, stem], extension);
  }

  private complete({ list, index, origin, ranges, file, size: told, last }: OpenFile): void {
    const size = told ?? list?.[index]?.size;
    if (file === undefined) return;
    const complete = size === undefined ? undefined : ranges.covers(size);
    if (complete === false) this.left("files of which not all was asked for, or captured", origin);
    const details: Details = {
      what: `file that the ${this.offeredBy} offered`,
      name: list?.[index]?.name,
      index,
      size,
      complete,
      known: complete === true ? undefined : ranges.known,
      seconds: Number(last - origin.time) / 1e9,
    };
    this.context.report.file("clipboard", file, origin, details);
  }

  private left(reason: string, origin: Origin): void {
    this.context.report.left("clipboard", reason, origin);
  }
}
